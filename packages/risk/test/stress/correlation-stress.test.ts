import { expectClose, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { correlationStress, type StressBook } from "../../src/index.ts";
import { refusal } from "../refusal.ts";

describe("correlationStress", () => {
  const long: StressBook = {
    weights: [0.5, 0.5],
    covariance: [
      [0.04, 0],
      [0, 0.04],
    ],
  };

  test("takes a book of longs from √½ to undiversified", () => {
    const { base, rungs } = correlationStress(long);
    expectClose(base.volatility, 0.2 * Math.SQRT1_2, rounding(8));
    expectClose(base.diversification, Math.SQRT2, rounding(8));
    expectClose(
      rungs.map(({ volatility }) => volatility),
      [0.5, 0.8, 0.95].map((rho) => 0.2 * Math.sqrt((1 + rho) / 2)),
      rounding(16),
    );
    expectClose(
      rungs.map(({ averageCorrelation }) => averageCorrelation),
      [0.5, 0.8, 0.95],
      rounding(4),
    );
    expectClose(rungs[0]!.timesBase, Math.sqrt(1.5), rounding(8));
  });

  test("hedges a book of longs against shorts better", () => {
    const { base, rungs } = correlationStress({ ...long, weights: [0.5, -0.5] });
    expect(rungs.every(({ volatility }) => volatility < base.volatility)).toBe(true);
  });

  test("a level below the present mean changes nothing, and a single asset has no correlation", () => {
    const { base, rungs } = correlationStress(long, { levels: [-0.5] });
    expect(rungs).toEqual([base]);
    const one = correlationStress({ weights: [1], covariance: [[0.04]] }, { levels: [0.9] });
    expectClose(one.rungs[0]!.volatility, 0.2, rounding(4));
    expect(one.base.averageCorrelation).toBeNaN();
  });

  test("an asset without variance, and a book without risk", () => {
    const still = correlationStress({
      weights: [1, 1],
      covariance: [
        [0.04, 0],
        [0, 0],
      ],
    });
    expectClose(still.rungs[2]!.volatility, 0.2, rounding(4));
    const flat = correlationStress({ ...long, weights: [0, 0] });
    expect([flat.base.volatility, flat.base.diversification, flat.rungs[0]!.timesBase]).toEqual([
      0,
      Number.NaN,
      Number.NaN,
    ]);
  });

  test.each([
    [() => correlationStress({ weights: [1] }), "option: correlationStress needs the book's covariance"],
    [() => correlationStress(long, { levels: [1] }), "range: levels[0] must be in [-1, 1), got 1"],
    [
      () => correlationStress(long, { levels: 0.5 as never }),
      "shape: levels must be an array of correlations, got 0.5",
    ],
    [() => correlationStress(long, { horizon: 0 }), "range: horizon must be positive and finite, got 0"],
    [
      () => correlationStress(long, { confidence: 99 }),
      "range: confidence must be strictly between 0 and 1, got 99",
    ],
  ])("refuses case %#", (call, message) => {
    expect(refusal(call)).toBe(message);
  });
});
