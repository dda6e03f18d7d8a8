import { expectClose, fixture, rounding, solver } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  rollingBeta,
  rollingCorrelation,
  rollingCovariance,
  rollingKurtosis,
  rollingMean,
  rollingSkewness,
  rollingStd,
  rollingSum,
  rollingVariance,
} from "../../src/index.ts";

type Figures = Readonly<Record<string, (number | null)[]>>;
interface Windows {
  readonly window: number;
  readonly minPeriods: number;
}

const truth = fixture(import.meta.url, "moments.json");
const step: number = truth.step;
const numbers = (values: (number | null)[]) => Float64Array.from(values, (v) => v ?? Number.NaN);
const partner = numbers(truth.partner);

/** The series with one value that is infinite, which is missing too. */
function seriesNamed(name: string): Float64Array {
  const x = numbers(truth.series[name]);
  expect(x[truth.infinite]).toBeNaN();
  x[truth.infinite] = Number.POSITIVE_INFINITY;
  return x;
}

/** Every row that the fixture holds, against its own magnitude (or the scale given). */
function expectRows(actual: Float64Array, wanted: (number | null)[], scale?: (t: number) => number): void {
  wanted.forEach((value, i) => {
    const t = i * step;
    expectClose(actual[t]!, value ?? Number.NaN, rounding(1), scale?.(t));
  });
}

const TITLES: Readonly<Record<string, string>> = {
  gaps: "returns with gaps",
  offset: "a series with gaps on a level of 1e8",
  spike: "returns with gaps that a spike of −1e8 crosses",
};

for (const [name, title] of Object.entries(TITLES)) {
  for (const { window, minPeriods, ...figures } of truth.exact[name] as (Windows & Figures)[]) {
    const options = { minPeriods };

    describe(`windows of ${window}, ${minPeriods} present, over ${title}: exact arithmetic`, () => {
      const x = seriesNamed(name);
      const seen = (t: number) =>
        Array.from(x.slice(Math.max(0, t - window + 1), t + 1)).filter(Number.isFinite);
      const largest = (t: number) => Math.max(...seen(t).map(Math.abs), Number.MIN_VALUE);

      test("each mean is right as far as its own window's values have digits", () => {
        expectRows(rollingMean(x, window, options), figures.mean!, largest);
      });

      test("each standard deviation is right to its own last digits", () => {
        expectRows(rollingStd(x, window, options), figures.std!);
      });

      test("each skewness and kurtosis is right to the last digits of the powers behind it", () => {
        const count = (t: number) => seen(t).length ** 1.5;
        expectRows(rollingSkewness(x, window, options), figures.skewness!, count);
        expectRows(rollingKurtosis(x, window, options), figures.kurtosis!, count);
      });

      test("covariance, beta and correlation count the rows that have both, each to the last digits of its factors", () => {
        const covariance = rollingCovariance(x, partner, window, options);
        const correlation = rollingCorrelation(x, partner, window, options);
        const beta = rollingBeta(x, partner, window, options);
        const factors = (value: number, t: number) => Math.abs(value / correlation[t]!);
        expectRows(correlation, figures.correlation!, () => 1);
        expectRows(covariance, figures.covariance!, (t) => factors(covariance[t]!, t));
        expectRows(beta, figures.beta!, (t) => factors(beta[t]!, t));
      });
    });
  }
}

for (const { window, minPeriods, ...figures } of truth.pandas as (Windows & Figures)[]) {
  test(`windows of ${window}, ${minPeriods} present, answer where pandas does, with its figures`, () => {
    const x = seriesNamed("gaps");
    const options = { minPeriods };
    const ours: Readonly<Record<string, Float64Array>> = {
      mean: rollingMean(x, window, options),
      sum: rollingSum(x, window, options),
      variance: rollingVariance(x, window, { ...options, ddof: 0 }),
      std: rollingStd(x, window, options),
      skewness: rollingSkewness(x, window, options),
      kurtosis: rollingKurtosis(x, window, options),
      covariance: rollingCovariance(x, partner, window, options),
      correlation: rollingCorrelation(x, partner, window, options),
    };
    expect(Object.keys(figures).sort()).toEqual(Object.keys(ours).sort());
    for (const [name, wanted] of Object.entries(figures)) {
      const rows = Array.from(wanted, (_, i) => ours[name]![i * step]!);
      // pandas takes rows out of sums: it is the less exact of the two.
      expectClose(rows, wanted, solver(1e-10));
    }
  });
}
