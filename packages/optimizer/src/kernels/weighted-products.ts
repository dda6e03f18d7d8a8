import { allocate, copyIn, copyOut, inArena, lazyKernel } from "@astra-quant/core-linalg/kernels";
import { weightedProductsWasm } from "./generated/weighted-products.ts";

interface WeightedProductsKernel {
  workspace(N: number): number;
  weightedProducts(X: number, T: number, N: number, D: number, products: number, work: number): void;
}

const kernel: () => WeightedProductsKernel | undefined =
  lazyKernel<WeightedProductsKernel>(weightedProductsWasm);

/** Rows that are multiplied together; their products are summed before they join the total. */
const BLOCK = 128;
/** Entries of X below which the readable form is faster. */
const SMALL = 64;
/** What the kernel's last four lanes reach beyond the columns. */
const OVERHANG = 3;

/** Σ_t D_t x_t x_tᵀ over the T rows of X, N×N, in readable form; the WebAssembly equals it in every bit. */
export function weightedProductsTypescript(
  X: Float64Array,
  T: number,
  N: number,
  D: Float64Array,
): Float64Array {
  const products = new Float64Array(N * N);
  for (let start = 0; start < T; start += BLOCK) {
    const end = Math.min(start + BLOCK, T);
    for (let i = 0; i < N; i++) {
      for (let j = 0; j <= i; j++) {
        let sum = 0;
        for (let t = start; t < end; t++) sum += D[t]! * X[t * N + i]! * X[t * N + j]!;
        products[i * N + j]! += sum;
      }
    }
  }
  for (let i = 0; i < N; i++) {
    for (let j = 0; j < i; j++) products[j * N + i] = products[i * N + j]!;
  }
  return products;
}

/** As {@link weightedProductsTypescript}; undefined where WebAssembly or its memory is not to be had. */
export function weightedProductsWebassembly(
  X: Float64Array,
  T: number,
  N: number,
  D: Float64Array,
): Float64Array | undefined {
  const wasm = kernel();
  if (wasm === undefined) return undefined;
  return inArena(() => {
    const x = allocate(T * N + OVERHANG);
    const weights = allocate(T);
    const products = allocate(N * N);
    const work = allocate(wasm.workspace(N));
    copyIn(x, X);
    copyIn(weights, D);
    wasm.weightedProducts(x, T, N, weights, products, work);
    const result = new Float64Array(N * N);
    copyOut(products, result);
    return result;
  });
}

export function weightedProducts(X: Float64Array, T: number, N: number, D: Float64Array): Float64Array {
  const fast = T * N < SMALL ? undefined : weightedProductsWebassembly(X, T, N, D);
  return fast ?? weightedProductsTypescript(X, T, N, D);
}
