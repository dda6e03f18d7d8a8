import { expectClose, fixture, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  autocorrelation,
  automaticBlockLength,
  correlationBetween,
  covarianceBetween,
  ljungBox,
  neweyWest,
  ranks,
} from "../../src/index.ts";
import { bootstrapInterval } from "../../src/statistics/bootstrap-interval.ts";

const truth = fixture(import.meta.url, "inference.json");

interface Hac {
  readonly lags: number;
  readonly smallSample: boolean;
  readonly standardError: number;
  readonly mean: number;
}

truth.series.forEach(
  // biome-ignore lint/suspicious/noExplicitAny: a fixture has a shape of its own
  (series: any, i: number) => {
    describe(`series ${i + 1} of ${series.x.length} observations`, () => {
      test("autocorrelations are those of statsmodels' acf", () => {
        expectClose(autocorrelation(series.x, { lags: 15 }), series.autocorrelation, rounding(16, 1));
      });

      test("Ljung and Box's statistics and p-values are those of statsmodels", () => {
        const { perLag, statistic, pValue } = ljungBox(series.x, { lags: 12 });
        const truth = series.ljungBox;
        expectClose(perLag.statistic, truth.statistic, rounding(16, 1));
        perLag.pValue.forEach((value, k) => {
          expectClose(value, truth.pValue[k], rounding(64 + 4 * truth.statistic[k], 1));
        });
        expect([statistic, pValue]).toEqual([perLag.statistic[11], perLag.pValue[11]]);
        const residual = ljungBox(series.x, { lags: 12, fittedParameters: 2 });
        expect(residual.degreesOfFreedom).toBe(10);
        residual.perLag.pValue.forEach((value, k) => {
          expectClose(value, truth.pValueOfTwoFitted[k], rounding(64 + 4 * truth.statistic[k], 1));
        });
      });

      test("standard errors of the mean are those of statsmodels' HAC covariance", () => {
        for (const { lags, smallSample, standardError, mean } of series.neweyWest as Hac[]) {
          const got = neweyWest(series.x, { lags, smallSample });
          expectClose(got.standardError, standardError, rounding(16, 1));
          expectClose(got.mean, mean, rounding(16, 1));
          expectClose(Math.sqrt(got.longRunVariance / got.observations), got.standardError, rounding(4, 1));
        }
      });

      test("the two rules choose the lags that numpy finds", () => {
        expect(neweyWest(series.x).lags).toBe(series.lagRules.automatic);
        expect(neweyWest(series.x, { lags: "rule-of-thumb" }).lags).toBe(series.lagRules.ruleOfThumb);
      });

      test("block lengths are those of arch", () => {
        const { stationary, circular } = automaticBlockLength(series.x);
        expectClose(stationary, series.blockLength.stationary, rounding(64, 1));
        expectClose(circular, series.blockLength.circular, rounding(64, 1));
      });
    });
  },
);

test("autocorrelations of the whole series end the search for a block length, as in R's np and unlike in arch", () => {
  for (const { x, stationary, circular, archStationary } of truth.searches) {
    const length = automaticBlockLength(x);
    expectClose([length.stationary, length.circular], [stationary, circular], rounding(64, 1));
    expect(Math.abs(length.stationary / archStationary - 1)).toBeGreaterThan(2 ** -10);
  }
});

// biome-ignore lint/suspicious/noExplicitAny: a fixture has a shape of its own
truth.pairs.forEach((pair: any, i: number) => {
  test(`pair ${i + 1}: ranks, covariance and three correlations are scipy's`, () => {
    expect([...ranks(pair.x)]).toEqual(pair.ranks);
    expectClose(covarianceBetween(pair.x, pair.y), pair.covariance, rounding(8, 1));
    for (const method of ["pearson", "spearman", "kendall"] as const) {
      expectClose(correlationBetween(pair.x, pair.y, { method }), pair[method], rounding(8, 1));
    }
  });
});

test("the corrected interval is scipy's on scipy's replications", () => {
  const { x, estimate, replications, lower, upper } = truth.bca;
  const spread = (sample: Float64Array): number => {
    const mean = sample.reduce((sum, v) => sum + v, 0) / sample.length;
    return Math.sqrt(sample.reduce((sum, v) => sum + (v - mean) ** 2, 0) / sample.length);
  };
  const interval = bootstrapInterval("bca", {
    series: Float64Array.from(x),
    of: spread,
    estimate,
    replications: Float64Array.from(replications),
    confidence: 0.9,
  });
  expectClose([interval.lower, interval.upper], [lower, upper], rounding(1000, 1));
});
