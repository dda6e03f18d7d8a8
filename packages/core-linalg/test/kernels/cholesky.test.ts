import { describeKernel, type Numbers, sameBits } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { createRandom } from "../../src/index.ts";
import {
  choleskyKernel,
  choleskyTypescript,
  choleskyWebassembly,
  SUSPECT,
} from "../../src/kernels/cholesky.ts";
import { multiplyTypescript } from "../../src/kernels/multiply.ts";

interface Case {
  readonly name: string;
  readonly N: number;
  readonly A: Float64Array;
}

const normals = (seed: string, count: number): Float64Array =>
  createRandom(seed).fillNormal(new Float64Array(count));

/** XXᵀ for X of N×K: of rank K at most. */
function products(N: number, K: number): Float64Array {
  const X = normals(`cholesky ${N} ${K}`, N * K);
  const transposed = new Float64Array(N * K);
  for (let i = 0; i < N; i++) for (let k = 0; k < K; k++) transposed[k * N + i] = X[i * K + k]!;
  const A = new Float64Array(N * N);
  multiplyTypescript({ A: X, B: transposed, m: N, k: K, n: N }, A);
  return A;
}

function spoilt(N: number, spoil: (A: Float64Array) => void): Float64Array {
  const A = products(N, N + 3);
  spoil(A);
  return A;
}

const sizes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 16, 31, 63, 64, 65, 66, 67, 130];

const cases: Case[] = [
  ...sizes.map((N) => ({ name: `${N}×${N}`, N, A: products(N, N + 3) })),
  ...sizes.filter((N) => N > 2).map((N) => ({ name: `${N}×${N}, singular`, N, A: products(N, N >> 1) })),
  { name: "zeros of both signs", N: 9, A: spoilt(9, (A) => A.fill(-0, 18, 26)) },
  { name: "a NaN on the diagonal", N: 9, A: spoilt(9, (A) => (A[40] = Number.NaN)) },
  { name: "a NaN below the diagonal", N: 13, A: spoilt(13, (A) => (A[13 * 9 + 2] = Number.NaN)) },
  { name: "an infinity", N: 10, A: spoilt(10, (A) => (A[10 * 7] = Number.POSITIVE_INFINITY)) },
  { name: "entries of 1e300", N: 10, A: spoilt(10, (A) => A.set(A.map((v) => v * 1e300))) },
  { name: "entries of 1e-310", N: 10, A: spoilt(10, (A) => A.set(A.map((v) => v * 1e-310))) },
  { name: "another upper triangle", N: 9, A: spoilt(9, (A) => (A[5] = 1e6)) },
];

function factor(run: (L: Float64Array) => number | undefined, N: number): Numbers {
  const L = new Float64Array(N * N).fill(Number.NaN); // what is not written shows
  const failed = run(L)!;
  return [failed === 0 ? L : [], failed];
}

describeKernel({
  name: "cholesky",
  cases,
  describeCase: ({ name }) => name,
  typescript: ({ A, N }) => factor((L) => choleskyTypescript(A, N, N * Number.EPSILON, L), N),
  webassembly: ({ A, N }) => factor((L) => choleskyWebassembly(A, N, N * Number.EPSILON, L, true), N),
});

describe("the kernel's own look at a matrix", () => {
  const look = (A: Float64Array, N: number) => choleskyWebassembly(A, N, 0, new Float64Array(N * N), false);

  test("suspects every entry that is not its mirror image, and every one that is not finite", () => {
    for (const N of [8, 9, 10, 11]) {
      const clean = products(N, N + 3);
      expect(look(clean, N)).toBe(0);
      for (let k = 0; k < N * N; k++) {
        const mirror = (k % N) * N + Math.floor(k / N);
        const nan = clean.slice();
        nan[k] = nan[mirror] = Number.NaN;
        expect(look(nan, N)).toBe(SUSPECT);
        const infinite = clean.slice();
        infinite[k] = infinite[mirror] = Number.NEGATIVE_INFINITY;
        expect(look(infinite, N)).toBe(SUSPECT);
        if (k === mirror) continue;
        const crooked = clean.slice();
        crooked[k]! += 1e-9;
        expect(look(crooked, N)).toBe(SUSPECT);
      }
    }
  });

  test("what it suspects is checked before it is factored, what it does not is not", () => {
    const crooked = products(12, 15);
    crooked[1] = crooked[12]! * (1 + Number.EPSILON);
    for (const [A, wanted] of [
      [products(12, 15), 0],
      [crooked, 1],
    ] as const) {
      let checks = 0;
      const L = new Float64Array(144);
      expect(choleskyKernel(A, 12, 0, L, () => checks++)).toBe(0);
      expect(checks).toBe(wanted);
      const twin = new Float64Array(144);
      choleskyTypescript(A, 12, 0, twin);
      expect(sameBits(L, twin)).toBe(true);
    }
  });
});

test("a factor written over its matrix has the same bits", () => {
  for (const N of [5, 30]) {
    const A = products(N, N + 3);
    const L = new Float64Array(N * N);
    choleskyKernel(A, N, 0, L, () => {});
    choleskyKernel(A, N, 0, A, () => {});
    expect(sameBits(A, L)).toBe(true);
  }
});
