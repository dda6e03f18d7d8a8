import { describeKernel, type Numbers } from "@astra-quant/testkit";
import { createRandom } from "../../src/index.ts";
import {
  centredProductsTypescript,
  centredProductsWebassembly,
  runningMean,
} from "../../src/kernels/covariance.ts";

interface Case {
  readonly name: string;
  readonly T: number;
  readonly N: number;
  /** Rows folded into the mean before these. */
  readonly before?: number;
  readonly spoil?: (value: number, k: number) => number;
}

const shapes = [
  [1, 1],
  [2, 1],
  [3, 2],
  [5, 3],
  [7, 4],
  [127, 5],
  [128, 6],
  [129, 7],
  [255, 8],
  [256, 9],
  [257, 10],
  [600, 13],
  [1025, 30],
] as const;

const spoilt: Readonly<Record<string, (value: number, k: number) => number>> = {
  "zeros of both signs": (value, k) => (k % 3 === 0 ? -0 : k % 3 === 1 ? 0 : value),
  "a NaN": (value, k) => (k === 7 ? Number.NaN : value),
  infinities: (value, k) => (k === 5 ? Number.POSITIVE_INFINITY : k === 6 ? Number.NEGATIVE_INFINITY : value),
  "a level of 1e10": (value) => value + 1e10,
  "squares beyond the doubles": (value) => value * 1e300,
  "squares below the doubles": (value) => value * 1e-200,
};

const cases: readonly Case[] = [
  ...shapes.map(([T, N]) => ({ name: `${T}×${N}`, T, N })),
  ...shapes.map(([T, N]) => ({ name: `${T}×${N} after 40 rows`, T, N, before: 40 })),
  ...Object.entries(spoilt).map(([name, spoil]) => ({ name, T: 130, N: 6, spoil })),
];

function run(
  kernel: typeof centredProductsTypescript | typeof centredProductsWebassembly,
  { T, N, before = 0, spoil = (value) => value }: Case,
): Numbers {
  const X = createRandom("covariance")
    .fillNormal(new Float64Array(T * N))
    .map(spoil);
  const mean = runningMean(N);
  const earlier = createRandom("before").fillNormal(new Float64Array(before * N));
  if (before > 0) centredProductsTypescript(earlier, before, N, mean, 1);
  const products = kernel(X, T, N, mean, T - 0.5)!;
  return [products, mean.reference, mean.offset, mean.count];
}

describeKernel({
  name: "covariance",
  cases,
  describeCase: ({ name }) => name,
  typescript: (input) => run(centredProductsTypescript, input),
  webassembly: (input) => run(centredProductsWebassembly, input),
});
