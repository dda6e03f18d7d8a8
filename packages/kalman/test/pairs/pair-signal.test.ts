import { describeGolden, describeRealData, fixture } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { kalmanRegression, pairSignal } from "../../src/index.ts";

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

  describeGolden("kalman.json", ({ pair_1min: golden }) => {
    test("parity 'seed' signals on the notebook's bars", () => {
      const { rows: held, values } = heldRows(pairSignal(zScore, { parity: "seed" }));
      expect(held).toEqual(golden.signal_nonzero_rows);
      expect(values).toEqual(golden.signal_nonzero_values);
    });

    test("the state machine holds on the stated bars", () => {
      const { rows: held, values } = heldRows(pairSignal(zScore));
      expect(held).toEqual(golden.held_position_nonzero_rows);
      expect(values).toEqual(golden.held_position_nonzero_values);
    });
  });
});
