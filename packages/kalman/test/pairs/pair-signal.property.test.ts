import { describeStream } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { explainPairSignal, PairSignal, type PairSignalOptions, pairSignal } from "../../src/index.ts";

const REASONS = [
  "enter",
  "flip",
  "exit",
  "stop",
  "time-out",
  "opposite",
  "hold",
  "flat",
  "waiting",
  "warm-up",
  "missing",
];

const zScores = fc.array(
  fc.oneof({ weight: 9, arbitrary: fc.double({ min: -5, max: 5, noNaN: true }) }, fc.constant(Number.NaN)),
  { maxLength: 60 },
);

const rules: [string, PairSignalOptions][] = [
  ["no more than the bands", {}],
  ["a stop", { stop: 3 }],
  ["every limit", { enter: 1.5, exit: 0.4, stop: 3.5, rearm: 1, flip: false, warmUp: 3, maxHoldingBars: 4 }],
  ["half-lives to hold", { stop: 4, halfLife: 1.7, maxHoldingHalfLives: 2 }],
  ["the seed's parity", { parity: "seed" }],
];

for (const [name, options] of rules) {
  describeStream<PairSignal, number>({
    name: `PairSignal with ${name}`,
    inputs: zScores,
    create: () => new PairSignal(options),
    push: (signal, z) => {
      const { position, reason } = signal.push(z);
      return [position, REASONS.indexOf(reason)];
    },
    batch: (z) => {
      const { position, reasons } = explainPairSignal(z, options);
      return reasons.map((reason, t) => [position[t]!, REASONS.indexOf(reason)]);
    },
    state: (signal) => signal.state,
    resume: (state) => PairSignal.from(state as PairSignal["state"]),
  });

  describe(`with ${name}`, () => {
    test("the future does not change the past", () => {
      fc.assert(
        fc.property(zScores, zScores, (past, future) => {
          const whole = pairSignal([...past, ...future], options);
          expect(Array.from(whole.subarray(0, past.length))).toEqual(Array.from(pairSignal(past, options)));
        }),
      );
    });

    test("z-scores of the other sign take the other side for the same reasons", () => {
      fc.assert(
        fc.property(zScores, (z) => {
          const { position, reasons } = explainPairSignal(z, options);
          const mirrored = explainPairSignal(
            z.map((value) => -value),
            options,
          );
          expect(mirrored.reasons).toEqual(reasons);
          expect(Array.from(mirrored.position, (side) => 0 - side)).toEqual(
            Array.from(position, (side) => side + 0),
          );
        }),
      );
    });

    test("every change has a reason that says so, and nothing else has", () => {
      fc.assert(
        fc.property(zScores, (z) => {
          const { position, reasons, changes } = explainPairSignal(z, options);
          expect(position).toEqual(pairSignal(z, options));
          const quiet = ["hold", "flat", "waiting", "warm-up", "missing"];
          const told = reasons.flatMap((reason, bar) => (quiet.includes(reason) ? [] : [bar]));
          expect(changes.map(({ bar }) => bar)).toEqual(told);
          for (const { bar, from, to } of changes) {
            expect([from, to]).toEqual([bar > 0 ? position[bar - 1] : 0, position[bar]]);
          }
        }),
      );
    });
  });
}

test("no position is held beyond the stop, nor longer than its limit", () => {
  fc.assert(
    fc.property(zScores, (z) => {
      const position = pairSignal(z, { stop: 3, maxHoldingBars: 5 });
      let held = 0;
      z.forEach((value, t) => {
        if (Math.abs(value) > 3) expect(position[t]).toBe(0);
        held = position[t] !== 0 && position[t] === position[t - 1] ? held + 1 : 0;
        expect(held).toBeLessThan(5);
      });
    }),
  );
});
