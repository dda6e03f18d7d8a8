import { mean as meanOf, std } from "@astra-quant/core-linalg";
import { describeGolden, describeRealData, expectClose, fixture } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  dollarHedge,
  explainPairSignal,
  kalmanRegression,
  PairSignal,
  type PairSignalOptions,
  type PairSignalSeriesOptions,
  type PairSignalState,
  pairSignal,
} from "../../src/index.ts";

const NAN = Number.NaN;

describe("the position in a pair", () => {
  test("goes against the deviation, holds between the bands and leaves near zero", () => {
    const z = [0, 1.9, 2.1, 1, 0.6, 0.4, -1.9, -2.5, -0.6, 0.1];
    expect(Array.from(pairSignal(z))).toEqual([0, 0, -1, -1, -1, 0, 0, 1, 1, 0]);
  });

  test("flips on the opposite extreme", () => {
    expect(Array.from(pairSignal([3, -3, 3]))).toEqual([-1, 1, -1]);
  });

  test("enters strictly beyond a band and leaves strictly inside one", () => {
    expect(Array.from(pairSignal([2, -2, 2.5, 0.5, -0.5, 0.49]))).toEqual([0, 0, -1, -1, -1, 0]);
  });

  test("is flat on NaN before any signal, and kept on NaN after one", () => {
    expect(Array.from(pairSignal([NAN, NAN, 3, NAN, 1, NAN, 0]))).toEqual([0, 0, -1, -1, -1, -1, 0]);
  });

  test("of the seed is the raw signal: never held, flat on NaN", () => {
    expect(Array.from(pairSignal([NAN, 3, 1, -3, NAN, 0], { parity: "seed" }))).toEqual([0, -1, 0, 1, 0, 0]);
  });

  test("agrees with a plain loop in Python", () => {
    const { z, held, raw } = fixture(import.meta.url, "pair-signal.json");
    const series = z.map((value: number | null) => value ?? NAN);
    expect(Array.from(pairSignal(series))).toEqual(held);
    expect(Array.from(pairSignal(series, { parity: "seed" }))).toEqual(raw);
  });

  test("mirrors when the z-score does", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -5, max: 5 })), (z) => {
        const mirrored = pairSignal(z.map((value) => -value));
        expect(Array.from(mirrored, (side) => side + 0)).toEqual(
          Array.from(pairSignal(z), (side) => 0 - side),
        );
      }),
    );
  });

  test("with wider bands is held wherever the raw signal is", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -5, max: 5 })), (z) => {
        const held = pairSignal(z);
        pairSignal(z, { parity: "seed" }).forEach((side, t) => {
          if (side !== 0) expect(held[t]).toBe(side);
        });
      }),
    );
  });
});

test("misuse is refused with the argument, the rule and the value", () => {
  expect(() => pairSignal([1], { enter: 0 })).toThrow("enter must be positive and finite, got 0");
  expect(() => pairSignal([1], { exit: -1 })).toThrow("exit must be non-negative and finite, got -1");
  expect(() => pairSignal([1], { exit: 3 })).toThrow("exit must be at most enter (2), got 3");
  expect(() => pairSignal([1], { entre: 3 } as object)).toThrow(
    "unknown option 'entre'; did you mean 'enter'?",
  );
  expect(() => pairSignal([1], { parity: "nb" as "seed" })).toThrow(
    "parity must be one of 'seed', got \"nb\"",
  );
  expect(() => pairSignal(3 as unknown as number[])).toThrow("zScore must be a vector of numbers, got 3");
});

describeRealData(["pair_1min.csv"], ([text]) => {
  const rows = text!.trim().split("\n").slice(1);
  const x = rows.map((line) => Number(line.split(",")[1]));
  const y = rows.map((line) => Number(line.split(",")[2]));
  const { zScore } = kalmanRegression(x, y, { parity: "seed" });

  const heldRows = (position: Int8Array): { rows: number[]; values: number[] } => {
    const held = Array.from(position.keys()).filter((t) => position[t] !== 0);
    return { rows: held, values: held.map((t) => position[t]!) };
  };

  describeGolden("kalman.json", ({ pair_1min: golden }, tolerance) => {
    test("parity 'seed' signals on the notebook's bars", () => {
      const { rows: held, values } = heldRows(pairSignal(zScore, { parity: "seed" }));
      expect(held).toEqual(golden.signal_nonzero_rows);
      expect(values).toEqual(golden.signal_nonzero_values);
    });

    test("held positions with the hedge in money earn what the stated variant does", () => {
      const { slope } = kalmanRegression(x, y, { parity: "seed" });
      const hedge = dollarHedge(slope, x, y);
      const { mean, std_ddof1: deviation } = golden.variants.held_dollar_beta;
      const position = pairSignal(zScore);
      const returns = Float64Array.from({ length: x.length - 1 }, (_, i) => {
        const t = i + 1;
        return position[i]! * (y[t]! / y[i]! - 1 - hedge[t]! * (x[t]! / x[i]! - 1));
      });
      expectClose(meanOf(returns), mean, tolerance, deviation);
      expectClose(std(returns), deviation, tolerance);
    });

    test("the state machine holds on the stated bars", () => {
      const { rows: held, values } = heldRows(pairSignal(zScore));
      expect(held).toEqual(golden.held_position_nonzero_rows);
      expect(values).toEqual(golden.held_position_nonzero_values);
    });
  });
});

describe("the refinements of the rule", () => {
  const explained = (z: readonly number[], options: PairSignalOptions): [number, string][] => {
    const { position, reasons } = explainPairSignal(z, options);
    return reasons.map((reason, t) => [position[t]!, reason]);
  };

  test("a stop leaves, and waits until |z| is below rearm", () => {
    expect(explained([2.5, 4.5, 3, 1.2, 2.5, 0.9, 2.5], { stop: 4, rearm: 1 })).toEqual([
      [-1, "enter"],
      [0, "stop"],
      [0, "waiting"],
      [0, "waiting"],
      [0, "waiting"],
      [0, "flat"],
      [-1, "enter"],
    ]);
  });

  test("a z-score that jumps beyond the stop enters nothing, from flat or from the other side", () => {
    expect(explained([5, 2.5, 0, -2.5, 4.5], { stop: 4 })).toEqual([
      [0, "waiting"],
      [0, "waiting"],
      [0, "flat"],
      [1, "enter"],
      [0, "stop"],
    ]);
  });

  test("an infinite z-score is an extreme, and beyond any stop that is set", () => {
    expect(Array.from(pairSignal([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]))).toEqual([-1, 1]);
    expect(Array.from(pairSignal([Number.POSITIVE_INFINITY], { stop: 9 }))).toEqual([0]);
  });

  test("a position is left after the most bars, on a missing bar too", () => {
    expect(explained([-3, -2.8, NAN, -3, 0, -3], { maxHoldingBars: 2 })).toEqual([
      [1, "enter"],
      [1, "hold"],
      [0, "time-out"],
      [0, "waiting"],
      [0, "flat"],
      [1, "enter"],
    ]);
  });

  test("the most bars may be half-lives, rounded up", () => {
    const z = [3, 3, 3, 3, 3, 3];
    const byHalfLife = pairSignal(z, { halfLife: 1.1, maxHoldingHalfLives: 2 });
    expect(byHalfLife).toEqual(pairSignal(z, { maxHoldingBars: 3 }));
    expect(Array.from(byHalfLife)).toEqual([-1, -1, -1, 0, 0, 0]);
    expect(pairSignal(z, { halfLife: 1.1, maxHoldingHalfLives: 2, maxHoldingBars: 1 })[1]).toBe(0);
  });

  test("without flip the opposite extreme leaves and waits", () => {
    expect(explained([3, -3, -3, 0.1, -3], { flip: false })).toEqual([
      [-1, "enter"],
      [0, "opposite"],
      [0, "waiting"],
      [0, "flat"],
      [1, "enter"],
    ]);
  });

  test("a warm-up counts z-scores, not missing bars", () => {
    expect(explained([NAN, 3, NAN, 3, 3], { warmUp: 2 })).toEqual([
      [0, "missing"],
      [0, "warm-up"],
      [0, "missing"],
      [0, "warm-up"],
      [-1, "enter"],
    ]);
  });

  test("changes are listed with their z-score and reason", () => {
    expect(explainPairSignal([0, 3, -3, 0]).changes).toEqual([
      { bar: 1, from: 0, to: -1, zScore: 3, reason: "enter" },
      { bar: 2, from: -1, to: 1, zScore: -3, reason: "flip" },
      { bar: 3, from: 1, to: 0, zScore: 0, reason: "exit" },
    ]);
  });

  test("positions go to out", () => {
    const out = new Int8Array(3);
    expect(pairSignal([3, 0, -3], { out })).toBe(out);
    expect(Array.from(out)).toEqual([-1, 0, 1]);
  });
});

describe("misuse of the refinements is refused with the argument, the rule and the value", () => {
  const refusals: [PairSignalSeriesOptions, string][] = [
    [{ stop: 2 }, "stop must be above enter (2), got 2"],
    [{ stop: -1 }, "stop must be positive and finite, got -1"],
    [{ stop: NAN }, "stop must be positive and finite, got NaN"],
    [{ rearm: 3 }, "rearm must be at most enter (2), got 3"],
    [{ warmUp: 1.5 }, "warmUp must be an integer ≥ 0, got 1.5"],
    [{ maxHoldingBars: 0 }, "maxHoldingBars must be an integer ≥ 1, got 0"],
    [{ maxHoldingHalfLives: 2 }, "halfLife must be given with maxHoldingHalfLives, got undefined"],
    [{ halfLife: 2 }, "maxHoldingHalfLives must be given with halfLife, got undefined"],
    [
      { halfLife: Number.POSITIVE_INFINITY, maxHoldingHalfLives: 1 },
      "halfLife must be positive and finite, got Infinity",
    ],
    [{ flip: 1 as unknown as boolean }, "flip must be true or false, got 1"],
    [{ parity: "seed", stop: 4 }, "stop must be left out with parity 'seed', got 4"],
    [{ out: new Int8Array(2) }, "out must be an Int8Array of 1 entries, got Int8Array(2)"],
  ];
  test.each(refusals)("%j", (options, message) => {
    expect(() => pairSignal([1], options)).toThrow(message);
  });

  test("a z-score that is no number", () => {
    expect(() => new PairSignal().push("2" as unknown as number)).toThrow(
      'zScore must be a number, NaN where undefined, got "2"',
    );
  });

  const state = new PairSignal({ stop: 4 }).state;
  const broken: [string, object, string][] = [
    ["another version", { version: 2 }, "state.version must be 1, got 2"],
    ["a position between", { position: 0.5 }, "state.position must be -1, 0 or 1, got 0.5"],
    ["bars without a position", { barsHeld: 3 }, "state.barsHeld must be 0 without a position, got 3"],
    ["bars below zero", { position: 1, barsHeld: -1 }, "state.barsHeld must be an integer ≥ 0, got -1"],
    ["no observations", { observations: null }, "state.observations must be an integer ≥ 0, got null"],
    ["no flag", { waiting: 0 }, "state.waiting must be true or false, got 0"],
    [
      "a position that waits",
      { position: 1, waiting: true },
      "state.waiting must be false with a position, got true",
    ],
    ["a stop in words", { stop: "4" }, 'state.stop must be a number or null, got "4"'],
    ["no band", { enter: undefined }, "state.enter must be a number, got undefined"],
    ["bands that cross", { exit: 3 }, "exit must be at most enter (2), got 3"],
    ["another parity", { parity: "nb" }, "state.parity must be one of 'none', 'seed', got \"nb\""],
    ["a field too many", { extra: 1 }, "unknown option 'extra'"],
  ];
  test.each(broken)("a state with %s", (_, change, message) => {
    expect(() => PairSignal.from({ ...state, ...change } as PairSignalState)).toThrow(message);
  });

  test("a state that is none", () => {
    expect(() => PairSignal.from(null as unknown as PairSignalState)).toThrow(
      "state must be an object, got null",
    );
  });
});
