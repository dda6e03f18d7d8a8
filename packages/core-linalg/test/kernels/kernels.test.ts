import { describeKernel, sameBits } from "@astra-quant/testkit";
import { expect, test } from "vitest";
import { createRandom } from "../../src/index.ts";
import { allocate, inArena, sharedMemory } from "../../src/kernels/arena.ts";
import { choleskyTypescript, choleskyWebassembly } from "../../src/kernels/cholesky.ts";
import {
  centredProductsTypescript,
  centredProductsWebassembly,
  runningMean,
} from "../../src/kernels/covariance.ts";
import {
  multiplyByTransposedLowerTypescript,
  multiplyByTransposedLowerWebassembly,
} from "../../src/kernels/triangular-multiply.ts";

const normals = (seed: string, count: number): Float64Array =>
  createRandom(seed).fillNormal(new Float64Array(count));

const shapes = [
  [2, 1],
  [3, 2],
  [5, 3],
  [7, 4],
  [255, 5],
  [256, 7],
  [257, 8],
  [600, 13],
  [1025, 30],
] as const;

/** A covariance of more rows than columns, or (deficient) of fewer: then it is singular. */
function covarianceOf(N: number, deficient: boolean): Float64Array {
  const T = deficient ? Math.max(2, N >> 1) : 2 * N + 3;
  return centredProductsTypescript(normals("cholesky", T * N), T, N, runningMean(N), T - 1);
}

const sizes = [1, 2, 3, 4, 5, 7, 8, 9, 16, 31, 64, 65, 130].flatMap((N) => [
  { N, deficient: false },
  { N, deficient: N > 2 },
]);

describeKernel({
  name: "cholesky",
  cases: sizes,
  describeCase: ({ N, deficient }) => `${N}×${N}${deficient ? ", singular" : ""}`,
  typescript: ({ N, deficient }) => {
    const { L, failed } = choleskyTypescript(covarianceOf(N, deficient), N, N * Number.EPSILON);
    return [failed === 0 ? L : [], failed];
  },
  webassembly: ({ N, deficient }) => {
    const { L, failed } = choleskyWebassembly(covarianceOf(N, deficient), N, N * Number.EPSILON)!;
    return [failed === 0 ? L : [], failed];
  },
});

describeKernel({
  name: "triangular multiply",
  cases: shapes,
  describeCase: ([T, N]) => `${T}×${N}`,
  typescript: ([T, N]) => {
    const out = new Float64Array(T * N);
    multiplyByTransposedLowerTypescript(normals("z", T * N), normals("l", N * N), T, N, out);
    return out;
  },
  webassembly: ([T, N]) => {
    const out = new Float64Array(T * N);
    multiplyByTransposedLowerWebassembly(normals("z", T * N), normals("l", N * N), T, N, out);
    return out;
  },
});

test("where the arena cannot grow the twin answers, and the arena is as it was", () => {
  const memory = sharedMemory();
  const base = inArena(() => allocate(1));
  const [T, N] = [memory.buffer.byteLength / 64, 8];
  const X = normals("too large", T * N);
  Object.defineProperty(memory, "grow", {
    configurable: true,
    value: () => {
      throw new RangeError("no more pages");
    },
  });
  try {
    expect(centredProductsWebassembly(X, T, N, runningMean(N), 1)).toBeUndefined();
    expect(inArena(() => allocate(1))).toBe(base);
  } finally {
    Reflect.deleteProperty(memory, "grow");
  }
  const products = centredProductsWebassembly(X, T, N, runningMean(N), 1)!;
  expect(sameBits(products, centredProductsTypescript(X, T, N, runningMean(N), 1))).toBe(true);
});
