import { expectClose, fixture, rounding, solver } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  ageWeightedVar,
  cornishFisherVar,
  deltaGammaVar,
  filteredHistoricalVar,
  parametricVar,
} from "../../src/index.ts";

// biome-ignore lint/suspicious/noExplicitAny: a fixture has a shape of its own
type Json = any;

const base: Json = fixture(import.meta.url, "value-at-risk.json");
const truth: Json = fixture(import.meta.url, "other-laws.json");
const level = (alpha: number): number => 1 - alpha;

describe("scipy", () => {
  test.each(truth.studentT as Json[])("t of $studentT over $horizon periods at $confidence", (wanted) => {
    const { weights, studentT, horizon, confidence, drift } = wanted;
    const got = parametricVar({
      weights,
      covariance: base.covariance,
      horizon,
      confidence,
      distribution: { studentT },
      ...(drift ? { mean: base.mean } : {}),
    });
    expectClose(got.valueAtRisk, wanted.valueAtRisk, solver(1e-12));
    expectClose(got.expectedShortfall, wanted.expectedShortfall, solver(1e-11));
  });

  test.each(truth.cornishFisher as Json[])("Cornish–Fisher of $moments at $alpha: $valid", (wanted) => {
    const got = cornishFisherVar(wanted.moments, { confidence: level(wanted.alpha) });
    expectClose(got.valueAtRisk, wanted.valueAtRisk, solver(1e-12));
    expectClose(got.expectedShortfall, wanted.expectedShortfall, solver(1e-11), wanted.moments.volatility);
    expect(got.valid).toBe(wanted.valid);
  });

  test.each(truth.quadratic as Json[])(
    "a quadratic form at $alpha: quantile, tail mean and moments",
    (wanted) => {
      const { delta, gamma, covariance, theta, alpha } = wanted;
      const got = deltaGammaVar({ delta, gamma, covariance, theta, confidence: level(alpha) });
      // The quadrature behind these ends at 8,000 standard deviations' frequencies: 1e-10 of probability is left out.
      expectClose(got.valueAtRisk, wanted.valueAtRisk, solver(3e-8));
      expectClose(got.expectedShortfall, wanted.expectedShortfall, solver(3e-8));
      for (const field of ["mean", "volatility", "skewness", "kurtosis"] as const) {
        expectClose(got[field], wanted[field], solver(1e-12), 1);
      }
      const expansion = deltaGammaVar({
        delta,
        gamma,
        covariance,
        theta,
        confidence: level(alpha),
        method: "cornish-fisher",
      });
      const { mean, volatility, skewness, kurtosis } = wanted;
      const same = cornishFisherVar({ mean, volatility, skewness, kurtosis }, { confidence: level(alpha) });
      expectClose(expansion.valueAtRisk, same.valueAtRisk, rounding(64));
      expectClose(expansion.expectedShortfall, same.expectedShortfall, rounding(64));
      expect(expansion.valid).toBe(same.valid);
    },
  );

  test.each(truth.ageWeighted as Json[])("age weights of $decay over $n returns at $alpha", (wanted) => {
    const got = ageWeightedVar(base.returns.slice(0, wanted.n), {
      decay: wanted.decay,
      confidence: level(wanted.alpha),
    });
    expectClose(got.valueAtRisk, wanted.valueAtRisk, rounding(600));
    expectClose(got.expectedShortfall, wanted.expectedShortfall, rounding(600));
  });

  test("filtered by an exponential average and by a GARCH recursion", () => {
    const ewma = filteredHistoricalVar(base.returns, { confidence: 0.99 });
    const garch = filteredHistoricalVar(base.returns, {
      confidence: 0.95,
      volatility: { garch: { omega: 4e-6, alpha: 0.08, beta: 0.9 } },
      warmUp: 40,
    });
    for (const [got, wanted] of [
      [ewma, truth.filtered.ewma],
      [garch, truth.filtered.garch],
    ] as const) {
      expectClose(got.volatility, wanted.volatility, rounding(600));
      expectClose(got.standardised.at(-1)!, wanted.lastStandardised, rounding(600));
      expectClose(got.valueAtRisk, wanted.valueAtRisk, rounding(600));
      expectClose(got.expectedShortfall, wanted.expectedShortfall, rounding(600));
    }
  });
});
