import { createRandom, exp, log, pow } from "@astra-quant/core-linalg";
import { bits, expectClose, rounding, solver, statistical } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { halfLife, hurstExponent, kpssTest, varianceRatio } from "../../src/index.ts";

const NAN = Number.NaN;

function autoregression(seed: string, n: number, phi: number): Float64Array {
  const random = createRandom(seed);
  const y = new Float64Array(n);
  for (let t = 1; t < n; t++) y[t] = phi * y[t - 1]! + random.normal();
  return y;
}

/** The levels of fractional Brownian motion, changes drawn one after the other given those before (Durbin and Levinson). */
function fractional(seed: string, n: number, hurst: number): Float64Array {
  const random = createRandom(seed);
  const power = (k: number): number => (k === 0 ? 0 : pow(k, 2 * hurst));
  const gamma = Float64Array.from(
    { length: n },
    (_, k) => (power(k + 1) - 2 * power(k) + power(Math.abs(k - 1))) / 2,
  );
  const x = new Float64Array(n);
  let phi = new Float64Array(0);
  let variance = 1;
  x[0] = random.normal();
  for (let t = 1; t < n; t++) {
    let rest = gamma[t]!;
    for (let j = 0; j < t - 1; j++) rest -= phi[j]! * gamma[t - 1 - j]!;
    const last = rest / variance;
    const next = new Float64Array(t);
    for (let j = 0; j < t - 1; j++) next[j] = phi[j]! - last * phi[t - 2 - j]!;
    next[t - 1] = last;
    phi = next;
    variance *= 1 - last * last;
    let mean = 0;
    for (let j = 0; j < t; j++) mean += phi[j]! * x[t - 1 - j]!;
    x[t] = mean + Math.sqrt(variance) * random.normal();
  }
  for (let t = 1; t < n; t++) x[t]! += x[t - 1]!;
  return x;
}

describe("the half-life", () => {
  test("of a deviation that falls by a tenth a bar is log 2 ÷ −log 0.9", () => {
    const { halfLife: bars, persistence } = halfLife([1, 0.9, 0.81, 0.729, 0.6561 + 1e-9], { trend: "n" });
    expectClose(persistence, 0.9, solver(1e-8));
    expectClose(bars, -log(2) / log(0.9), solver(1e-6));
  });

  test("of what does not revert is infinite, and of what passes its mean in a bar is zero", () => {
    const away = halfLife([1, 2.1, 4, 8.2, 16], { trend: "n" });
    expect([away.halfLife, away.standardError]).toEqual([Number.POSITIVE_INFINITY, NAN]);
    const across = halfLife([1, -0.9, 1.1, -1, 0.9, -1.1]);
    expect([across.halfLife, across.standardError]).toEqual([0, NAN]);
  });

  test("has an error that holds the truth of 400 series as often as two errors should", () => {
    const truth = -log(2) / log(0.8);
    let held = 0;
    for (let run = 0; run < 400; run++) {
      const { halfLife: bars, standardError } = halfLife(autoregression(`life ${run}`, 2000, 0.8));
      if (Math.abs(bars - truth) < 1.96 * standardError) held++;
    }
    expectClose(held / 400, 0.95, statistical(Math.sqrt((0.95 * 0.05) / 400)));
  });

  test("does not care for units, nor for the mean that it reverts to", () => {
    const spread = autoregression("units", 300, 0.9);
    const plain = halfLife(spread);
    const moved = halfLife(spread.map((value) => 1e6 - 1e3 * value));
    expectClose(moved.halfLife, plain.halfLife, rounding(300, 1e5));
    expectClose(moved.standardError, plain.standardError, rounding(300, 1e5));
  });

  test("is NaN for a constant and for too few bars", () => {
    for (const spread of [[], [1], [1, 2], [5, 5, 5, 5, 5]]) expect(halfLife(spread).halfLife).toBe(NAN);
  });

  test("refuses misuse with the argument, the rule and the value", () => {
    expect(() => halfLife([1, NAN])).toThrow("spread[1] must be finite, got NaN");
    expect(() => halfLife([1, 2], { trend: "ct" as "c" })).toThrow(
      "trend must be one of 'n', 'c', got \"ct\"",
    );
  });
});

describe("the Hurst exponent", () => {
  const paths = [0.3, 0.5, 0.7].map((truth) => ({
    truth,
    levels: Array.from({ length: 12 }, (_, run) => fractional(`fractional ${run}`, 1024, truth)),
  }));
  const methods = ["rescaled-range", "detrended-fluctuation", "aggregated-variance"] as const;

  test.each(methods)("by %s finds the exponent of fractional Brownian motion", (method) => {
    for (const { truth, levels } of paths) {
      const found = levels.map((path) => hurstExponent(path, { method }).exponent);
      const mean = found.reduce((sum, value) => sum + value, 0) / 12;
      // each is within about 0.05 of its mean; a bias of 0.05 is the known one of these estimators
      expect(Math.abs(mean - truth)).toBeLessThan(0.05 + (4 * 0.05) / Math.sqrt(12));
    }
  });

  test("of changes is that of the levels they add up to", () => {
    const levels = autoregression("levels", 300, 1);
    const changes = levels.subarray(1).map((value, t) => value - levels[t]!);
    for (const method of methods) {
      const ofLevels = hurstExponent(levels, { method });
      expectClose(hurstExponent(changes, { method, of: "changes" }).values, ofLevels.values, bits);
    }
  });

  test("does not care for units, nor rescaled range and fluctuation for a drift", () => {
    const levels = autoregression("levels", 300, 1);
    for (const method of methods) {
      const plain = hurstExponent(levels, { method }).exponent;
      const moved = hurstExponent(
        levels.map((value, t) => 1e3 * value + 2 * t),
        { method },
      ).exponent;
      expectClose(moved, plain, rounding(300, 1e3), 1);
    }
  });

  test("is NaN where nothing varies", () => {
    for (const method of methods) expect(hurstExponent(Array(100).fill(3), { method }).exponent).toBe(NAN);
  });

  test("refuses misuse with the argument, the rule and the value", () => {
    const y = autoregression("misuse", 100, 1);
    expect(() => hurstExponent(y, { method: "dfa" as "rescaled-range" })).toThrow("method must be one of");
    expect(() => hurstExponent(y, { minWindow: 3 })).toThrow("minWindow must be an integer ≥ 4, got 3");
    expect(() => hurstExponent(y, { maxWindow: 50 })).toThrow(
      "maxWindow must be an integer ≥ 10 and ≤ 49, got 50",
    );
    expect(() => hurstExponent(y.subarray(0, 30))).toThrow(
      "series must hold at least three sizes of window between 10 and 7, got 29 changes",
    );
    expect(() => hurstExponent([])).toThrow("series must hold at least three sizes of window");
  });
});

describe("the variance ratio", () => {
  test("of changes that take each other back is below one, by hand", () => {
    // changes +1 −1 +1 −1 …: two of them cancel, so the long variance is 0
    const { ratio } = varianceRatio([0, 1, 0, 1, 0, 1, 0, 1, 0], { trend: "n" });
    expect(ratio).toBe(0);
  });

  test("with a known mean of zero takes the sums as they are", () => {
    // changes 1 2 3 4: (9 + 25 + 49) ÷ (2 · 3) ÷ (30 ÷ 4)
    const { ratio, observations } = varianceRatio([0, 1, 3, 6, 10], { trend: "n" });
    expectClose(ratio, 83 / 6 / 7.5, rounding(8));
    expect(observations).toBe(4);
  });

  test("rejects a random walk as often as its level says, robust or not", () => {
    for (const robust of [true, false]) {
      const runs = 1500;
      let rejected = 0;
      for (let run = 0; run < runs; run++) {
        const walk = autoregression(`ratio ${run}`, 500, 1);
        if (varianceRatio(walk, { horizon: 4, robust }).pValue < 0.05) rejected++;
      }
      expectClose(rejected / runs, 0.05, statistical(Math.sqrt((0.05 * 0.95) / runs)));
    }
  });

  test("is robust to a variance that changes, where asked", () => {
    const runs = 1000;
    const rejected = [0, 0];
    for (let run = 0; run < runs; run++) {
      const random = createRandom(`bursts ${run}`);
      const y = new Float64Array(400);
      let volatility = 0;
      for (let t = 1; t < 400; t++) {
        volatility = 0.95 * volatility + 0.35 * random.normal();
        y[t] = y[t - 1]! + exp(volatility) * random.normal();
      }
      [true, false].forEach((robust, k) => {
        if (varianceRatio(y, { robust }).pValue < 0.05) rejected[k]!++;
      });
    }
    expect(rejected[0]! / runs).toBeLessThan(0.09);
    expect(rejected[1]! / runs).toBeGreaterThan(0.15);
  });

  test("is NaN where changes do not vary", () => {
    for (const levels of [Array(20).fill(3), Array.from({ length: 20 }, (_, t) => 1e5 + 0.1 * t)]) {
      const { ratio, pValue } = varianceRatio(levels);
      expect([ratio, pValue]).toEqual([NAN, NAN]);
    }
  });

  test("refuses misuse with the argument, the rule and the value", () => {
    expect(() => varianceRatio([1, 2, 3])).toThrow("the number of changes must be an integer ≥ 4, got 2");
    expect(() => varianceRatio([1, 2, 3, 4, 5, 6], { horizon: 3 })).toThrow(
      "horizon must be an integer ≥ 2 and ≤ 2, got 3",
    );
    expect(() => varianceRatio([1, 2, 3, 4, 5], { robust: 1 as unknown as boolean })).toThrow(
      "robust must be true or false",
    );
  });
});

test("prices near the ends of the doubles change no answer", () => {
  const y = autoregression("ends", 300, 0.9);
  for (const factor of [1e300, 1e-300]) {
    const far = y.map((value) => factor * value);
    expectClose(varianceRatio(far).statistic, varianceRatio(y).statistic, rounding(300, 64));
    expectClose(kpssTest(far).statistic, kpssTest(y).statistic, rounding(300, 64));
    expectClose(halfLife(far).halfLife, halfLife(y).halfLife, rounding(300, 64));
    expectClose(hurstExponent(far).exponent, hurstExponent(y).exponent, rounding(300, 64));
  }
});

describe("the test of stationarity", () => {
  test("rejects white noise as often as its level says, and walks nearly always", () => {
    const runs = 1000;
    let noise = 0;
    let walks = 0;
    for (let run = 0; run < runs; run++) {
      if (kpssTest(autoregression(`noise ${run}`, 300, 0)).pValue < 0.05) noise++;
      if (kpssTest(autoregression(`walk ${run}`, 300, 1), { lags: 4 }).pValue < 0.05) walks++;
    }
    expectClose(noise / runs, 0.05, statistical(Math.sqrt((0.05 * 0.95) / runs)));
    expect(walks / runs).toBeGreaterThan(0.9);
  });

  test("has no answer for what the trend explains, and p-values that stay within the table", () => {
    const line = Array.from({ length: 40 }, (_, t) => 2 + 0.3 * t);
    expect(kpssTest(line, { trend: "ct" }).pValue).toBe(NAN);
    expect(kpssTest(Array(40).fill(2)).statistic).toBe(NAN);
    expect(kpssTest(line).pValue).toBe(0.01);
    expect(kpssTest([1, -1, 1, -1, 1, -1, 1, -1]).pValue).toBe(0.1);
  });

  test("does not care for units", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (factor) => {
        const y = autoregression("units", 120, 0.5);
        const scaled = kpssTest(y.map((value) => factor * value + 3 * factor));
        expectClose(scaled.statistic, kpssTest(y).statistic, rounding(120, 64));
      }),
    );
  });

  test("refuses misuse with the argument, the rule and the value", () => {
    expect(() => kpssTest([1, 2, 3])).toThrow("the number of observations must be an integer ≥ 4, got 3");
    expect(() => kpssTest([1, 2, 3, 4], { lags: 4 })).toThrow("lags must be an integer ≥ 0 and ≤ 3, got 4");
    expect(() => kpssTest([1, 2, 3, 4], { lags: "auto" as "automatic" })).toThrow(
      "lags must be one of 'automatic', 'schwert'",
    );
    expect(() => kpssTest([1, 2, 3, 4], { trend: "n" as "c" })).toThrow(
      "trend must be one of 'c', 'ct', got \"n\"",
    );
  });
});
