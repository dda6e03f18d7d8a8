import { kurtosis, mean, skewness, variance } from "@astra-quant/core-linalg";
import { ordinaryNumber, sameBits, simpleReturn } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { returnMoments } from "../../src/performance/return-moments.ts";

const inFull = (x: Float64Array) => [mean(x), variance(x), skewness(x), kurtosis(x)];
const fused = (x: Float64Array) => {
  const got = returnMoments(x);
  return [got.mean, got.variance, got.skewness, got.kurtosis];
};

describe("the fused moments are those of the single functions", () => {
  test("bit by bit, of returns, of levels and of anything ordinary", () => {
    const offset = fc.constantFrom(0, 1, 100, 1e8);
    const sample = fc.oneof(
      fc.array(simpleReturn, { minLength: 1, maxLength: 80 }),
      fc.array(ordinaryNumber, { minLength: 1, maxLength: 80 }),
      fc.array(fc.constantFrom(0, -0, 0.1, -0.1, 1e-12), { minLength: 1, maxLength: 20 }),
    );
    fc.assert(
      fc.property(sample, offset, (values, level) => {
        const x = Float64Array.from(values, (value) => value + level);
        expect(sameBits(fused(x), inFull(x))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test("and towards both ends of the doubles", () => {
    for (const unit of [1e-300, 1e-170, 1e-76, 1e-69, 1e69, 1e76, 1e150, 1e300]) {
      const x = Float64Array.of(unit, -2 * unit, 0.5 * unit, unit / 3);
      expect(sameBits(fused(x), inFull(x))).toBe(true);
    }
  });
});
