import { describeGolden, expectClose, fixture, statistical } from "@astra-quant/testkit";
import { describe, test } from "vitest";
import { type MonteCarloVar, type MonteCarloVarOptions, monteCarloVar } from "../../src/index.ts";

const VAR_TEST: string = new URL("../var/", import.meta.url).href;

// biome-ignore lint/suspicious/noExplicitAny: a fixture has a shape of its own
type Json = any;

describeGolden("risk.json", (truth) => {
  for (const [name, book] of Object.entries<Json>(truth.portfolios)) {
    for (const law of ["10d_zero_mean", "10d_with_mean", "1d_zero_mean"]) {
      test(`${name}, ${law}: 5,000 scenarios are within four standard errors of the exact law`, () => {
        for (const confidence of [0.95, 0.99]) {
          const exact = book[`monte_carlo_exact_${law}`][confidence === 0.99 ? "alpha_0.01" : "alpha_0.05"];
          const got = monteCarloVar({
            weights: book.weights,
            covariance: truth.cov,
            ...(law === "10d_with_mean" ? { mean: truth.mu } : {}),
            horizon: Number.parseInt(law, 10),
            scenarios: 5000,
            confidence,
            seed: `${name} ${law}`,
          });
          expectClose(got.valueAtRisk, -exact.quantile, statistical(exact.se_quantile_N5000));
          expectClose(got.expectedShortfall, -exact.es, statistical(exact.se_es_N5000));
        }
      });
    }
  }

  test("a million scenarios of the equal-weight book are within four standard errors of the exact law", () => {
    const book = truth.portfolios.equal_weight;
    const exact = book.monte_carlo_exact_10d_zero_mean["alpha_0.01"];
    const got = monteCarloVar({
      weights: book.weights,
      covariance: truth.cov,
      horizon: 10,
      scenarios: 1_000_000,
      confidence: 0.99,
      seed: 20_260_101,
    });
    expectClose(got.valueAtRisk, -exact.quantile, statistical(exact.se_quantile_N1000000));
    expectClose(got.expectedShortfall, -exact.es, statistical(exact.se_es_N1000000));
    // Its own standard errors are estimates too. That of the quantile is the width of 2 · 1.96 √(Nα(1−α)) spacings,
    // each of about an exponential law; that of the shortfall a deviation of the Nα scenarios in the tail, whose
    // fourth moment is below 9 for an exponential tail.
    const [tail, confidence] = [10_000, 0.99];
    const spacings = 2 * 1.96 * Math.sqrt(tail * confidence);
    const quantileRatio = got.standardError.valueAtRisk / exact.se_quantile_N1000000;
    const shortfallRatio = got.standardError.expectedShortfall / exact.se_es_N1000000;
    expectClose(quantileRatio, 1, statistical(1 / Math.sqrt(spacings)));
    expectClose(shortfallRatio, 1, statistical(Math.sqrt((9 - 1) / 4 / tail)));
  }, 60_000);
});

describe("the exact law of compounded normal days, by convolution", () => {
  const truth: Json = fixture(VAR_TEST, "value-at-risk.json");

  for (const [name, book] of Object.entries<Json>(truth.books)) {
    test.each(book.exact as Json[])(`${name}: confidence $confidence, drift $drift`, (exact) => {
      const got = monteCarloVar({
        weights: book.weights,
        covariance: truth.covariance,
        ...(exact.drift ? { mean: truth.mean } : {}),
        horizon: exact.horizon,
        scenarios: 20_000,
        confidence: exact.confidence,
        seed: `${name} ${exact.confidence}`,
      });
      expectClose(got.valueAtRisk, -exact.quantile, statistical(got.standardError.valueAtRisk));
      expectClose(
        got.expectedShortfall,
        exact.expectedShortfall,
        statistical(got.standardError.expectedShortfall),
      );
    });
  }
});

/** The mean and the standard deviation of a sample that should be standard normal. */
function spread(z: readonly number[]): { mean: number; deviation: number } {
  const mean = z.reduce((sum, x) => sum + x, 0) / z.length;
  const squares = z.reduce((sum, x) => sum + (x - mean) * (x - mean), 0);
  return { mean, deviation: Math.sqrt(squares / (z.length - 1)) };
}

describe("over 240 seeds", () => {
  const SEEDS = 240;
  const truth: Json = fixture(VAR_TEST, "value-at-risk.json");
  const book = truth.books.longShort;
  const exact = book.exact.find((law: Json) => law.confidence === 0.99 && law.drift === 0);
  const options: MonteCarloVarOptions = {
    weights: book.weights,
    covariance: truth.covariance,
    horizon: 10,
    scenarios: 10_000,
    confidence: 0.99,
  } as MonteCarloVarOptions;
  const runs: MonteCarloVar[] = Array.from({ length: SEEDS }, (_, i) =>
    monteCarloVar({ ...options, seed: `run ${i}` }),
  );

  test.each([
    ["value at risk", "valueAtRisk", -exact.quantile],
    ["expected shortfall", "expectedShortfall", exact.expectedShortfall],
  ] as const)("the error of the %s is as large as its standard error says", (_, field, wanted) => {
    const z = runs.map((run) => (run[field] - wanted) / run.standardError[field]);
    const { mean, deviation } = spread(z);
    expectClose(mean, 0, statistical(1 / Math.sqrt(SEEDS)));
    expectClose(deviation, 1, statistical(1 / Math.sqrt(2 * SEEDS)));
  });

  test("the interval covers the exact value at risk 95 times in a hundred", () => {
    const covered = runs.filter(
      ({ interval }) => interval.lower <= -exact.quantile && -exact.quantile <= interval.upper,
    );
    expectClose(covered.length / SEEDS, 0.95, statistical(Math.sqrt((0.95 * 0.05) / SEEDS)));
  });
});
