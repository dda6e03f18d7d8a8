import { createRandom, log, Matrix, multiply, transpose } from "@astra-quant/core-linalg";
import { bits, expectClose, rounding, solver, statistical } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { adfTest, engleGranger, johansenTest, unitRootCriticalValues } from "../../src/index.ts";

/** k walks of n bars. */
function walks(seed: string, n: number, k: number): Matrix {
  const random = createRandom(seed);
  const X = new Matrix(n, k);
  for (let t = 1; t < n; t++) for (let j = 0; j < k; j++) X.set(t, j, X.get(t - 1, j) + random.normal());
  return X;
}

/** As many walks, the first of which is then 2 · second less third plus a spread that reverts. */
function cointegrated(seed: string, n: number): Matrix {
  const X = walks(seed, n, 3);
  const random = createRandom(`${seed} spread`);
  let spread = 0;
  for (let t = 0; t < n; t++) {
    spread = 0.6 * spread + random.normal();
    X.set(t, 0, 5 + 2 * X.get(t, 1) - X.get(t, 2) + spread);
  }
  return X;
}

describe("Engle and Granger's test", () => {
  const X = cointegrated("relation", 400);
  const y = X.column(0);
  const x = X.selectColumns([1, 2]);

  test("finds the relation and its hedge ratios", () => {
    const { status, pValue, hedgeRatios, spread, rSquared } = engleGranger(y, x);
    expect([status, pValue < 1e-6]).toEqual(["ok", true]);
    expectClose(hedgeRatios, [2, -1], solver(0.05));
    expectClose(
      spread.reduce((sum, value) => sum + value, 0),
      0,
      rounding(400),
      400,
    );
    expect(rSquared).toBeGreaterThan(0.9);
  });

  test("is the Dickey–Fuller test of the spread, without a trend", () => {
    const { statistic, spread, lags, observations } = engleGranger(y, x, { lags: 2 });
    const alone = adfTest(spread, { trend: "n", lags: 2 });
    expectClose([statistic, lags, observations], [alone.statistic, 2, alone.observations], bits);
  });

  test("does not care for the units of either side, nor for a constant", () => {
    const plain = engleGranger(y, x.column(0));
    const other = engleGranger(
      y.map((value) => 1e6 * value - 40),
      x.column(0).map((value) => 7 - 1e-3 * value),
    );
    expectClose(other.statistic, plain.statistic, rounding(400, 1e4));
    expectClose(other.hedgeRatios[0]!, -1e9 * plain.hedgeRatios[0]!, rounding(400, 1e3));
  });

  test("keeps its answer beside the ends of the doubles", () => {
    const plain = engleGranger(y, x);
    for (const [a, b] of [
      [1e300, 1e-300],
      [1e-300, 1e200],
      [1e300, 1e300],
    ] as const) {
      const pair = engleGranger(
        y.map((value) => a * value),
        x.column(0).map((value) => b * value),
      );
      expectClose(pair.statistic, engleGranger(y, x.column(0)).statistic, rounding(400, 1e4));
      const three = engleGranger(
        y.map((value) => a * value),
        x.map((value) => b * value),
      );
      expectClose(three.statistic, plain.statistic, rounding(400, 1e4));
    }
  });

  test("says that y is x but for rounding, and that a constant does not move", () => {
    const line = y.map((value) => 3 * value + 1);
    expect(engleGranger(line, y).status).toBe("collinear");
    expect(engleGranger(Array(400).fill(2), y).status).toBe("degenerate");
    expect(engleGranger(y, Array(400).fill(2)).status).toBe("degenerate");
    const twice = Matrix.fromRows(Array.from(y.keys(), (t) => [x.get(t, 0), 2 * x.get(t, 0)]));
    const { status, statistic, pValue } = engleGranger(y, twice);
    expect([status, statistic, pValue]).toEqual(["degenerate", Number.NaN, Number.NaN]);
  });

  test("rejects no cointegration between walks as often as its level says", () => {
    const runs = 500;
    const { percent5 } = unitRootCriticalValues({ series: 2, observations: 199 });
    let below = 0;
    for (let run = 0; run < runs; run++) {
      const W = walks(`pair ${run}`, 200, 2);
      if (engleGranger(W.column(0), W.column(1), { lags: 0 }).statistic < percent5) below++;
    }
    expectClose(below / runs, 0.05, statistical(Math.sqrt((0.05 * 0.95) / runs)));
  });

  test("refuses misuse with the argument, the rule and the value", () => {
    expect(() => engleGranger(y, [1, 2])).toThrow("x must have 400 entries, got 2");
    expect(() => engleGranger(y, new Matrix(400, 12))).toThrow(
      "x must be 400 rows of 1 to 11 columns, got 400×12",
    );
    expect(() => engleGranger(y, new Matrix(3, 2))).toThrow("x must be 400 rows of 1 to 11 columns, got 3×2");
    expect(() => engleGranger([1, 2, Number.NaN], [1, 2, 3])).toThrow("y[2] must be finite, got NaN");
    expect(() => engleGranger([1, 2, 4], [1, 2, 3], { lags: 2 })).toThrow(
      "y must have at least 6 observations",
    );
    expect(() => engleGranger(y, x, { trends: "c" } as object)).toThrow("did you mean 'trend'?");
  });
});

describe("Johansen's tests", () => {
  const X = cointegrated("relation", 400);

  test("find one relation among three, and weigh the series as it was made", () => {
    const { trace, largestEigenvalue, vectors } = johansenTest(X);
    expect([trace.rank, largestEigenvalue.rank]).toEqual([1, 1]);
    const relation = vectors.column(0).map((weight) => weight / vectors.get(0, 0));
    expectClose(relation, [1, -2, 1], solver(0.05));
    expect(vectors.get(0, 0)).toBeGreaterThan(0);
  });

  test("find none among walks, and all where every series reverts", () => {
    expect(johansenTest(walks("none", 400, 3)).trace.rank).toBe(0);
    const random = createRandom("noise");
    const noise = new Matrix(400, 3, random.fillNormal(new Float64Array(1200)));
    expect(johansenTest(noise).trace.rank).toBe(3);
  });

  test("have a trace that adds up the largest eigenvalues, and adjustments that pull back", () => {
    const { trace, largestEigenvalue, eigenvalues, adjustments, observations } = johansenTest(X);
    const sums = largestEigenvalue.statistic.map((_, r) =>
      largestEigenvalue.statistic.subarray(r).reduce((sum, value) => sum + value, 0),
    );
    expectClose(trace.statistic, sums, rounding(8));
    expectClose(
      largestEigenvalue.statistic,
      eigenvalues.map((value) => -observations * log(1 - value)),
      rounding(64),
    );
    expect(adjustments.get(0, 0)).toBeLessThan(0);
  });

  test("leave vectors that have the covariance of the levels as their metric", () => {
    // without lags: the levels of the bar before, less their means
    const { vectors } = johansenTest(X, { lags: 0 });
    const levels = new Matrix(399, 3, X.data.slice(0, 399 * 3));
    const means = [0, 1, 2].map((j) => levels.column(j).reduce((sum, value) => sum + value, 0) / 399);
    const centred = levels.map((value, _, j) => value - means[j]!);
    const S = multiply(transpose(centred), centred).map((value) => value / 399);
    expectClose(multiply(multiply(transpose(vectors), S), vectors), Matrix.identity(3), rounding(399, 64));
  });

  test("do not care for the units of the series, nor for their order", () => {
    const plain = johansenTest(X);
    const scaled = johansenTest(X.map((value, _, j) => value * [1e200, -1e-200, 3][j]!));
    const turned = johansenTest(X.selectColumns([2, 0, 1]));
    expectClose(scaled.eigenvalues, plain.eigenvalues, rounding(400, 1e3));
    expectClose(turned.eigenvalues, plain.eigenvalues, rounding(400, 64));
  });

  test("have p-values that meet their critical values", () => {
    for (const trend of ["n", "c", "ct"] as const) {
      const { trace, largestEigenvalue } = johansenTest(walks("meet", 120, 6), { trend });
      for (const { statistic, pValue, criticalValues } of [trace, largestEigenvalue]) {
        statistic.forEach((value, r) => {
          const beyond = [0.1, 0.05, 0.01].filter((_, level) => value > criticalValues.get(r, level));
          for (const level of beyond) expect(pValue[r]!).toBeLessThan(level + 0.005);
          if (beyond.length === 0) expect(pValue[r]!).toBeGreaterThan(0.1 - 0.005);
        });
      }
    }
  });

  test("reject no relation between drifting walks as often as their level says", () => {
    const runs = 300;
    let rejected = 0;
    for (let run = 0; run < runs; run++) {
      const drifting = walks(`johansen ${run}`, 300, 2).map((value, t) => value + 0.5 * t);
      if (johansenTest(drifting, { lags: 0 }).trace.rank > 0) rejected++;
    }
    expectClose(rejected / runs, 0.05, statistical(Math.sqrt((0.05 * 0.95) / runs)));
  });

  test("have no answer for series that depend on one another, or do not move", () => {
    const twice = walks("twice", 100, 2);
    const dependent = Matrix.fromRows(twice.toRows().map(([a, b]) => [a!, b!, a! + b!]));
    for (const broken of [dependent, twice.map((value, _, j) => (j === 0 ? 5 : value))]) {
      const { status, eigenvalues, trace } = johansenTest(broken);
      expect(status).toBe("degenerate");
      expect([...eigenvalues, ...trace.pValue].every(Number.isNaN)).toBe(true);
    }
  });

  test("refuse misuse with the argument, the rule and the value", () => {
    expect(() => johansenTest(new Matrix(50, 1))).toThrow("series must be of 2 to 12 columns, got 1");
    expect(() => johansenTest(new Matrix(50, 13))).toThrow("series must be of 2 to 12 columns, got 13");
    expect(() => johansenTest(new Matrix(9, 2))).toThrow(
      "the number of observations must be an integer ≥ 10, got 9",
    );
    expect(() => johansenTest(X, { lags: -1 })).toThrow("lags must be an integer ≥ 0, got -1");
    expect(() => johansenTest(X, { trend: "ctt" as "ct" })).toThrow(
      "trend must be one of 'n', 'c', 'ct', got \"ctt\"",
    );
    const gap = X.clone();
    gap.set(2, 1, Number.NaN);
    expect(() => johansenTest(gap)).toThrow("series[2][1] must be finite, got NaN");
  });
});
