import { expectClose, fixture, solver } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { fitGaussianHmm, hiddenRegimes, volatilityRegime } from "../../src/index.ts";

describe("pandas and hmmlearn", () => {
  const truth = fixture(import.meta.url, "regimes.json");
  const tenth = (rows: number[][]) => rows.filter((_, t) => t % 10 === 0);

  test("volatility terciles are pandas' rolling ranks", () => {
    const regimes = volatilityRegime(truth.returns, { volatilityWindow: 15, historyWindow: 80 });
    expectClose(regimes, truth.terciles, solver(1e-15));
  });

  test("smoothed probabilities and the likelihood are hmmlearn's", () => {
    const { probabilities, logLikelihood } = hiddenRegimes(truth.observations, truth.start, {
      probabilities: "smoothed",
    });
    expectClose(logLikelihood, truth.logLikelihood, solver(1e-12));
    expectClose(tenth(probabilities.toRows()), truth.smoothed, solver(1e-10));
  });

  test("filtered probabilities are hmmlearn's of the rows up to each", () => {
    const { probabilities } = hiddenRegimes(truth.observations, truth.start);
    expectClose(tenth(probabilities.toRows()), truth.filtered, solver(1e-10));
  });

  test("the fit from hmmlearn's start ends where hmmlearn's does", () => {
    const model = fitGaussianHmm(truth.observations, {
      start: truth.start,
      tolerance: 1e-13,
      maxIterations: 5000,
    });
    expect(model.converged).toBe(true);
    expectClose(model.logLikelihood, truth.fitted.logLikelihood, solver(1e-9));
    expectClose([...model.transition], truth.fitted.transition, solver(1e-4)); // hmmlearn stops at a gain of 1e-9
    expectClose([...model.means], truth.fitted.means, solver(1e-3));
    expectClose([...model.variances], truth.fitted.variances, solver(1e-3));
  });
});
