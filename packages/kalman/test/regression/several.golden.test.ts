import { expectClose, fixture, rounding, solver } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { kalmanRegression } from "../../src/index.ts";

const truth = fixture(import.meta.url, "several.json");

describe("several regressors against the whole normal equation in sixty digits", () => {
  // Digits that the problem itself takes: regressors as collinear as prices are.
  const cases: readonly [string, number][] = [
    ["ordinary", 1e-9],
    ["near1e8", 1e-6],
    ["unlikeScales", 1e-9],
    ["throughTheOrigin", 1e-10],
  ];
  for (const [name, digits] of cases) {
    test(name, () => {
      const { X, y, delta, observationVariance, intercept, ...wanted } = truth[name];
      const n = intercept ? 3 : 2;
      const series = kalmanRegression(X as number[][], y, { delta, observationVariance, intercept });
      const known = wanted.mean.slice(n - 1);
      const slopes = series.slope.slice(n - 1).map((row) => Array.from(row));
      for (let j = 0; j < 2; j++) {
        expectClose(
          slopes.map((row) => row[j]!),
          known.map((row: number[]) => row[n - 2 + j]!),
          solver(digits),
        );
      }
      if (intercept)
        expectClose(
          series.intercept.slice(2),
          known.map((row: number[]) => row[0]!),
          solver(digits),
        );
      expectClose(series.innovationStd, wanted.innovationStd, solver(digits));
      expectClose(series.innovation, wanted.innovation, rounding(1e3), Math.max(...y));
      expectClose(series.logLikelihood, wanted.logLikelihood, solver(digits));
      expect(series.slope[n - 2]!.every(Number.isNaN)).toBe(true);
    });
  }
});

test("with delta 0 the filter is statsmodels' recursive least squares", () => {
  const { X, y, coefficients } = truth.recursiveLeastSquares;
  const { intercept, slope } = kalmanRegression(X as number[][], y, { delta: 0 });
  const found = slope.map((row, t) => [intercept[t]!, ...row]).slice(3);
  expectClose(found, coefficients, solver(1e-6)); // its start is a large number, not exact
});
