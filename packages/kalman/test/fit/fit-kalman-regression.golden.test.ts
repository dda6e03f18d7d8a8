import { describeGolden, expectClose, fixture, printed, rounding, solver } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { fitKalmanRegression, smoothRegression } from "../../src/index.ts";

const truth = fixture(import.meta.url, "likelihood.json");
const numbers = (values: readonly (number | null)[]) => values.map((value) => value ?? Number.NaN);

for (const name of ["drifting", "gaps"]) {
  const { delta, observationVariance, logLikelihood, standardErrors, smoothed, ...data } = truth[name];
  const x = numbers(data.x);
  const y = numbers(data.y);

  describe(`${name}: statsmodels' likelihood, climbed by scipy`, () => {
    const fit = fitKalmanRegression(x, y);

    test("the summit", () => {
      expect(fit.solution).toBe("interior");
      // Where a summit is flat, its place is known to the root of what its height is.
      expectClose(fit.delta, delta, solver(1e-5));
      expectClose(fit.observationVariance, observationVariance, solver(1e-5));
      expectClose(fit.logLikelihood, logLikelihood, solver(1e-9));
      expect(fit.logLikelihood).toBeGreaterThan(
        logLikelihood - rounding(1e5).relative * Math.abs(logLikelihood),
      );
    });

    test("the standard errors, logarithmic and natural", () => {
      for (const key of ["logDelta", "logObservationVariance", "delta", "observationVariance"] as const) {
        expectClose(fit.standardErrors[key], standardErrors[key], solver(1e-4));
      }
    });

    test("expectation and maximisation climb the same hill", () => {
      const climbed = fitKalmanRegression(x, y, { method: "em", maxIterations: 60 });
      expect(climbed.logLikelihood).toBeLessThanOrEqual(fit.logLikelihood + 1e-9);
      expect(fit.logLikelihood - climbed.logLikelihood).toBeLessThan(0.5);
    });

    test("the smoothed line", () => {
      const found = smoothRegression(x, y, { delta, observationVariance });
      for (const key of ["intercept", "slope", "interceptStd", "slopeStd"] as const) {
        expectClose(found[key], smoothed[key], solver(1e-7));
      }
    });
  });
}

describeGolden("oracles.json", ({ nile }) => {
  // Without an intercept, and with x = 1, the slope is a level.
  const ones = nile.values.map(() => 1);
  const { observationVariance, levelVariance } = nile.localLevel;

  test("the Nile's published variances", () => {
    const fit = fitKalmanRegression(ones, nile.values, { intercept: false });
    expectClose(fit.observationVariance, observationVariance, printed(0));
    expectClose(fit.delta, levelVariance, solver(1e-4)); // where the summit is that flat, the last printed digit is the search's
  });

  test("the same by expectation and maximisation, with the same standard errors", () => {
    const fit = fitKalmanRegression(ones, nile.values, { intercept: false });
    const climbed = fitKalmanRegression(ones, nile.values, { intercept: false, method: "em" });
    expect(climbed.converged).toBe(true);
    expectClose(climbed.delta, fit.delta, solver(1e-2));
    expectClose(climbed.standardErrors.logDelta, fit.standardErrors.logDelta, solver(1e-2));
    expectClose(
      climbed.standardErrors.observationVariance,
      fit.standardErrors.observationVariance,
      solver(1e-2),
    );
  });
});
