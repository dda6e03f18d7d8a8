import {
  describeGolden,
  describeRealData,
  expectClose,
  fixture,
  rounding,
  solver,
} from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { kalmanRegression } from "../../src/index.ts";

const truth = fixture(import.meta.url, "line.json");

/** How far rounding may grow along a recursion whose gain forgets about a bar in ten. */
const recursion = rounding(100);

/** NaN for JSON's null. */
function numbers(values: readonly (number | null)[]): Float64Array {
  return Float64Array.from(values, (value) => value ?? Number.NaN);
}

describe("the filter against numpy, statsmodels and sixty digits", () => {
  test("parity 'seed' is the notebook's filter", () => {
    const series = kalmanRegression(truth.x, truth.y, { parity: "seed" });
    for (const name of ["intercept", "slope", "innovation", "innovationStd"] as const) {
      expectClose(series[name], truth.seed[name], recursion);
    }
    expectClose(series.state.covariance, truth.seed.covariance, recursion);
  });

  test("a proper prior agrees with Joseph's form over missing bars", () => {
    const { x, y, mean, covariance, delta, R, ...wanted } = truth.prior;
    const series = kalmanRegression(numbers(x), numbers(y), {
      delta,
      observationVariance: R,
      initial: { intercept: mean[0], slope: mean[1], covariance },
    });
    for (const name of ["intercept", "slope", "innovation", "innovationStd"] as const) {
      expectClose(series[name], wanted[name], recursion);
    }
  });

  for (const name of ["diffuse", "stuck"]) {
    const { x, y, delta, observationVariance, statsmodels, ...wanted } = truth[name];
    const series = kalmanRegression(numbers(x), numbers(y), { delta, observationVariance });

    test(`the ${name} start agrees with the exact initial recursion in sixty digits`, () => {
      for (const output of ["intercept", "slope", "innovationStd"] as const) {
        expectClose(series[output], wanted[output], recursion);
      }
      // An innovation is what remains of prices, so the prices are its scale.
      expectClose(series.innovation, wanted.innovation, recursion, Math.max(...y));
      expectClose(series.logLikelihood, wanted.logLikelihood, recursion);
    });

    test(`the ${name} start agrees with statsmodels as far as its start is accurate`, () => {
      const from = statsmodels.determinedRow + 1;
      // Its first variances are small remainders of large numbers: six digits are left of sixteen.
      const sixDigits = solver(1e-6);
      for (const output of ["intercept", "slope", "innovation"] as const) {
        expectClose(series[output].slice(from), statsmodels[output], sixDigits);
      }
      const variance = series.innovationStd
        .slice(from)
        .map((deviation, i) => (Number.isNaN(series.innovation[from + i]!) ? Number.NaN : deviation ** 2));
      const stated = statsmodels.variance.map((value: number, i: number) =>
        Number.isNaN(variance[i]!) ? Number.NaN : value,
      );
      expectClose(variance, stated, sixDigits);
      expectClose(series.logLikelihood, statsmodels.logLikelihood, sixDigits);
      expect(Number.isNaN(series.slope[from - 2]!)).toBe(true);
      expect(Number.isNaN(series.slope[from - 1]!)).toBe(false);
    });
  }
});

/** The columns x and y of the pair's CSV. */
function pairOf(text: string): { x: Float64Array; y: Float64Array } {
  const rows = text
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(",").map(Number));
  return { x: Float64Array.from(rows, (row) => row[1]!), y: Float64Array.from(rows, (row) => row[2]!) };
}

describeRealData(["pair_1min.csv"], ([text]) => {
  const { x, y } = pairOf(text!);

  describeGolden("kalman.json", ({ pair_1min: golden }, tolerance) => {
    test("parity 'seed' meets every bar and the final covariance", () => {
      const series = kalmanRegression(x, y, { parity: "seed" });
      expect(series.slope.length).toBe(golden.n_bars);
      expectClose(series.intercept, golden.series_full.alpha, tolerance);
      expectClose(series.slope, golden.series_full.beta, tolerance);
      expectClose(series.innovation, golden.series_full.innovation, tolerance);
      expectClose(series.innovationStd, golden.series_full.sqrt_S, tolerance);
      expectClose(series.zScore, golden.series_full.z, tolerance);
      // Each bar on its own scale too: the first z-score is a thousand times the later ones.
      expectClose(series.zScore.slice(60), golden.series_full.z.slice(60), tolerance);
      expectClose(series.state.covariance, golden.final.P, tolerance);
    });

    test("every other pair of parameters ends where it must", () => {
      const entries = Object.entries<Record<string, number>>(golden.other_parameters_final);
      expect(entries.length).toBe(4);
      for (const [key, final] of entries) {
        const [delta, observationVariance] = key.match(/[\d.e-]+(?=,|$)/g)!.map(Number);
        const series = kalmanRegression(x, y, {
          delta: delta!,
          observationVariance: observationVariance!,
          parity: "seed",
        });
        const last = [series.intercept, series.slope, series.innovation, series.innovationStd, series.zScore];
        const wanted = [final.alpha, final.beta, final.innovation, final.sqrt_S, final.z];
        last.forEach((values, i) => {
          expectClose(values.at(-1)!, wanted[i]!, tolerance);
        });
      }
    });

    test("the usual update from the same start agrees with the notebook's", () => {
      const usual = kalmanRegression(x, y, { initial: "zero" });
      expectClose(usual.slope, golden.series_full.beta, tolerance);
      expectClose(usual.zScore, golden.series_full.z, tolerance);
    });
  });

  test("no price passes for an innovation after a diffuse start, as it does after the seed's", () => {
    const diffuse = kalmanRegression(x, y).zScore;
    expect(Array.from(diffuse.slice(0, 2)).every(Number.isNaN)).toBe(true);
    expect(Math.max(...diffuse.slice(2).map(Math.abs))).toBeLessThan(10);
    expect(kalmanRegression(x, y, { parity: "seed" }).zScore[0]!).toBeGreaterThan(1000);
  });
});
