import { bits, expectClose, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { kurtosis, mean, quantile, skewness, variance } from "../../src/index.ts";
import { QUANTILE_METHODS } from "../../src/statistics/quantile.ts";

test("a mean is a double wherever the sample is, whatever its sum", () => {
  expect(mean([1.7e308, 1.7e308, -1.7e308, -1.7e308])).toBe(0);
  expect(mean([1.5e308, -1.5e308, 1.5e308, 1.5e308])).toBe(0.75e308);
  expect([mean([Infinity, 1]), mean([-Infinity, 1]), mean([Infinity, -Infinity])]).toEqual([
    Infinity,
    -Infinity,
    NaN,
  ]);
});

test("a level a billion times the spread costs the shape of a sample no digit", () => {
  // Eighths on a level of 2³⁰ are exact, so that both samples have one shape.
  const sample = [3, -5, 8, 1, -2, 13, 0, 4, -7].map((eighths) => eighths / 8);
  const lifted = sample.map((value) => 2 ** 30 + value);
  expectClose(skewness(lifted), skewness(sample), rounding(4, 1));
  expectClose(kurtosis(lifted), kurtosis(sample), rounding(4, 1));
});

describe("quantile", () => {
  const sample = [4, 1, 3, 2];

  test("the default is R-7: linear at position (n − 1) q", () => {
    expect(quantile(sample, 0.5)).toBe(2.5);
    expectClose(quantile(sample, 0.1), 1.3, rounding(2));
  });

  test("the ends are the smallest and the largest value, by every method", () => {
    for (const method of QUANTILE_METHODS) {
      expect(quantile(sample, 0, { method })).toBe(1);
      expect(quantile(sample, 1, { method })).toBe(4);
    }
  });

  test("a position that is an integer but for rounding is an integer", () => {
    const hundred = Array.from({ length: 100 }, (_, i) => i + 1);
    // 100 × 0.07 is 7.000000000000001 in doubles; the seventh value has 7 % at or below it.
    expect(quantile(hundred, 0.07, { method: "R-1" })).toBe(7);
    expect(quantile(hundred, 0.07, { method: "R-2" })).toBe(7.5);
  });

  test("at a step R-1 stays below, R-2 takes the middle, R-3 the even one", () => {
    expect(quantile(sample, 0.25, { method: "R-1" })).toBe(1);
    expect(quantile(sample, 0.25, { method: "R-2" })).toBe(1.5);
    expect(quantile(sample, 0.375, { method: "R-3" })).toBe(2);
    expect(quantile(sample, 0.625, { method: "R-3" })).toBe(2);
  });

  test("the sample is left as it was", () => {
    const x = Float64Array.of(3, 1, 2);
    quantile(x, 0.5);
    expectClose(x, [3, 1, 2], bits);
  });

  test("an empty sample and a NaN in it answer NaN", () => {
    expect(quantile([], 0.5)).toBeNaN();
    expect(quantile([1, Number.NaN, 2], 0.5)).toBeNaN();
  });

  test("an infinite value stays an infinity and infects no finite neighbour", () => {
    const x = [Number.NEGATIVE_INFINITY, 1, 2];
    expect(quantile(x, 0.25)).toBe(Number.NEGATIVE_INFINITY);
    expect(quantile(x, 0.5)).toBe(1);
    expect(quantile([-1.7e308, 1.7e308], 0.5)).toBe(0);
  });

  test("bad arguments are named with their rule and value", () => {
    expect(() => quantile([1, 2], 1.2)).toThrow("q must be between 0 and 1, got 1.2");
    expect(() => quantile([1, 2], Number.NaN)).toThrow("q must be between 0 and 1, got NaN");
    expect(() => quantile([1, 2], 0.5, { method: "R7" as "R-7" })).toThrow(
      /method must be one of 'R-1', .*, got "R7"/,
    );
    expect(() => quantile([1, 2], 0.5, { methd: "R-7" } as object)).toThrow(
      "unknown option 'methd'; did you mean 'method'?",
    );
    expect(() => quantile("12" as unknown as number[], 0.5)).toThrow(
      'x must be a vector of numbers, got "12"',
    );
  });
});

describe("moments", () => {
  const sample = [2, 4, 4, 4, 5, 5, 7, 9];

  test("mean 5 and population variance 4 of a sample known by heart", () => {
    expect(mean(sample)).toBe(5);
    expect(variance(sample, { ddof: 0 })).toBe(4);
    expect(variance(sample)).toBe(32 / 7);
  });

  test("skewness and excess kurtosis are those of the population", () => {
    // Σ(x − 5)³ = 42 and Σ(x − 5)⁴ = 356, over 8 values with σ = 2.
    expectClose(skewness(sample), 42 / 8 / 8, rounding(8));
    expectClose(kurtosis(sample), 356 / 8 / 16 - 3, rounding(8));
  });

  test("the scale of a sample does not change its shape, be its squares beyond the doubles", () => {
    for (const scale of [2 ** -1000, 2 ** -600, 2 ** 600, 2 ** 1000]) {
      const scaled = sample.map((v) => v * scale);
      expect(skewness(scaled)).toBe(skewness(sample));
      expect(kurtosis(scaled)).toBe(kurtosis(sample));
    }
    expectClose(skewness([1, 2, 1e200]), Math.SQRT1_2, rounding(4));
  });

  test("a constant sample has its own mean and no variance, exactly, and no shape", () => {
    const constant = new Array<number>(1000).fill(0.1);
    expect(mean(constant)).toBe(0.1);
    expect(variance(constant)).toBe(0);
    expect(skewness(constant)).toBeNaN();
    expect(kurtosis(constant)).toBeNaN();
  });

  test("too few observations answer NaN", () => {
    expect(mean([])).toBeNaN();
    expect(variance([1])).toBeNaN();
    expect(variance([1], { ddof: 0 })).toBe(0);
    expect(variance([1, 2], { ddof: 2 })).toBeNaN();
    expect(skewness([])).toBeNaN();
    expect(kurtosis([])).toBeNaN();
  });

  test("a NaN in the sample is NaN in the answer", () => {
    for (const statistic of [mean, variance, skewness, kurtosis])
      expect(statistic([1, Number.NaN, 3])).toBeNaN();
  });

  test("an infinity is the mean's answer and leaves the variance undefined", () => {
    expect(mean([1, Number.POSITIVE_INFINITY])).toBe(Number.POSITIVE_INFINITY);
    expect(variance([1, Number.POSITIVE_INFINITY])).toBeNaN();
  });

  test("bad arguments are named with their rule and value", () => {
    expect(() => variance([1, 2], { ddof: -1 })).toThrow("ddof must be an integer ≥ 0, got -1");
    expect(() => variance([1, 2], { ddoff: 1 } as object)).toThrow(
      "unknown option 'ddoff'; did you mean 'ddof'?",
    );
    expect(() => mean(undefined as unknown as number[])).toThrow(
      "x must be a vector of numbers, got undefined",
    );
    expect(() => mean([1, "2"] as unknown as number[])).toThrow('x[1] must be a number, got "2"');
  });
});
