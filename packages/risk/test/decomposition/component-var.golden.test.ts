import { describeGolden, expectClose, fixture, rounding, solver } from "@astra-quant/testkit";
import { describe, test } from "vitest";
import { componentVar, parametricVar, scenarioComponentVar } from "../../src/index.ts";

// biome-ignore lint/suspicious/noExplicitAny: a fixture has a shape of its own
type Json = any;

describeGolden("risk.json", (truth, tolerance) => {
  for (const [name, book] of Object.entries<Json>(truth.portfolios)) {
    test(`${name}: marginal, component, percent, standalone and incremental value at risk`, () => {
      const wanted = book.component_var_99_1d;
      const got = componentVar({
        weights: book.weights,
        covariance: truth.cov,
        confidence: 0.99,
        capital: truth.capital,
      });
      expectClose(got.total, wanted.portfolio_var, tolerance);
      expectClose(got.marginal, wanted.marginal, tolerance);
      expectClose(got.component, wanted.component, tolerance);
      expectClose(got.percent, wanted.percent, tolerance);
      expectClose(got.standalone, wanted.standalone, tolerance);
      expectClose(got.undiversified, wanted.undiversified_sum, tolerance);
      expectClose(got.incremental, wanted.incremental_remove_asset, tolerance);
      expectClose(
        got.component.reduce((a, b) => a + b, 0),
        wanted.sum_check,
        tolerance,
      );
      expectClose(got.diversificationRatio, wanted.undiversified_sum / wanted.portfolio_var, tolerance);
      expectClose(got.monetary!.total, truth.capital * wanted.portfolio_var, tolerance);
    });
  }
});

describe("numpy", () => {
  const truth: Json = fixture(import.meta.url, "components.json");

  test.each(truth.books as Json[])("a historical shortfall at $alpha and its parts", (wanted) => {
    const { weights, alpha } = wanted;
    const options = { weights, confidence: 1 - alpha };
    const got = scenarioComponentVar(truth.returns, { ...options, measure: "expected-shortfall" });
    expectClose(got.total, wanted.total, rounding(64));
    expectClose(got.component, wanted.component, rounding(64));
    expectClose(got.standalone, wanted.standalone, rounding(64));
    expectClose(got.incremental, wanted.incremental, rounding(64));
    // Differences over 2e-6 of weights keep ten digits.
    expectClose(got.marginal, wanted.marginal, solver(1e-8));
    const risk = scenarioComponentVar(truth.returns, options);
    expectClose(risk.total, wanted.valueAtRisk, rounding(64));
    expectClose(risk.incremental, wanted.incrementalVar, rounding(64));
  });

  test("marginals are what a small change of a weight does to parametricVar, of either measure and law", () => {
    const { covariance, mean, books } = truth;
    const { weights } = books[2];
    const step = 1e-6;
    for (const distribution of ["normal", { studentT: 5 }] as const) {
      for (const measure of ["value-at-risk", "expected-shortfall"] as const) {
        const options = { covariance, mean, confidence: 0.975, horizon: 10, distribution };
        const risk = (w: number[]): number => {
          const { valueAtRisk, expectedShortfall } = parametricVar({ ...options, weights: w });
          return measure === "value-at-risk" ? valueAtRisk : expectedShortfall;
        };
        const got = componentVar({ ...options, weights, measure });
        expectClose(got.total, risk(weights), rounding(32));
        const bumped = (i: number, by: number) =>
          weights.map((w: number, j: number) => (i === j ? w + by : w));
        const slopes = weights.map(
          (_: number, i: number) => (risk(bumped(i, step)) - risk(bumped(i, -step))) / (2 * step),
        );
        expectClose(got.marginal, slopes, solver(1e-8));
      }
    }
  });
});
