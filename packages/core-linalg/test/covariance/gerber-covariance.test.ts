import { expectClose, fixture, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  correlation,
  createRandom,
  gerberCovariance,
  sampleCovariance,
  symmetricEigen,
} from "../../src/index.ts";
import { normals } from "./samples.ts";

describe("gerberCovariance", () => {
  const truth = fixture(import.meta.url, "structured.json");

  test("is skfolio's positive semidefinite variant, which has ddof 0", () => {
    for (const { threshold, covariance } of truth.gerber) {
      const estimate = gerberCovariance(truth.returns, { threshold, ddof: 0 });
      expectClose(estimate.covariance, covariance, rounding(4));
    }
  });

  test("counts moves beyond half a volatility, of either sign, and nothing else", () => {
    const rows = [
      [2, 2],
      [-2, -2],
      [2, -2],
      [0.1, 2],
      [0.1, 0.1],
      [-0.1, -0.1],
    ];
    const { correlation: gerber } = gerberCovariance(rows); // UU, DD and UD, one in which only the second moved
    expect(gerber.get(0, 1)).toBe(1 / 4);
  });

  test("a move of any size counts once: tripling the largest changes no statistic but by the threshold", () => {
    const X = normals("outlier", 200, 4);
    X.set(17, 2, 4);
    const before = gerberCovariance(X, { threshold: 0.01 }).correlation;
    X.set(17, 2, 8);
    const after = gerberCovariance(X, { threshold: 0.01 }).correlation;
    expect(Math.abs(after.get(2, 0) - before.get(2, 0))).toBeLessThan(0.02);
  });

  test("equals the counts by definition and is never indefinite, on random problems", () => {
    for (let k = 0; k < 400; k++) {
      const random = createRandom(`gerber ${k}`);
      const [T, n] = [2 + Math.floor(70 * random.uniform()), 1 + Math.floor(9 * random.uniform())];
      const threshold = 0.05 + 0.95 * random.uniform();
      const X = normals(`gerber rows ${k}`, T, n);
      const estimate = gerberCovariance(X, { threshold });
      const { volatility } = correlation(sampleCovariance(X).covariance);
      const sign = (t: number, j: number): number => {
        const x = X.get(t, j);
        return x >= threshold * volatility[j]! ? 1 : x <= -threshold * volatility[j]! ? -1 : 0;
      };
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < i; j++) {
          let [common, either] = [0, 0];
          for (let t = 0; t < T; t++) {
            common += sign(t, i) * sign(t, j);
            either += Math.abs(sign(t, i)) + Math.abs(sign(t, j)) > 0 ? 1 : 0;
          }
          expect(estimate.correlation.get(i, j)).toBe(either > 0 ? common / either + 0 : 0);
        }
      }
      expect(symmetricEigen(estimate.correlation).values[0]).toBeGreaterThan(-8 * n * Number.EPSILON);
      expect(estimate.condition.definiteness).not.toBe("indefinite");
    }
  });

  test("an asset that never moves has variance 0 and statistics 0", () => {
    const { covariance, correlation: gerber } = gerberCovariance([
      [1, 3],
      [-1, 3],
      [1, 3],
    ]);
    expect(covariance.get(1, 1)).toBe(0);
    expect(gerber.toRows()).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });

  test("misuse is refused by name", () => {
    const rows = [[1], [2]];
    expect(() => gerberCovariance(rows, { threshold: 0 })).toThrow("threshold must be in (0, 1], got 0");
    expect(() => gerberCovariance(rows, { threshold: 1.5 })).toThrow("threshold must be in (0, 1], got 1.5");
    expect(() => gerberCovariance(rows, { treshold: 0.5 } as never)).toThrow("did you mean 'threshold'?");
    expect(() => gerberCovariance([[1]])).toThrow("X must have at least 2 rows for ddof 1, got 1");
    expect(() => gerberCovariance([[1], [Number.NaN]])).toThrow("X[1][0] must be finite, got NaN");
  });
});
