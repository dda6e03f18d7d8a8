import { allocate, copyIn, copyOut, inArena } from "./arena.ts";
import { covarianceWasm } from "./generated/covariance.ts";
import { lazyKernel } from "./load-kernel.ts";

interface CovarianceKernel {
  workspace(N: number): number;
  columnMeans(X: number, T: number, N: number, means: number, residuals: number): void;
  centredProducts(
    X: number,
    T: number,
    N: number,
    means: number,
    residuals: number,
    scale: number,
    products: number,
    work: number,
  ): void;
}

const kernel: () => CovarianceKernel | undefined = lazyKernel<CovarianceKernel>(covarianceWasm);

/** Rows of time whose products are summed before they join the total. */
const BLOCK = 256;
const SMALL = 512;

/** Means (N) and scaled centred products (N×N) of a T×N row-major matrix. */
export interface CentredProducts {
  means: Float64Array;
  products: Float64Array;
}

/** residuals[j] += Σ_t (x_tj − means[j]): nothing but what the rounding of the means left over. */
function addResiduals(X: Float64Array, T: number, means: Float64Array, residuals: Float64Array): void {
  const N = means.length;
  for (let t = 0; t < T; t++) for (let j = 0; j < N; j++) residuals[j]! += X[t * N + j]! - means[j]!;
}

/**
 * Σ_t (x_t − x̄)(x_t − x̄)ᵀ × scale, in readable form; the WebAssembly equals it in every bit. Centred products about
 * a rounded mean m exceed those about x̄ by r rᵀ ÷ T, with r the residuals about m: that is taken back.
 */
export function centredProductsTypescript(
  X: Float64Array,
  T: number,
  N: number,
  scale: number,
): CentredProducts {
  const means = new Float64Array(N);
  const residuals = new Float64Array(N);
  for (let t = 0; t < T; t++) for (let j = 0; j < N; j++) means[j]! += X[t * N + j]!;
  for (let j = 0; j < N; j++) means[j]! /= T;
  addResiduals(X, T, means, residuals);
  for (let j = 0; j < N; j++) means[j]! += residuals[j]! / T;
  residuals.fill(0);
  addResiduals(X, T, means, residuals);

  const products = new Float64Array(N * N);
  for (let start = 0; start < T; start += BLOCK) {
    const end = Math.min(start + BLOCK, T);
    for (let i = 0; i < N; i++) {
      for (let j = 0; j <= i; j++) {
        let sum = 0;
        for (let t = start; t < end; t++) {
          sum += (X[t * N + i]! - means[i]!) * (X[t * N + j]! - means[j]!);
        }
        products[i * N + j]! += sum;
      }
    }
  }
  for (let i = 0; i < N; i++) {
    for (let j = 0; j <= i; j++) {
      const excess = (residuals[i]! * residuals[j]!) / T;
      const value = (products[i * N + j]! - excess) * scale;
      products[i * N + j] = value;
      products[j * N + i] = value;
    }
  }
  return { means, products };
}

export function centredProductsWebassembly(
  X: Float64Array,
  T: number,
  N: number,
  scale: number,
): CentredProducts | undefined {
  const wasm = kernel();
  if (wasm === undefined) return undefined;
  return inArena(() => {
    const x = allocate(T * N);
    const means = allocate(N);
    const residuals = allocate(N);
    const products = allocate(N * N);
    const work = allocate(wasm.workspace(N));
    copyIn(x, X);
    wasm.columnMeans(x, T, N, means, residuals);
    wasm.centredProducts(x, T, N, means, residuals, scale, products, work);
    const result = { means: new Float64Array(N), products: new Float64Array(N * N) };
    copyOut(means, result.means);
    copyOut(products, result.products);
    return result;
  });
}

export function centredProducts(X: Float64Array, T: number, N: number, scale: number): CentredProducts {
  if (T * N < SMALL) return centredProductsTypescript(X, T, N, scale);
  return centredProductsWebassembly(X, T, N, scale) ?? centredProductsTypescript(X, T, N, scale);
}
