import { describeGolden, expectClose, fixture, printed, rounding, solver } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  fitKalmanRegression,
  innovationDiagnostics,
  KalmanFilter,
  type KalmanFilterOptions,
  kalmanFilter,
  kalmanSmoother,
  type StateSpaceModel,
} from "../../src/index.ts";

const { trend, changing } = fixture(import.meta.url, "dense.json");
const nile = fixture(import.meta.url, "nile.json");

/** How far rounding may grow over a dozen bars of a few states. */
const recursion = rounding(1000);

const localLevel = (noise: number, step: number): StateSpaceModel => ({
  design: [[1]],
  observationCovariance: [[noise]],
  transition: [[1]],
  stateCovariance: [[step]],
});

/** A name, the model, its observations, the bar from which every state is determined, and the truth. */
type Case = readonly [string, StateSpaceModel, (number | null)[][], number, Record<string, never[]>];

const cases: readonly Case[] = [
  ["a trend with missing bars", trend.model, trend.Y, 2, trend],
  [
    "a design that changes, observations that are correlated and missing one by one",
    { ...changing.model, design: (t: number) => changing.design[t] },
    changing.Y,
    1,
    changing,
  ],
];

const rows = (Y: (number | null)[][]) => Y.map((row) => row.map((value) => value ?? Number.NaN));
const plain = (matrices: readonly { toRows(): number[][] }[]) => matrices.map((matrix) => matrix.toRows());

for (const form of ["joseph", "square-root"] as const) {
  const options: KalmanFilterOptions = { form };
  describe(`the ${form} form against the whole normal equation in sixty digits`, () => {
    for (const [name, model, Y, first, truth] of cases) {
      const series = kalmanFilter(model, rows(Y), options);

      test(`${name}: what is filtered and predicted`, () => {
        expectClose(series.mean.toRows().slice(first), truth.mean!.slice(first), recursion);
        expectClose(plain(series.covariance).slice(first), truth.covariance!.slice(first), recursion);
        expectClose(series.innovation.toRows(), truth.innovation!, recursion, 100);
        expectClose(plain(series.innovationCovariance), truth.innovationCovariance!, recursion);
        expectClose(series.logLikelihood, truth.logLikelihood as unknown as number, recursion);
      });

      test(`${name}: what is smoothed`, () => {
        const smoothed = kalmanSmoother(model, rows(Y), options);
        expectClose(smoothed.mean.toRows(), truth.smoothedMean!, recursion);
        expectClose(plain(smoothed.covariance), truth.smoothedCovariance!, recursion);
        expect(smoothed.logLikelihood).toBe(series.logLikelihood);
      });
    }
  });
}

describe("the Nile's level against statsmodels", () => {
  const published = nile.atPublished;
  const model = localLevel(15099, 1469.1);
  const { mean, covariance, innovation, innovationCovariance, logLikelihood } = kalmanFilter(model, nile.y);

  test("filter, prediction errors and exact diffuse likelihood", () => {
    expectClose(mean.data, published.filtered, recursion);
    expectClose(
      covariance.map(({ data }) => data[0]!),
      published.filteredVariance,
      recursion,
    );
    expectClose(innovation.data.slice(1), published.innovation, recursion, 1000);
    expectClose(
      innovationCovariance.slice(1).map(({ data }) => data[0]!),
      published.innovationVariance,
      recursion,
    );
    expectClose(logLikelihood, published.logLikelihood, recursion);
  });

  test("smoother and its disturbances", () => {
    const smoothed = kalmanSmoother(model, nile.y);
    expectClose(smoothed.mean.data, published.smoothed, recursion);
    expectClose(
      smoothed.covariance.map(({ data }) => data[0]!),
      published.smoothedVariance,
      recursion,
    );
    expectClose(smoothed.stateDisturbance.data, published.stateDisturbance, recursion, 100);
    const variances = smoothed.stateDisturbanceCovariance.map(({ data }) => data[0]!);
    expectClose(variances, published.stateDisturbanceVariance, recursion);
  });

  test("the variances at the summit of the likelihood, as of a regression on 1", () => {
    const ones = nile.y.map(() => 1);
    const fit = fitKalmanRegression(ones, nile.y, { intercept: false });
    expectClose([fit.observationVariance, fit.delta], nile.estimates, solver(1e-6));
    expectClose(fit.logLikelihood, nile.logLikelihood, recursion);
  });

  test("forecast", () => {
    const filter = new KalmanFilter(model);
    for (const flow of nile.y) filter.update([flow]);
    const { mean: expected, covariance: around } = filter.forecast(5);
    expectClose(expected.data, published.forecast, recursion);
    expectClose(
      around.map(({ data }) => data[0]!),
      published.forecastVariance,
      recursion,
    );
  });
});

describeGolden("oracles.json", ({ nile: oracle }) => {
  test("the Nile's published diagnostics", () => {
    const { observationVariance, levelVariance, ljungBox9, skew, kurtosis } = oracle.localLevel;
    const { standardized } = kalmanFilter(localLevel(observationVariance, levelVariance), oracle.values);
    const { autocorrelation, normality } = innovationDiagnostics(standardized.data, { lags: 9 });
    expectClose(autocorrelation.statistic, ljungBox9, printed(2));
    expectClose(normality.skewness, skew, printed(2));
    expectClose(normality.kurtosis, kurtosis, printed(2));
  });
});

test("a root keeps what a covariance loses: two observations that are all but the same", () => {
  // Of two states nothing is known; y₁ and y₂ measure α₁ and α₁ + 1e-9 α₂ to 1e-12.
  const model: StateSpaceModel = {
    design: [
      [1, 0],
      [1, 1e-9],
    ],
    observationCovariance: [
      [1e-24, 0],
      [0, 1e-24],
    ],
    transition: [
      [1, 0],
      [0, 1],
    ],
    stateCovariance: [
      [0, 0],
      [0, 0],
    ],
  };
  const prior = {
    mean: [0, 0],
    covariance: [
      [1, 0],
      [0, 1],
    ],
  };
  const Y = Array.from({ length: 20 }, () => [2, 2 + 3e-9]);
  const { mean, covariance } = kalmanFilter(model, Y, { initial: prior, form: "square-root" });
  expectClose(mean.row(19), [2, 3], solver(1e-6));
  // var(α₂) is about 2 · 1e-24 ÷ 20 ÷ 1e-18, that of α₁ 1e-24 ÷ 20.
  expectClose(covariance[19]!.data[3]!, 1e-7, solver(1e-3));
  expectClose(covariance[19]!.data[0]!, 5e-26, solver(1e-3));
});
