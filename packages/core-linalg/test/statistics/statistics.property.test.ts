import { expectClose, ordinaryNumber, rounding } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { kurtosis, mean, quantile, skewness, variance } from "../../src/index.ts";
import { QUANTILE_METHODS } from "../../src/statistics/quantile.ts";

const sample = fc.array(ordinaryNumber, { minLength: 2, maxLength: 40 });
const level = fc.double({ min: 0, max: 1, noNaN: true });
const method = fc.constantFrom(...QUANTILE_METHODS);

describe("laws of quantile", () => {
  test("it lies between the smallest and the largest value and never falls as q rises", () => {
    fc.assert(
      fc.property(sample, level, level, method, (x, a, b, m) => {
        const low = quantile(x, Math.min(a, b), { method: m });
        const high = quantile(x, Math.max(a, b), { method: m });
        expect(low).toBeLessThanOrEqual(high);
        expect(low).toBeGreaterThanOrEqual(Math.min(...x));
        expect(high).toBeLessThanOrEqual(Math.max(...x));
      }),
    );
  });

  test("the order of the sample does not matter", () => {
    fc.assert(
      fc.property(sample, level, method, (x, q, m) => {
        expect(quantile([...x].reverse(), q, { method: m })).toBe(quantile(x, q, { method: m }));
      }),
    );
  });
});

describe("laws of the moments", () => {
  test("the mean lies within the sample and the variance is never negative", () => {
    fc.assert(
      fc.property(sample, (x) => {
        expect(mean(x)).toBeGreaterThanOrEqual(Math.min(...x));
        expect(mean(x)).toBeLessThanOrEqual(Math.max(...x));
        expect(variance(x)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test("a power of two as a factor scales the variance exactly and leaves the shape", () => {
    fc.assert(
      fc.property(sample, (x) => {
        const scaled = x.map((v) => 4 * v);
        // Numbers near the smallest double lose bits when squared.
        fc.pre(variance(x) > 1e-200);
        expect(variance(scaled)).toBe(16 * variance(x));
        expect(skewness(scaled)).toBe(skewness(x));
        expect(kurtosis(scaled)).toBe(kurtosis(x));
      }),
    );
  });

  test("excess kurtosis is at least skewness² − 2", () => {
    fc.assert(
      fc.property(sample, (x) => {
        fc.pre(variance(x) > 1e-200);
        const slack = 1e-9 * Math.abs(kurtosis(x) + 3);
        expect(kurtosis(x) + slack).toBeGreaterThanOrEqual(skewness(x) ** 2 - 2);
      }),
    );
  });

  test("two halves merge into the whole", () => {
    fc.assert(
      fc.property(sample, (x) => {
        const twice = [...x, ...x];
        const scale = Math.max(...x.map(Math.abs)) || 1;
        expectClose(mean(twice), mean(x), rounding(twice.length), scale);
        expectClose(
          variance(twice, { ddof: 0 }),
          variance(x, { ddof: 0 }),
          rounding(twice.length),
          scale * scale,
        );
      }),
    );
  });
});
