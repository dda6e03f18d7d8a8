import { createRandom, leastSquares, Matrix } from "@astra-quant/core-linalg";
import { expectClose, rounding, solver, statistical } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type AdfTestOptions,
  adfTest,
  phillipsPerronTest,
  type Trend,
  unitRootCriticalValues,
  unitRootPValue,
} from "../../src/index.ts";

const TRENDS: readonly Trend[] = ["n", "c", "ct", "ctt"];

/** The t-statistic by one least-squares problem with every column written out: a second way to the same number. */
function plainStatistic(y: Float64Array, trend: Trend, lags: number): number {
  const rows = y.length - 1 - lags;
  const terms = trend === "n" ? 0 : trend.length;
  const A = new Matrix(rows, 1 + lags + terms);
  const b = new Float64Array(rows);
  for (let r = 0; r < rows; r++) {
    const t = r + lags + 1;
    b[r] = y[t]! - y[t - 1]!;
    A.set(r, 0, y[t - 1]!);
    for (let j = 1; j <= lags; j++) A.set(r, j, y[t - j]! - y[t - j - 1]!);
    const s = (2 * r) / (rows - 1) - 1;
    [1, s, s * s].slice(0, terms).forEach((value, k) => {
      A.set(r, 1 + lags + k, value);
    });
  }
  const { solution, standardErrors } = leastSquares(A, b);
  return solution[0]! / standardErrors[0]!;
}

/** An autoregression with drift, of a seed. */
function series(seed: string | number, n: number, phi: number, drift = 0): Float64Array {
  const random = createRandom(seed);
  const y = new Float64Array(n);
  for (let t = 1; t < n; t++) y[t] = phi * y[t - 1]! + drift + random.normal();
  return y;
}

describe("the augmented Dickey–Fuller test", () => {
  test("has the statistic of the regression written out, on a thousand random series", () => {
    const shape = fc.record({
      seed: fc.integer({ min: 0, max: 1e6 }),
      n: fc.integer({ min: 16, max: 80 }),
      phi: fc.constantFrom(0, 0.5, 0.9, 1, -0.6, 1.01),
      drift: fc.constantFrom(0, 0.3, 50),
      trend: fc.constantFrom(...TRENDS),
      lags: fc.integer({ min: 0, max: 3 }),
      level: fc.constantFrom(0, 7, 1e5),
    });
    fc.assert(
      fc.property(shape, ({ seed, n, phi, drift, trend, lags, level }) => {
        const y = series(seed, n, phi, drift);
        const shifted = trend === "n" ? y : y.map((value) => value + level);
        const { statistic } = adfTest(shifted, { trend, lags });
        expectClose(
          statistic,
          plainStatistic(y, trend, lags),
          solver(1e-6),
          Math.max(1, Math.abs(statistic)),
        );
      }),
      { numRuns: 1000 },
    );
  });

  test("does not care for units, nor for a trend that it allows", () => {
    const walk = series("units", 200, 1);
    for (const trend of TRENDS) {
      const plain = adfTest(walk, { trend }).statistic;
      for (const factor of [1e-300, 1e-9, -1, 1e9, 1e300]) {
        const scaled = adfTest(
          walk.map((value) => factor * value),
          { trend },
        );
        expectClose(scaled.statistic, plain, rounding(200, 64));
      }
    }
    const leaning = walk.map((value, t) => value + 3 + 0.2 * t);
    expectClose(
      adfTest(leaning, { trend: "ct" }).statistic,
      adfTest(walk, { trend: "ct" }).statistic,
      rounding(200, 1e3),
    );
  });

  test("keeps its digits where lagged changes all but repeat one another", () => {
    // a smooth curve with noise of one part in 10⁷: the products of its changes are singular to 14 digits
    const random = createRandom("smooth");
    const smooth = Float64Array.from({ length: 150 }, (_, t) => {
      const s = t / 25;
      return s * s * (3 - s) + 1e-7 * random.normal();
    });
    const { statistic } = adfTest(smooth, { lags: 3 });
    expectClose(statistic, plainStatistic(smooth, "c", 3), solver(1e-7), 1);
  });

  test("chooses no lags for white noise and at least one for changes that follow one another", () => {
    expect(adfTest(series("white", 400, 0), { lags: "bic" }).lags).toBe(0);
    const moves = series("moves", 400, 0.7);
    const levels = moves.map((_, t) => moves.subarray(0, t + 1).reduce((sum, value) => sum + value, 0));
    for (const lags of ["aic", "bic", "t-stat"] as const) {
      expect(adfTest(levels, { lags }).lags).toBeGreaterThanOrEqual(1);
    }
  });

  test("rejects a true unit root as often as its level says", () => {
    for (const [trend, phi] of [
      ["c", 1],
      ["ct", 1],
    ] as const) {
      const runs = 1000;
      let below = 0;
      for (let run = 0; run < runs; run++) {
        const y = series(`size ${trend} ${run}`, 250, phi);
        const { statistic } = adfTest(y, { trend, lags: 0 });
        if (statistic < unitRootCriticalValues({ trend, observations: 249 }).percent5) below++;
      }
      expectClose(below / runs, 0.05, statistical(Math.sqrt((0.05 * 0.95) / runs)));
    }
  });

  test("finds a series that reverts with a half-life of seven bars", () => {
    let found = 0;
    for (let run = 0; run < 100; run++) {
      if (adfTest(series(`power ${run}`, 250, 0.9), { lags: 1 }).pValue < 0.05) found++;
    }
    expect(found).toBeGreaterThan(90);
  });

  test("has no answer for a constant, a straight line and an exact recursion", () => {
    const cases: [number[], AdfTestOptions][] = [
      [Array(30).fill(7.3), {}],
      [Array(30).fill(0), { trend: "n" }],
      [Array.from({ length: 30 }, (_, t) => 0.1 * t + 3), { trend: "ct", lags: 1 }],
      [Array.from({ length: 30 }, (_, t) => 0.1 * t + 1e5), { trend: "c", lags: 1 }],
      [Array.from({ length: 30 }, (_, t) => 0.5 ** t), { trend: "n", lags: 0 }],
    ];
    for (const [y, options] of cases) {
      const { statistic, pValue, coefficient } = adfTest(y, options);
      expect([statistic, pValue, coefficient]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    }
  });

  test("leaves its input as it was", () => {
    const y = series("input", 50, 1);
    const before = y.slice();
    adfTest(y);
    expect(y).toEqual(before);
  });
});

describe("misuse is refused with the argument, the rule and the value", () => {
  const y = series("misuse", 20, 1);
  test.each<[string, () => unknown, string]>([
    ["a NaN", () => adfTest([1, Number.NaN, 2]), "series[1] must be finite, got NaN"],
    [
      "nothing",
      () => adfTest([]),
      "series must have at least 4 observations for trend 'c' and 0 lags, got 0",
    ],
    ["one row", () => adfTest([1], { trend: "n" }), "series must have at least 2 observations for trend 'n'"],
    ["more lags than bars carry", () => adfTest(y, { lags: 9 }), "series must have at least 22 observations"],
    [
      "more lags to choose from",
      () => adfTest(y, { maxLags: 9 }),
      "series must have at least 22 observations",
    ],
    ["half a lag", () => adfTest(y, { lags: 0.5 }), "lags must be an integer ≥ 0, got 0.5"],
    [
      "an unknown rule",
      () => adfTest(y, { lags: "hqic" as "aic" }),
      "lags must be one of 'aic', 'bic', 't-stat'",
    ],
    [
      "an unknown trend",
      () => adfTest(y, { trend: "nc" as "n" }),
      "trend must be one of 'n', 'c', 'ct', 'ctt'",
    ],
    [
      "an unknown option",
      () => adfTest(y, { lag: 1 } as object),
      "unknown option 'lag'; did you mean 'lags'?",
    ],
    ["no vector", () => adfTest(5 as unknown as number[]), "series must be a vector of numbers, got 5"],
    [
      "too many series",
      () => unitRootPValue(-3, { series: 13 }),
      "series must be an integer ≥ 1 and ≤ 12, got 13",
    ],
    ["no observations", () => unitRootCriticalValues({ observations: 0 }), "observations must be positive"],
    [
      "too many covariances",
      () => phillipsPerronTest(y, { lags: 19 }),
      "lags must be an integer ≥ 0 and ≤ 18, got 19",
    ],
    [
      "a squared trend",
      () => phillipsPerronTest(y, { trend: "ctt" as "ct" }),
      "trend must be one of 'n', 'c', 'ct'",
    ],
  ])("%s", (_, call, message) => {
    expect(call).toThrow(message);
  });
});

describe("MacKinnon's surfaces", () => {
  test("have no value where none was published", () => {
    expect(unitRootPValue(-3, { series: 7 })).toBe(Number.NaN);
    expect(unitRootPValue(Number.NaN)).toBe(Number.NaN);
    expect(unitRootCriticalValues({ trend: "n", series: 2 }).percent5).toBe(Number.NaN);
  });

  test("are 0 and 1 beyond their ends", () => {
    expect([unitRootPValue(-40), unitRootPValue(5)]).toEqual([0, 1]);
  });

  test("of p-values and of critical values agree to a hundredth of a level", () => {
    for (const trend of TRENDS) {
      const { percent1, percent5, percent10 } = unitRootCriticalValues({ trend });
      const p = [percent1, percent5, percent10].map((tau) => unitRootPValue(tau, { trend }));
      expectClose(p, [0.01, 0.05, 0.1], solver(0.02));
    }
  });
});

test("Phillips and Perron's statistic without autocovariances is Dickey and Fuller's, but for the freedom in its variance", () => {
  const y = series("plain", 200, 0.95);
  const plain = adfTest(y, { lags: 0 });
  const { statistic, coefficient } = phillipsPerronTest(y, { lags: 0 });
  expectClose([statistic, coefficient], [plain.statistic, plain.coefficient], rounding(200));
  expect(phillipsPerronTest(Array(30).fill(2)).statistic).toBe(Number.NaN);
});
