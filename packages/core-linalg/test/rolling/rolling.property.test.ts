import { bits, expectClose, ordinaryNumber, returnRows, rounding } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  mean,
  quantile,
  rollingBeta,
  rollingCorrelation,
  rollingCovariance,
  rollingMean,
  rollingQuantile,
  rollingStd,
  rollingSum,
  rollingVariance,
  variance,
} from "../../src/index.ts";

const MAGNITUDES = [1, 1e-8, 1e8];
/** Numbers far apart: each of its own magnitude, none so small that its square has lost digits. */
const wildNumber = fc
  .tuple(ordinaryNumber, fc.constantFrom(...MAGNITUDES))
  .map(([value, magnitude]) => (Math.abs(value) < 1e-100 ? 0 : value * magnitude));
const wildSeries = fc.array(wildNumber, { minLength: 1, maxLength: 60 });
const windowLength = fc.integer({ min: 1, max: 20 });
const panel = returnRows({ min: 1, max: 40 }, { min: 1, max: 4 });

/** The windows of x, by the row at which they end. */
function windowsOf(x: readonly number[], length: number): { t: number; values: number[] }[] {
  const ends = Array.from({ length: Math.max(0, x.length - length + 1) }, (_, i) => i + length - 1);
  return ends.map((t) => ({ t, values: x.slice(t - length + 1, t + 1) }));
}

const largest = (values: readonly number[]) => Math.max(...values.map(Math.abs), Number.MIN_VALUE);

describe("a window's answer is that of its values alone", () => {
  test("mean and sum, to the digits of the window's own values", () => {
    fc.assert(
      fc.property(wildSeries, windowLength, (x, w) => {
        const rolledMean = rollingMean(x, w);
        const rolledSum = rollingSum(x, w);
        for (const { t, values } of windowsOf(x, w)) {
          expectClose(rolledMean[t]!, mean(values), rounding(2), largest(values));
          expectClose(rolledSum[t]!, w * mean(values), rounding(2 * w), largest(values));
        }
      }),
    );
  });

  test("variance, to its own digits, whatever lies before and after", () => {
    fc.assert(
      fc.property(wildSeries, windowLength, fc.integer({ min: 0, max: 1 }), (x, w, ddof) => {
        const rolled = rollingVariance(x, w, { ddof });
        for (const { t, values } of windowsOf(x, w)) {
          const wanted = variance(values, { ddof });
          if (Number.isNaN(wanted)) expect(rolled[t]).toBeNaN();
          else {
            expect(rolled[t]).toBeGreaterThanOrEqual(0);
            const spread = largest(values.map((v) => v - values[0]!)) ** 2;
            expectClose(rolled[t]!, wanted, rounding(2 * w), Math.max(wanted, Number.EPSILON * spread));
          }
        }
      }),
    );
  });

  test("quantile, bit for bit", () => {
    fc.assert(
      fc.property(wildSeries, windowLength, fc.double({ min: 0, max: 1, noNaN: true }), (x, w, q) => {
        const rolled = rollingQuantile(x, w, q);
        for (const { t, values } of windowsOf(x, w)) expect(rolled[t]).toBe(quantile(values, q));
      }),
    );
  });
});

describe("laws of rolling windows", () => {
  test("the rows after a time cannot change the answer at it", () => {
    fc.assert(
      fc.property(panel, windowLength, fc.nat(), (rows, w, seed) => {
        const cut = 1 + (seed % rows.length);
        const head = rows.slice(0, cut);
        const size = cut * rows[0]!.length;
        for (const roll of [rollingMean, rollingStd] as const)
          expectClose(roll(head, w), roll(rows, w).data.slice(0, size), bits);
        expectClose(rollingQuantile(head, w, 0.1), rollingQuantile(rows, w, 0.1).data.slice(0, size), bits);
      }),
    );
  });

  test("the covariance of x with itself is its variance, in bits", () => {
    fc.assert(
      fc.property(panel, windowLength, (rows, w) => {
        expectClose(rollingCovariance(rows, structuredClone(rows), w), rollingVariance(rows, w), bits);
      }),
    );
  });

  test("covariance is symmetric, in bits", () => {
    fc.assert(
      fc.property(panel, windowLength, (rows, w) => {
        const other = [...rows].reverse();
        expectClose(rollingCovariance(rows, other, w), rollingCovariance(other, rows, w), bits);
      }),
    );
  });

  test("correlation stays within [−1, 1], and with itself is 1 where the window varies", () => {
    fc.assert(
      fc.property(panel, windowLength, (rows, w) => {
        const across = rollingCorrelation(rows, [...rows].reverse(), w).data;
        for (const value of across) expect(Number.isNaN(value) || Math.abs(value) <= 1).toBe(true);
        const spread = rollingVariance(rows, w).data;
        rollingCorrelation(rows, rows, w).data.forEach((value, k) => {
          if (spread[k]! > 1e-200) expectClose(value, 1, rounding());
        });
      }),
    );
  });

  test("the beta of a multiple is the multiple", () => {
    fc.assert(
      fc.property(panel, windowLength, (rows, w) => {
        const y = rows.map((row) => row[0]!);
        const beta = rollingBeta(
          y.map((v) => -2 * v),
          y,
          w,
        );
        const spread = rollingVariance(y, w);
        beta.forEach((value, t) => {
          if (spread[t]! > 1e-200) expect(value).toBe(-2);
        });
      }),
    );
  });
});
