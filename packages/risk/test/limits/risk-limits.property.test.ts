import { describeStream } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type LimitAction,
  type LimitDecision,
  RiskLimits,
  type RiskLimitsOptions,
  type RiskObservation,
  replayRiskLimits,
} from "../../src/index.ts";

const SEVERITY: readonly LimitAction[] = ["none", "warn", "halt-new", "reduce", "liquidate"];
const options: RiskLimitsOptions = { valueAtRisk: 5, totalLoss: -0.3, concentration: 0.6 };

const value = fc.integer({ min: -60, max: 60 });
const event: fc.Arbitrary<RiskObservation> = fc.record(
  {
    equity: fc.integer({ min: 50, max: 130 }),
    day: fc.integer({ min: 0, max: 3 }),
    positions: fc.oneof(
      fc.dictionary(fc.constantFrom("A", "B", "C"), value),
      fc.array(value, { maxLength: 3 }),
    ),
    valueAtRisk: fc.integer({ min: 0, max: 8 }),
    flow: fc.integer({ min: -20, max: 20 }),
    reset: fc.boolean(),
  },
  { requiredKeys: ["equity", "day"] },
);
const history = fc.array(event, { minLength: 1, maxLength: 40 });

/** Everything that a decision says in numbers. */
function figures({ sequence, action, keep, mayOpen, breaches }: LimitDecision): number[] {
  const all = breaches.flatMap((breach) => {
    const { value: figure, threshold, release, keep: part, since, entered } = breach;
    return [SEVERITY.indexOf(breach.action), figure, threshold, release, part, since, Number(entered)];
  });
  return [sequence, SEVERITY.indexOf(action), keep, Number(mayOpen), ...all];
}

describeStream<RiskLimits, RiskObservation>({
  name: "RiskLimits",
  inputs: history,
  create: () => new RiskLimits(options),
  push: (machine, observation) => figures(machine.evaluate(observation)),
  batch: (events) => replayRiskLimits(events, options).map(figures),
  state: (machine) => machine.state,
  resume: (state) => RiskLimits.from(state as RiskLimits["state"]),
});

describe("RiskLimits", () => {
  test("a log that went through JSON replays to itself, words and all", () => {
    fc.assert(
      fc.property(history, (events) => {
        const log = JSON.parse(JSON.stringify(replayRiskLimits(events, options))) as LimitDecision[];
        expect(
          replayRiskLimits(
            log.map((entry) => entry.event),
            options,
          ),
        ).toEqual(log);
      }),
    );
  });

  test("the action is the severest of the breaches, which stand in order, each with its reason", () => {
    fc.assert(
      fc.property(history, (events) => {
        for (const { action, breaches, keep, mayOpen } of replayRiskLimits(events, options)) {
          const ranks = breaches.map((breach) => SEVERITY.indexOf(breach.action));
          expect(SEVERITY.indexOf(action)).toBe(Math.max(0, ...ranks));
          expect(ranks).toEqual([...ranks].sort((a, b) => b - a));
          expect(breaches.every(({ reason }) => reason.length > 0)).toBe(true);
          expect(keep >= 0 && keep <= 1).toBe(true);
          if (action === "none" || action === "warn") expect(mayOpen).toBe(true);
        }
      }),
    );
  });

  test("nothing flickers: between threshold and release a limit stays as it was", () => {
    const band = fc.array(
      fc.integer({ min: 8_500, max: 9_249 }).map((x) => x / 100),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(band, fc.boolean(), (equities, broken) => {
        const start = broken ? [100, 85] : [100];
        const inBand = equities.filter((equity) => equity > 85);
        const events = [...start, ...inBand].map((equity) => ({ equity }));
        const decisions = replayRiskLimits(events, { dailyLoss: false }).slice(start.length);
        for (const { action, keep } of decisions) {
          expect(action).toBe(broken ? "reduce" : "none");
          expect(keep).toBe(1);
        }
      }),
    );
  });

  test("a worse equity never has a milder answer", () => {
    fc.assert(
      fc.property(history, event, fc.integer({ min: 0, max: 40 }), (past, last, worse) => {
        // The same book of positions would weigh more in a smaller equity; it is left out to look at losses alone.
        const { positions: _, reset: __, flow: ___, ...plain } = last;
        const answer = (equity: number) => {
          const decisions = replayRiskLimits([...past, { ...plain, equity }], options);
          return SEVERITY.indexOf(decisions.at(-1)!.action);
        };
        expect(answer(plain.equity - worse)).toBeGreaterThanOrEqual(answer(plain.equity));
      }),
    );
  });

  test("does not know the currency: all money twice as large, the same decisions", () => {
    const sized = { ...options, valueAtRisk: false } as const;
    fc.assert(
      fc.property(history, (events) => {
        const twice = (x: number) => 2 * x;
        const other = events.map(({ equity, flow, positions, ...rest }): RiskObservation => {
          const doubled = Array.isArray(positions)
            ? positions.map(twice)
            : Object.fromEntries(Object.entries(positions ?? {}).map(([asset, x]) => [asset, twice(x)]));
          return {
            ...rest,
            equity: twice(equity),
            ...(flow !== undefined && { flow: twice(flow) }),
            ...(positions !== undefined && { positions: doubled }),
          };
        });
        const ours = replayRiskLimits(events, sized).map(({ event: _, ...said }) => said);
        expect(replayRiskLimits(other, sized).map(({ event: _, ...said }) => said)).toEqual(ours);
      }),
    );
  });

  test("an observation is never changed", () => {
    fc.assert(
      fc.property(history, (events) => {
        const copy = structuredClone(events);
        replayRiskLimits(events, options);
        expect(events).toEqual(copy);
      }),
    );
  });
});
