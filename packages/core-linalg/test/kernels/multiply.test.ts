import { describeKernel } from "@astra-quant/testkit";
import { createRandom } from "../../src/index.ts";
import { type Factors, multiplyTypescript, multiplyWebassembly } from "../../src/kernels/multiply.ts";

const normals = (seed: string, count: number): Float64Array =>
  createRandom(seed).fillNormal(new Float64Array(count));

interface Case {
  readonly name: string;
  readonly factors: Factors;
}

function caseOf(m: number, k: number, n: number, spoil?: (A: Float64Array, B: Float64Array) => void): Case {
  const A = normals(`A ${m} ${k}`, m * k);
  const B = normals(`B ${k} ${n}`, k * n);
  spoil?.(A, B);
  return { name: `${m}×${k} by ${k}×${n}`, factors: { A, B, m, k, n } };
}

const shapes = [
  [1, 1, 1],
  [1, 5, 1],
  [2, 3, 4],
  [4, 4, 4],
  [5, 1, 7],
  [7, 9, 3],
  [8, 255, 6],
  [9, 256, 5],
  [10, 257, 13],
  [33, 600, 2],
  [64, 64, 65],
  [3, 0, 5],
  [0, 3, 5],
  [3, 5, 0],
] as const;

const cases: Case[] = [
  ...shapes.map(([m, k, n]) => caseOf(m, k, n)),
  { ...caseOf(6, 7, 9, (A) => (A[10] = Number.NaN)), name: "a NaN" },
  {
    ...caseOf(6, 7, 9, (A, B) => {
      A[3] = Number.POSITIVE_INFINITY;
      B.fill(0, 27, 33); // ∞ × 0
    }),
    name: "infinities that meet zeros",
  },
  { ...caseOf(5, 6, 7, (A, B) => [A.fill(-0), B.fill(1, 0, 20)]), name: "negative zeros" },
  { ...caseOf(6, 300, 6, (A) => A.set(A.map((v) => v * 1e300))), name: "sums near the end" },
];

function product(run: (C: Float64Array) => unknown, { m, n }: Factors): Float64Array {
  const C = new Float64Array(m * n).fill(Number.NaN);
  run(C);
  return C;
}

describeKernel({
  name: "multiply",
  cases,
  describeCase: ({ name }) => name,
  typescript: ({ factors }) => product((C) => multiplyTypescript(factors, C), factors),
  webassembly: ({ factors }) => product((C) => multiplyWebassembly(factors, C), factors),
});
