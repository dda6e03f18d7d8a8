import { createRandom, Matrix, multiply, transpose } from "@astra-quant/core-linalg";
import { describeKernel, expectClose, type Numbers, rounding } from "@astra-quant/testkit";
import { expect, test } from "vitest";
import {
  weightedProducts,
  weightedProductsTypescript,
  weightedProductsWebassembly,
} from "../../src/kernels/weighted-products.ts";

interface Case {
  readonly name: string;
  readonly T: number;
  readonly N: number;
  readonly spoil?: (value: number, k: number) => number;
}

const shapes = [
  [0, 3],
  [1, 1],
  [2, 1],
  [3, 2],
  [5, 3],
  [7, 4],
  [127, 5],
  [128, 6],
  [129, 7],
  [255, 8],
  [257, 9],
  [600, 13],
  [1025, 51],
] as const;

const spoilt: Readonly<Record<string, (value: number, k: number) => number>> = {
  "zeros of both signs": (value, k) => (k % 3 === 0 ? -0 : k % 3 === 1 ? 0 : value),
  "a NaN": (value, k) => (k === 7 ? Number.NaN : value),
  infinities: (value, k) => (k === 5 ? Number.POSITIVE_INFINITY : k === 6 ? Number.NEGATIVE_INFINITY : value),
  "products beyond the doubles": (value) => value * 1e300,
  "products below the doubles": (value) => value * 1e-200,
};

const cases: readonly Case[] = [
  ...shapes.map(([T, N]) => ({ name: `${T}×${N}`, T, N })),
  ...Object.entries(spoilt).map(([name, spoil]) => ({ name, T: 130, N: 6, spoil })),
];

function drawn({ T, N, spoil = (value) => value }: Case): { X: Float64Array; D: Float64Array } {
  const random = createRandom("weighted products");
  return {
    X: random.fillNormal(new Float64Array(T * N)).map(spoil),
    D: random.fillUniform(new Float64Array(T)).map((u) => u ** 9),
  };
}

function run(
  kernel: typeof weightedProductsTypescript | typeof weightedProductsWebassembly,
  input: Case,
): Numbers {
  const { X, D } = drawn(input);
  return [kernel(X, input.T, input.N, D)!];
}

describeKernel<Case>({
  name: "weighted products",
  cases,
  describeCase: ({ name }) => name,
  typescript: (input) => run(weightedProductsTypescript, input),
  webassembly: (input) => run(weightedProductsWebassembly, input),
});

test("weighted products are X'DX, symmetric to the bit", () => {
  const [T, N] = [300, 11];
  const { X, D } = drawn({ name: "", T, N });
  const products = new Matrix(N, N, weightedProducts(X, T, N, D));
  const table = new Matrix(T, N, X);
  const weighted = new Matrix(T, N, X.map((x, k) => D[Math.floor(k / N)]! * x)); // biome-ignore format: a line
  expectClose(products.data, multiply(transpose(table), weighted).data, rounding(T), T);
  expect(transpose(products).data).toEqual(products.data);
});
