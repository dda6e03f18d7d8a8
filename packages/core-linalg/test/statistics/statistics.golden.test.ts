import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expectClose, fixture, rounding, sharedFolder } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
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

const NIST = join(sharedFolder, "golden", "nist");

/**
 * How many certified digits of the standard deviation a double can carry: 15, but where the data are decimals
 * on a large level their own rounding to doubles takes some.
 */
const STD_DIGITS: Readonly<Record<string, number>> = {
  Lew: 14,
  Lottery: 14,
  Mavro: 12,
  Michelso: 13,
  NumAcc1: 15,
  NumAcc2: 14,
  NumAcc3: 9,
  NumAcc4: 8,
  PiDigits: 14,
};

function certified(text: string): { mean: number; std: number; data: number[] } {
  const after = (pattern: RegExp) => Number(text.match(pattern)?.[1]);
  const lines = text.split(/\r?\n/);
  const start = lines.findLastIndex((line) => /^#?\s*Data\b/.test(line));
  const data = lines
    .slice(start + 1)
    .map((line) => line.trim())
    .filter((line) => /^[-+]?[\d.]+$/.test(line))
    .map(Number);
  return {
    mean: after(/(?:^mean\s*=|ybar:)\s*([-\d.]+)/m),
    std: after(/(?:^standardDeviation\s*=|s:)\s*([-\d.]+)/m),
    data,
  };
}

const present = existsSync(NIST);
describe.skipIf(!present)(
  `NIST StRD${present ? "" : " (skipped: the folder of outside truth is absent)"}`,
  () => {
    for (const [name, digits] of Object.entries(STD_DIGITS)) {
      test(`${name}: the certified mean to 14 digits, the standard deviation to ${digits}`, () => {
        const set = certified(readFileSync(join(NIST, `${name}.txt`), "utf8"));
        const agreed = (value: number, wanted: number) =>
          value === wanted ? 16 : -Math.log10(Math.abs(value - wanted) / Math.abs(wanted));
        expect(set.data.length).toBeGreaterThan(2);
        expect(agreed(mean(set.data), set.mean)).toBeGreaterThanOrEqual(14);
        expect(agreed(Math.sqrt(variance(set.data)), set.std)).toBeGreaterThanOrEqual(digits);
      });
    }
  },
);
