import { expectClose, fixture, rounding } from "@astra-quant/testkit";
import { describe, test } from "vitest";
import { kurtosis, mean, type QuantileMethod, quantile, skewness, variance } from "../../src/index.ts";

const truth = fixture(import.meta.url, "statistics.json");

describe("numpy's quantiles", () => {
  for (const [method, wanted] of Object.entries<{ odd: number[]; even: number[] }>(truth.quantiles)) {
    test(`${method} agrees on samples of odd and even size`, () => {
      for (const size of ["odd", "even"] as const) {
        const got = truth.levels.map((q: number) =>
          quantile(truth[size], q, { method: method as QuantileMethod }),
        );
        expectClose(got, wanted[size], rounding());
      }
    });
  }
});

describe("moments against exact arithmetic and scipy", () => {
  test("mean and variance are the exact ones of the doubles", () => {
    expectClose(mean(truth.odd), truth.moments.mean, rounding());
    expectClose(variance(truth.odd), truth.moments.variance, rounding());
  });

  test("skewness and excess kurtosis are scipy's biased ones", () => {
    expectClose(skewness(truth.odd), truth.moments.skewness, rounding(4));
    expectClose(kurtosis(truth.odd), truth.moments.kurtosis, rounding(4));
  });

  for (const [name, set] of Object.entries<{
    head: [number, number, number];
    length: number;
    mean: number;
    variance: number;
  }>(truth.accuracy)) {
    test(`${name}: a small spread on a large level keeps its digits`, () => {
      const [first, low, high] = set.head;
      const x = Array.from({ length: set.length }, (_, i) => (i === 0 ? first : i % 2 === 1 ? low : high));
      expectClose(mean(x), set.mean, rounding());
      expectClose(variance(x), set.variance, rounding());
    });
  }
});
