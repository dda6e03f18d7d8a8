import { sameBits } from "@astra-quant/testkit";
import { expect, test } from "vitest";
import { createRandom } from "../../src/index.ts";
import { allocate, inArena, sharedMemory } from "../../src/kernels/arena.ts";
import {
  centredProductsTypescript,
  centredProductsWebassembly,
  runningMean,
} from "../../src/kernels/covariance.ts";

const normals = (seed: string, count: number): Float64Array =>
  createRandom(seed).fillNormal(new Float64Array(count));

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
