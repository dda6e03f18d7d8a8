import { expectClose, returnRows, rounding } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  correlation,
  covarianceOf,
  sampleCovariance,
  stressCorrelation,
  symmetricEigen,
} from "../../src/index.ts";

describe("stressCorrelation", () => {
  const C = [
    [1, 0.2, 0.4],
    [0.2, 1, 0],
    [0.4, 0, 1],
  ];

  test("raises the mean to ρ by mixing in ones", () => {
    const { correlation: stressed, weight, meanBefore, meanAfter } = stressCorrelation(C, 0.5);
    expectClose(weight, 0.375, rounding(2)); // (0.5 − 0.2) ÷ (1 − 0.2)
    expectClose(
      stressed,
      [
        [1, 0.5, 0.625],
        [0.5, 1, 0.375],
        [0.625, 0.375, 1],
      ],
      rounding(2),
    );
    expectClose([meanBefore, meanAfter], [0.2, 0.5], rounding(2));
  });

  test("never lowers a mean", () => {
    const { correlation: stressed, weight, meanAfter } = stressCorrelation(C, 0.1);
    expect(stressed.toRows()).toEqual(C);
    expect(weight).toBe(0);
    expectClose(meanAfter, 0.2, rounding(2));
  });

  test("reaches every ρ and keeps positive definiteness", () => {
    fc.assert(
      fc.property(
        returnRows({ min: 12, max: 30 }, { min: 2, max: 6 }),
        fc.double({ min: 0, max: 0.99, noNaN: true }),
        (rows, rho) => {
          const base = correlation(
            sampleCovariance(rows.map((row, t) => row.map((x, j) => x + ((t * (j + 3)) % 7) / 7))).covariance,
          ).correlation;
          const { correlation: stressed, meanBefore, meanAfter, weight } = stressCorrelation(base, rho);
          expectClose(meanAfter, Math.max(rho, meanBefore), rounding(8), 1);
          const smallest = (A: typeof base) => symmetricEigen(A).values[0]!;
          expect(smallest(stressed)).toBeGreaterThan((1 - weight) * smallest(base) - rounding(20).relative);
        },
      ),
    );
  });

  test("one asset and all-ones matrices are left alone", () => {
    expect(stressCorrelation([[1]], 0.5)).toMatchObject({ weight: 0 });
    const ones = [
      [1, 1],
      [1, 1],
    ];
    expect(stressCorrelation(ones, 0.5).correlation.toRows()).toEqual(ones);
  });

  test("what is no correlation, and a ρ of one, are refused by name", () => {
    expect(() => stressCorrelation([[2]], 0.5)).toThrow("C[0][0] must be 1, got 2");
    expect(() => stressCorrelation(C, 1)).toThrow("rho must be in [-1, 1), got 1");
    expect(() => stressCorrelation(C, Number.NaN)).toThrow("rho must be in [-1, 1), got NaN");
  });
});

describe("covarianceOf", () => {
  test("is the inverse of correlation, also for assets without variance", () => {
    const S = [
      [4, 3, 0],
      [3, 9, 0],
      [0, 0, 0],
    ];
    const { correlation: C, volatility } = correlation(S);
    expectClose(covarianceOf(C, volatility), S, rounding(1));
  });

  test("misuse is refused by name", () => {
    expect(() => covarianceOf([[1]], [1, 2])).toThrow("correlation must be 2×2, got 1×1");
    expect(() => covarianceOf([[1]], [-1])).toThrow("volatility[0] must be non-negative and finite, got -1");
    expect(() => covarianceOf([[Number.NaN]], [1])).toThrow("correlation[0][0] must be finite, got NaN");
  });
});
