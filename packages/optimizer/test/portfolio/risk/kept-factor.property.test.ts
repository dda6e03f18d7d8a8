import { createRandom, Matrix, type Random, sampleCovariance } from "@astra-quant/core-linalg";
import { expectClose, rounding } from "@astra-quant/testkit";
import { expect, test } from "vitest";
import { rowsLength, withDefiniteBlock } from "../../../src/kernels/definite-block.ts";
import { DenseRisk, eliminationOf } from "../../../src/portfolio/risk/dense-risk.ts";
import { KeptFactor } from "../../../src/portfolio/risk/kept-factor.ts";
import { withPartOf } from "../../../src/portfolio/risk/part-of-factor.ts";

const n = 90;

function covarianceOf(seed: string): Matrix {
  const random = createRandom(seed);
  const returns = new Matrix(3 * n, n, random.fillNormal(new Float64Array(3 * n * n)));
  return sampleCovariance(returns).covariance;
}

/** The assets that stay of `free`, those that come to it, in their order. */
function changed(free: Int32Array, random: Random, share: number): Int32Array {
  const isFree = new Uint8Array(n);
  for (const i of free) isFree[i] = 1;
  return Int32Array.from({ length: n }, (_, i) => i).filter(
    (i) => (isFree[i] === 1) !== random.uniform() < share,
  );
}

function blockOf(sigma: Matrix, free: Int32Array, shift: Float64Array): Float64Array {
  const f = free.length;
  return Float64Array.from({ length: f * f }, (_, at) => {
    const a = Math.floor(at / f);
    const b = at % f;
    return sigma.data[free[a]! * n + free[b]!]! + (a === b ? shift[a]! : 0);
  });
}

test("a factor that is kept through a hundred sets of free assets solves as one made anew", () => {
  const random = createRandom("sets of free assets");
  const sigma = covarianceOf("kept");
  const elimination = withDefiniteBlock(
    n,
    (K) => K.set(sigma.data),
    (block) => eliminationOf(block, n),
  )!;
  const kept = new KeptFactor(sigma.data, n, elimination.rows!);
  let free: Int32Array = Int32Array.from({ length: n }, (_, i) => i);
  const shiftOf = new Float64Array(n);
  const sizes = new Set<string>();
  for (let round = 0; round < 100; round++) {
    free = changed(free, random, [0, 0.02, 0.05, 0.3][round % 4]!);
    if (round % 5 === 4) shiftOf[free[0]!] = shiftOf[free[0]!] === 0 ? 0.5 : 0;
    const shift = Float64Array.from(free, (i) => shiftOf[i]!);
    const columns = 1 + (round % 5);
    const B = random.fillNormal(new Float64Array(free.length * columns));
    const ours = kept.with(free, shift, (around) => {
      sizes.add(around.others.length > 0 ? "with others" : around.N === free.length ? "alone" : "wrong");
      return withPartOf(around, (solve) => {
        const X = B.slice();
        solve(X, columns);
        return X;
      });
    })!;
    const fill = (K: Float64Array): void => K.set(blockOf(sigma, free, shift));
    const theirs = withDefiniteBlock(free.length, fill, (block) => {
      const X = B.slice();
      block.solve(X, columns);
      return X;
    })!;
    expectClose(ours, theirs, rounding(n * n, 10));
  }
  expect([...sizes].sort()).toEqual(["alone", "with others"]);
});

test("where the matrix that is asked for has no factor, the kept one stays", () => {
  const sigma = covarianceOf("no factor");
  const { rows } = withDefiniteBlock(
    n,
    (K) => K.set(sigma.data),
    (block) => eliminationOf(block, n),
  )!;
  const kept = new KeptFactor(sigma.data, n, rows!);
  const free = Int32Array.from({ length: n - 5 }, (_, i) => i);
  const solved = (shift: Float64Array): Float64Array | undefined =>
    kept.with(free, shift, (around) =>
      withPartOf(around, (solve) => {
        const x = new Float64Array(free.length).fill(1);
        solve(x, 1);
        return x;
      }),
    );
  const before = solved(new Float64Array(free.length));
  expect(solved(new Float64Array(free.length).fill(-10))).toBeUndefined();
  expect(solved(new Float64Array(free.length))).toEqual(before);
});

test("the block of a large share of the assets is the same for every γ, and what it solves meets it", () => {
  const sigma = covarianceOf("gammas");
  const elimination = withDefiniteBlock(
    n,
    (K) => K.set(sigma.data),
    (block) => eliminationOf(block, n),
  )!;
  expect(elimination.rows).toHaveLength(rowsLength(n));
  const risk = new DenseRisk(sigma, elimination);
  const random = createRandom("gammas");
  for (const gamma of [1, 1e-6, 3e5]) {
    const free = changed(
      Int32Array.from({ length: n }, (_, i) => i),
      random,
      0.1,
    );
    const b = random.fillNormal(new Float64Array(free.length));
    const shift = new Float64Array(free.length).fill(gamma * 0.01);
    const missing = risk.withBlock(free, gamma, shift, (block) => {
      const x = b.slice();
      block.solve(x, 1);
      const image = b.map((value) => -value);
      block.addProduct(x, image);
      return image;
    })!;
    expectClose(missing, new Float64Array(free.length), rounding(n * n, 10));
  }
});
