import { allocate, copyIn, copyOut, inArena } from "./arena.ts";
import { covarianceWasm } from "./generated/covariance.ts";
import { lazyKernel } from "./load-kernel.ts";

interface CovarianceKernel {
  workspace(N: number): number;
  centredProducts(
    X: number,
    T: number,
    N: number,
    count: number,
    reference: number,
    offset: number,
    divisor: number,
    products: number,
    work: number,
  ): void;
}

const kernel: () => CovarianceKernel | undefined = lazyKernel<CovarianceKernel>(covarianceWasm);

/** Rows of time that are centred about their own mean; their products are summed before they join the total. */
export const BLOCK: number = 128;
const SMALL = 64;
/** What the kernel's last four lanes reach beyond the columns. */
const OVERHANG = 3;

/**
 * The mean of the rows folded so far, reference + offset in each of N columns. The reference is the first row ever, so
 * that a level far from zero costs the offset no digits.
 */
export interface RunningMean {
  count: number;
  readonly reference: Float64Array;
  readonly offset: Float64Array;
}

export function runningMean(N: number): RunningMean {
  return { count: 0, reference: new Float64Array(N), offset: new Float64Array(N) };
}

export function meansOf({ count, reference, offset }: RunningMean): Float64Array {
  return reference.map((value, j) => (count > 0 ? value + offset[j]! : Number.NaN));
}

/** The sum of x_tj − c over the block's rows, even and odd ones apart. */
function deviations(X: Float64Array, N: number, start: number, end: number, j: number): number {
  const c = X[start * N + j]!;
  let even = 0;
  let odd = 0;
  for (let t = start; t < end; t += 2) {
    even += X[t * N + j]! - c;
    if (t + 1 < end) odd += X[(t + 1) * N + j]! - c;
  }
  return even + odd;
}

/**
 * Writes rows [start, end) of X about their own mean, after a row for the distance δ between their mean and that of
 * the n rows before them; the mean then counts them in. The squares of all these rows add up to the centred products:
 *
 * S_ab = S_a + S_b + δ δᵀ n_a n_b ÷ (n_a + n_b)   (Chan, Golub & LeVeque)
 */
function centreBlock(
  X: Float64Array,
  N: number,
  start: number,
  end: number,
  mean: RunningMean,
  centred: Float64Array,
): number {
  const { count, reference, offset } = mean;
  const rows = end - start;
  const total = count + rows;
  const weight = Math.sqrt((count * rows) / total);
  const first = count === 0 ? 0 : 1;
  for (let j = 0; j < N; j++) {
    const c = X[start * N + j]!;
    const m = deviations(X, N, start, end, j) / rows;
    if (count === 0) {
      reference[j] = c;
      offset[j] = m;
    } else {
      const delta = c - reference[j]! - offset[j]! + m;
      offset[j]! += delta * (rows / total);
      centred[j] = delta * weight;
    }
    for (let t = 0; t < rows; t++) centred[(first + t) * N + j] = X[(start + t) * N + j]! - c - m;
  }
  mean.count = total;
  return first + rows;
}

/**
 * Folds the T rows of X into the mean and gives Σ of the centred products of its blocks ÷ divisor, N×N, in readable
 * form; the WebAssembly equals it in every bit. From an empty mean that is Σ_t (x_t − x̄)(x_t − x̄)ᵀ ÷ divisor.
 */
export function centredProductsTypescript(
  X: Float64Array,
  T: number,
  N: number,
  mean: RunningMean,
  divisor: number,
): Float64Array {
  const products = new Float64Array(N * N);
  const centred = new Float64Array((Math.min(BLOCK, T) + 1) * N);
  for (let start = 0; start < T; start += BLOCK) {
    const steps = centreBlock(X, N, start, Math.min(start + BLOCK, T), mean, centred);
    for (let i = 0; i < N; i++) {
      for (let j = 0; j <= i; j++) {
        let sum = 0;
        for (let t = 0; t < steps; t++) sum += centred[t * N + i]! * centred[t * N + j]!;
        products[i * N + j]! += sum;
      }
    }
  }
  for (let i = 0; i < N; i++) {
    for (let j = 0; j <= i; j++) {
      products[i * N + j]! /= divisor;
      products[j * N + i] = products[i * N + j]!;
    }
  }
  return products;
}

/** As {@link centredProductsTypescript}; undefined, and the mean untouched, where WebAssembly or its memory is not to be had. */
export function centredProductsWebassembly(
  X: Float64Array,
  T: number,
  N: number,
  mean: RunningMean,
  divisor: number,
): Float64Array | undefined {
  const wasm = kernel();
  if (wasm === undefined) return undefined;
  return inArena(() => {
    const x = allocate(T * N + OVERHANG);
    const reference = allocate(N + OVERHANG);
    const offset = allocate(N + OVERHANG);
    const products = allocate(N * N);
    const work = allocate(wasm.workspace(N));
    copyIn(x, X);
    copyIn(reference, mean.reference);
    copyIn(offset, mean.offset);
    wasm.centredProducts(x, T, N, mean.count, reference, offset, divisor, products, work);
    copyOut(reference, mean.reference);
    copyOut(offset, mean.offset);
    mean.count += T;
    const result = new Float64Array(N * N);
    copyOut(products, result);
    return result;
  });
}

export function centredProducts(
  X: Float64Array,
  T: number,
  N: number,
  mean: RunningMean,
  divisor: number,
): Float64Array {
  const small = T * N < SMALL;
  const fast = small ? undefined : centredProductsWebassembly(X, T, N, mean, divisor);
  return fast ?? centredProductsTypescript(X, T, N, mean, divisor);
}
