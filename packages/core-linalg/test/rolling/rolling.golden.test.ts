import { expectClose, fixture, rounding } from "@astra-quant/testkit";
import { describe, test } from "vitest";
import { rollingCovariance, rollingMean, rollingQuantile, rollingStd } from "../../src/index.ts";

/** What a maker with exact rational arithmetic found for one series and one window, at some rows. */
interface Windows {
  rows: number[];
  mean: (number | null)[];
  std: (number | null)[];
  covariance: (number | null)[];
  quantile05: (number | null)[];
}

const truth = fixture(import.meta.url, "rolling.json");
const numbers = (values: (number | null)[]) => Float64Array.from(values, (v) => v ?? Number.NaN);
const index = numbers(truth.index);

/** A few roundings: 1.8e-15 for each number by itself. Below 1e-14 whatever the level and the spikes. */
const EACH = rounding(1);

const TITLES: Readonly<Record<string, string>> = {
  returns: "daily returns",
  prices: "prices that wander",
  offset: "a series on a level of 1e8",
  spike: "a series that a spike of 1e8 crosses",
  gaps: "a series with gaps",
};

for (const [name, title] of Object.entries(TITLES)) {
  const x = numbers(truth.series[name]);
  for (const [size, wanted] of Object.entries<Windows>(truth.windows[name])) {
    const window = Number(size);
    const largest = (t: number) => Math.max(...x.slice(t - window + 1, t + 1).map(Math.abs));

    describe(`windows of ${window} over ${title}`, () => {
      test("each mean is the exact one, as far as its own window's values have digits", () => {
        const mean = rollingMean(x, window);
        wanted.rows.forEach((t, i) => {
          expectClose(mean[t]!, wanted.mean[i]!, EACH, largest(t));
        });
      });

      test("each standard deviation is the exact one to its own last digits", () => {
        const std = rollingStd(x, window);
        wanted.rows.forEach((t, i) => {
          expectClose(std[t]!, wanted.std[i]!, EACH);
        });
      });

      test("each covariance is the exact one to the last digits of the two deviations' product", () => {
        const covariance = rollingCovariance(x, index, window);
        const scale = rollingStd(index, window);
        wanted.rows.forEach((t, i) => {
          expectClose(covariance[t]!, wanted.covariance[i]!, EACH, (wanted.std[i] ?? 0) * scale[t]!);
        });
      });

      test("each 5 % quantile is numpy's", () => {
        const quantile = rollingQuantile(x, window, 0.05);
        wanted.rows.forEach((t, i) => {
          expectClose(quantile[t]!, wanted.quantile05[i]!, EACH);
        });
      });
    });
  }
}
