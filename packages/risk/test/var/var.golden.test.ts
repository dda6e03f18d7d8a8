import { cholesky, type QuantileMethod, readCsvPanel, simpleReturns } from "@astra-quant/core-linalg";
import {
  describeGolden,
  describeRealData,
  expectClose,
  fixture,
  rounding,
  solver,
} from "@astra-quant/testkit";
import { describe, test } from "vitest";
import { historicalVar, parametricVar, scenarioReturns } from "../../src/index.ts";

// biome-ignore lint/suspicious/noExplicitAny: a fixture has a shape of its own
type Json = any;

/** numpy's names of the quantile types, as the golden file writes them. */
const NUMPY: Record<string, QuantileMethod> = {
  linear: "R-7",
  lower: "lower",
  higher: "higher",
  inverted_cdf: "R-1",
  hazen: "R-5",
  weibull: "R-6",
};

describeGolden("risk.json", (truth, tolerance) => {
  const books = Object.entries<Json>(truth.portfolios);

  for (const [name, book] of books) {
    for (const [label, wanted] of Object.entries<Json>(book.parametric_loss_positive)) {
      test(`parametric ${name} ${label}: with and without a mean, and in money`, () => {
        const [confidence, horizon] = label.split("_").map(Number.parseFloat) as [number, number];
        const options = {
          weights: book.weights,
          covariance: truth.cov,
          horizon,
          confidence,
          capital: truth.capital,
        };
        const zero = parametricVar(options);
        const drift = parametricVar({ ...options, mean: truth.mu });
        expectClose(zero.valueAtRisk, wanted.var_zero_mean, tolerance);
        expectClose(zero.expectedShortfall, wanted.es_zero_mean, tolerance);
        expectClose(zero.monetary!.valueAtRisk, wanted.money_zero_mean, tolerance);
        expectClose(drift.valueAtRisk, wanted.var_with_mean, tolerance);
        expectClose(drift.expectedShortfall, wanted.es_with_mean, tolerance);
        expectClose(zero.volatility, book.sigma_daily * Math.sqrt(horizon), tolerance);
        expectClose(drift.expectedReturn, book.mean_daily * horizon, tolerance);
      });
    }
  }

  test("the 250 fixed shock paths, path by path, and their quantiles", () => {
    const { shape, shocks_flat_C_order, sim_returns, percentile_1, percentile_5 } = truth.fixed_shocks;
    const [paths, horizon, assets] = shape as [number, number, number];
    const flat = shocks_flat_C_order as number[];
    const shocks = Array.from({ length: paths * horizon }, (_, t) =>
      flat.slice(t * assets, (t + 1) * assets),
    );
    const { weights } = truth.portfolios["cell6_long_short_gamma0.5"];
    const factor = cholesky(truth.cov);
    if (factor.status !== "ok") throw new Error("the golden covariance is positive definite");
    const returns = scenarioReturns(shocks, { cholesky: factor.L, weights, horizon });
    for (const [i, r] of returns.entries()) expectClose(r, sim_returns[i], tolerance);
    expectClose(historicalVar(returns, { confidence: 0.99 }).valueAtRisk, -percentile_1, tolerance);
    const five = historicalVar(returns, { confidence: 0.95, shortfall: "tail-mean" });
    expectClose(five.valueAtRisk, -percentile_5, tolerance);
    expectClose(five.expectedShortfall, -truth.fixed_shocks.es_le_percentile_5, tolerance);
  });

  describeRealData(["prices_daily.csv"], ([text]) => {
    const prices = readCsvPanel(text!, { columns: truth.tickers });
    const daily = simpleReturns(prices).values.toRows().slice(-504);

    for (const [name, book] of books) {
      const returns = daily.map((row) => row.reduce((sum, r, i) => sum + book.weights[i] * r, 0));
      const tenDays = returns
        .slice(9)
        .map((_, t) => returns.slice(t, t + 10).reduce((growth, r) => growth * (1 + r), 1) - 1);

      for (const confidence of [0.95, 0.99]) {
        const wanted = book.historical_return_sign[`${confidence}_1d`];
        test(`historical ${name} ${confidence}: six quantile types and both shortfalls`, () => {
          for (const [numpy, method] of Object.entries(NUMPY)) {
            const { valueAtRisk } = historicalVar(returns, { confidence, method });
            expectClose(valueAtRisk, -wanted[`quantile_${numpy}`], tolerance);
          }
          const coherent = historicalVar(returns, { confidence });
          const tailMean = historicalVar(returns, { confidence, shortfall: "tail-mean" });
          expectClose(coherent.expectedShortfall, -wanted.cvar_rockafellar_uryasev, tolerance);
          expectClose(tailMean.expectedShortfall, -wanted.cvar_mean_le_quantile_linear, tolerance);
        });

        test(`historical ${name} ${confidence}: overlapping ten-day returns`, () => {
          const overlapping = book.historical_return_sign[`${confidence}_10d_overlapping`];
          const got = historicalVar(tenDays, { confidence, shortfall: "tail-mean" });
          expectClose(got.observations, overlapping.n, rounding());
          expectClose(got.valueAtRisk, -overlapping.quantile_linear, tolerance);
          expectClose(got.expectedShortfall, -overlapping.cvar_mean_le_quantile, tolerance);
        });
      }
    }
  });
});

describeGolden("oracles.json", (truth) => {
  const { mean, covariance, weights, valueAtRisk, expectedShortfall } = truth.rockafellarUryasev2000;

  test.each(Object.keys(valueAtRisk))("the published table of Rockafellar and Uryasev at %s", (level) => {
    const got = parametricVar({ mean, covariance, weights, confidence: Number(level) });
    // The inputs are printed to six places at best, which moves the results in the fifth significant digit.
    const asPrinted = solver(1e-4);
    expectClose(got.valueAtRisk, valueAtRisk[level], asPrinted);
    expectClose(got.expectedShortfall, expectedShortfall[level], asPrinted);
  });
});

describe("numpy and scipy on the project's own data", () => {
  const truth: Json = fixture(import.meta.url, "value-at-risk.json");
  const special = solver(1e-13);

  for (const [name, book] of Object.entries<Json>(truth.books)) {
    test(`parametric ${name}: horizons, confidences, with and without a mean`, () => {
      for (const { zeroMean, withMean } of book.parametric) {
        for (const [mean, wanted] of [
          [undefined, zeroMean],
          [truth.mean, withMean],
        ] as const) {
          const { horizon, confidence, ...figures } = wanted;
          const got = parametricVar({
            weights: book.weights,
            covariance: truth.covariance,
            horizon,
            confidence,
            ...(mean ? { mean } : {}),
          });
          expectClose(got.volatility, figures.volatility, special);
          expectClose(got.valueAtRisk, figures.valueAtRisk, special);
          expectClose(got.expectedShortfall, figures.expectedShortfall, special);
        }
      }
    });
  }

  test.each(truth.historical as Json[])(
    "historical: $n returns at $confidence, all eleven types",
    (wanted) => {
      const returns = truth.returns.slice(0, wanted.n);
      const { confidence } = wanted;
      for (const [method, value] of Object.entries<number>(wanted.valueAtRisk)) {
        const options = { confidence, method: method as QuantileMethod };
        const tailMean = historicalVar(returns, { ...options, shortfall: "tail-mean" });
        expectClose(tailMean.valueAtRisk, value, rounding(8));
        expectClose(tailMean.expectedShortfall, wanted.tailMean[method], rounding(8));
        const { expectedShortfall } = historicalVar(returns, options);
        expectClose(expectedShortfall, wanted.rockafellarUryasev, rounding(8));
      }
    },
  );

  test("fixed shocks compound to numpy's returns, with and without a mean", () => {
    const fixed: Json = fixture(import.meta.url, "fixed-shocks.json");
    const { shocks, cholesky, weights, horizon, mean } = fixed;
    const path = { cholesky, weights, horizon };
    expectClose(scenarioReturns(shocks, path), fixed.returns, rounding(60));
    expectClose(scenarioReturns(shocks, { ...path, mean }), fixed.returnsWithMean, rounding(60));
  });
});
