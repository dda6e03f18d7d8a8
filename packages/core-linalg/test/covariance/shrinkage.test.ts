import { expectClose, returnRows, rounding, sameBits, solver } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  cholesky,
  createRandom,
  type LedoitWolfTarget,
  ledoitWolf,
  type Matrix,
  oas,
  type ShrunkCovariance,
  sampleCovariance,
} from "../../src/index.ts";
import { normals } from "./samples.ts";

const targets: readonly LedoitWolfTarget[] = ["identity", "constant-correlation", "single-factor"];
const estimators: readonly (readonly [string, (rows: number[][]) => ShrunkCovariance])[] = [
  ...targets.map((target) => [target, (rows: number[][]) => ledoitWolf(rows, { target })] as const),
  ["OAS", (rows) => oas(rows)],
];

const at = (A: readonly number[][], i: number, j: number): number => A[i]![j]!;

/** The intensity by its definition: every asymptotic variance summed over pairs of assets and rows of time. */
function naiveIntensity(rows: readonly number[][], target: LedoitWolfTarget): number {
  const T = rows.length;
  const n = rows[0]!.length;
  const assets = rows[0]!.map((_, i) => i);
  const average = (f: (x: readonly number[]) => number): number =>
    x.reduce((sum, row) => sum + f(row), 0) / T;
  const means = assets.map((j) => rows.reduce((sum, row) => sum + row[j]!, 0) / T);
  const x = rows.map((row) => row.map((value, j) => value - means[j]!));
  const S = assets.map((i) => assets.map((j) => average((row) => row[i]! * row[j]!)));
  const m = (row: readonly number[]): number => row.reduce((a, b) => a + b, 0) / n;
  const v = average((row) => m(row) * m(row));
  const c = assets.map((i) => average((row) => row[i]! * m(row)));
  const sigma = assets.map((i) => Math.sqrt(at(S, i, i)));
  const pairs = assets.flatMap((i) =>
    assets.filter((j) => j < i).map((j) => at(S, i, j) / (sigma[i]! * sigma[j]!)),
  );
  const r = pairs.reduce((a, b) => a + b, 0) / pairs.length;
  const trace = assets.reduce((sum, i) => sum + at(S, i, i), 0);
  const F = (i: number, j: number): number => {
    if (target === "identity") return i === j ? trace / n : 0;
    if (i === j) return at(S, i, i);
    return target === "constant-correlation" ? r * sigma[i]! * sigma[j]! : (c[i]! * c[j]!) / v;
  };
  /** How the target's entry moves with the row. */
  const pull = (row: readonly number[], i: number, j: number): number => {
    if (target === "identity") return 0;
    if (i === j) return row[i]! * row[i]! - at(S, i, i);
    if (target === "constant-correlation") {
      const own = (k: number, l: number) => (sigma[l]! / sigma[k]!) * (row[k]! * row[k]! - at(S, k, k));
      return (r / 2) * (own(i, j) + own(j, i));
    }
    const d = (k: number) => row[k]! * m(row) - c[k]!;
    return (c[j]! / v) * d(i) + (c[i]! / v) * d(j) - ((c[i]! * c[j]!) / v / v) * (m(row) * m(row) - v);
  };
  let [pi, rho, gamma] = [0, 0, 0];
  for (const i of assets) {
    for (const j of assets) {
      pi += average((row) => (row[i]! * row[j]! - at(S, i, j)) * (row[i]! * row[j]! - at(S, i, j)));
      rho += average((row) => (row[i]! * row[j]! - at(S, i, j)) * pull(row, i, j));
      gamma += (F(i, j) - at(S, i, j)) * (F(i, j) - at(S, i, j));
    }
  }
  return Math.min(1, Math.max(0, (pi - rho) / gamma / T));
}

describe("Ledoit–Wolf intensities", () => {
  test.each(targets)("are those of the double sums over assets: %s", (target) => {
    for (let k = 0; k < 300; k++) {
      const random = createRandom(`naive ${k}`);
      const [T, n] = [3 + Math.floor(30 * random.uniform()), 2 + Math.floor(6 * random.uniform())];
      const rows = normals(`rows ${k}`, T, n)
        .toRows()
        .map((row) => row.map((z) => z + row[0]!));
      const { shrinkage } = ledoitWolf(rows, { target });
      expectClose(shrinkage, naiveIntensity(rows, target), solver(1e-10), 1);
    }
  });

  test("a market of equal weights is the default of the single factor", () => {
    const rows = normals("market", 40, 5).toRows();
    const market = rows.map((row) => row.reduce((a, b) => a + b, 0) / 5);
    const given = ledoitWolf(rows, { target: "single-factor", market });
    expectClose(given.covariance, ledoitWolf(rows, { target: "single-factor" }).covariance, rounding(10));
  });

  test("neither the unit nor the level of the market matters", () => {
    const rows = normals("scaled market", 40, 5).toRows();
    const market = rows.map((row) => row[0]! + 0.5 * row[1]!);
    const plain = ledoitWolf(rows, { target: "single-factor", market });
    const shifted = ledoitWolf(rows, { target: "single-factor", market: market.map((m) => 1024 * (m + 8)) });
    expectClose(shifted.covariance, plain.covariance, rounding(40));
  });

  test("fall as rows are added", () => {
    const intensities = [20, 80, 320, 1280].map((T) => {
      const sigma = [1, 2, 3, 4];
      const X = normals("many", T, 4).toRows();
      return ledoitWolf(X.map((row) => row.map((z, j) => z * sigma[j]!))).shrinkage;
    });
    expect(intensities).toEqual([...intensities].sort((a, b) => b - a));
    expect(intensities.at(-1)).toBeLessThan(0.02);
  });
});

describe.each(estimators)("%s", (name, estimate) => {
  test("is a mixture of sample and target with a share in [0, 1], symmetric to the bit", () => {
    fc.assert(
      fc.property(returnRows({ min: 2, max: 20 }, { min: 1, max: 8 }), (rows) => {
        const { covariance, shrinkage, target, mean, observations } = estimate(rows);
        const sample = sampleCovariance(rows, { ddof: 0 }).covariance;
        expect(shrinkage).toBeGreaterThanOrEqual(0);
        expect(shrinkage).toBeLessThanOrEqual(1);
        const mixture = sample.data.map((s, k) => (1 - shrinkage) * s + shrinkage * target.data[k]!);
        expectClose(covariance.data, mixture, rounding(1));
        covariance.data.forEach((value, k) => {
          const [i, j] = [Math.floor(k / covariance.rows), k % covariance.rows];
          expect(Object.is(value, covariance.data[j * covariance.rows + i])).toBe(true);
        });
        expect(mean.length).toBe(rows[0]!.length);
        expect(observations).toBe(rows.length);
      }),
    );
  });

  test("keeps the sum of the variances, and all but the identity target each of them", () => {
    const X = normals(`diagonal ${name}`, 30, 6);
    const { covariance } = estimate(X.toRows());
    const sample = sampleCovariance(X, { ddof: 0 }).covariance;
    const diagonal = (A: Matrix) => Float64Array.from({ length: 6 }, (_, i) => A.get(i, i));
    const sum = (x: Float64Array) => x.reduce((a, b) => a + b, 0);
    expectClose(sum(diagonal(covariance)), sum(diagonal(sample)), rounding(6));
    if (name === "constant-correlation" || name === "single-factor") {
      expectClose(diagonal(covariance), diagonal(sample), rounding(1));
    }
  });

  test("a power of two scales it exactly, to the ends of the doubles", () => {
    const rows = normals("scale", 12, 4).toRows();
    const plain = estimate(rows);
    for (const scale of [2 ** -480, 2 ** -30, 2 ** 40, 2 ** 480]) {
      const scaled = estimate(rows.map((row) => row.map((value) => value * scale)));
      expect(scaled.shrinkage).toBe(plain.shrinkage);
      const back = scaled.covariance.data.map((value) => value / scale / scale);
      expect(sameBits(back, plain.covariance.data)).toBe(true);
    }
  });

  test("permuting the assets permutes it", () => {
    const rows = normals("permuted", 25, 6).toRows();
    const forward = estimate(rows).covariance;
    const backward = estimate(rows.map((row) => [...row].reverse())).covariance;
    expectClose(Array.from(backward.data).reverse(), forward.data, rounding(30));
  });

  test("more assets than rows give a covariance that Cholesky takes", () => {
    const { covariance, condition } = estimate(normals("wide", 10, 25).toRows());
    expect(cholesky(covariance).status).toBe("ok");
    expect(condition.definiteness).toBe("positive-definite");
    expect(sampleCovariance(normals("wide", 10, 25)).condition.definiteness).toBe("singular");
  });

  test("two rows, one asset, constant and doubled assets have finite answers", () => {
    const shapes = {
      "two rows": [
        [1, 2, 3],
        [2, 0, 5],
      ],
      "one asset": [[1], [2], [4]],
      "a constant asset": [
        [1, 7],
        [2, 7],
        [4, 7],
      ],
      "all constant": [
        [1, 7],
        [1, 7],
        [1, 7],
      ],
      "doubled assets": [
        [1, 1],
        [2, 2],
        [4, 4],
      ],
    };
    for (const rows of Object.values(shapes)) {
      const { covariance, shrinkage } = estimate(rows);
      expect(shrinkage).toBeGreaterThanOrEqual(0);
      expect(shrinkage).toBeLessThanOrEqual(1);
      expect(covariance.data.every(Number.isFinite)).toBe(true);
    }
    expect(estimate(shapes["one asset"]).covariance.get(0, 0)).toBe(
      sampleCovariance(shapes["one asset"], { ddof: 0 }).covariance.get(0, 0),
    );
  });

  test("NaN and a single row are refused by name", () => {
    expect(() => estimate([[1, 2]])).toThrow("X must have at least 2 rows, got 1");
    expect(() =>
      estimate([
        [1, 2],
        [3, Number.NaN],
      ]),
    ).toThrow("X[1][1] must be finite, got NaN");
  });
});

test("an unknown target names the nearest, and a market without use is refused", () => {
  const rows = [
    [1, 2],
    [2, 4.5],
    [0, 1],
  ];
  expect(() => ledoitWolf(rows, { target: "identiy" as never })).toThrow(
    `unknown target "identiy"; did you mean "identity"?`,
  );
  expect(() => ledoitWolf(rows, { target: 3 as never })).toThrow(
    `unknown target 3; it is one of "identity", "constant-correlation", "single-factor"`,
  );
  expect(() => ledoitWolf(rows, { market: [1, 2, 3] })).toThrow(
    "market is for target 'single-factor', got target 'identity'",
  );
  expect(() => ledoitWolf(rows, { target: "single-factor", market: [1, 2] })).toThrow(
    "market must have 3 entries, got 2",
  );
  expect(() => ledoitWolf(rows, { tarket: "identity" } as never)).toThrow("did you mean 'target'?");
});
