import { describeKernel, sameBits } from "@astra-quant/testkit";
import { expect, test } from "vitest";
import { createRandom } from "../../src/index.ts";
import { allocate, inArena, sharedMemory } from "../../src/kernels/arena.ts";
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
