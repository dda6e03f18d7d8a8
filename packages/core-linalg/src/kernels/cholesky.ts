import { allocate, copyIn, copyOut, inArena } from "./arena.ts";
import { choleskyWasm } from "./generated/cholesky.ts";
import { lazyKernel } from "./load-kernel.ts";

interface CholeskyKernel {
  workspace(N: number): number;
  cholesky(A: number, N: number, L: number, threshold: number, work: number): number;
}

const kernel: () => CholeskyKernel | undefined = lazyKernel<CholeskyKernel>(choleskyWasm);

/** Columns whose products are summed in one go before they are subtracted. */
const TILE = 4;
const SMALL = 8;

/** L (N×N, zeros above the diagonal), and 0 or 1 + the index of the pivot that failed. */
export interface CholeskyFactor {
  L: Float64Array;
  failed: number;
}

/** A = LLᵀ from the lower triangle of A, in readable form; the WebAssembly equals it in every bit. */
export function choleskyTypescript(A: Float64Array, N: number, threshold: number): CholeskyFactor {
  const L = new Float64Array(N * N);
  for (let j = 0; j < N; j++) {
    const tile = j - (j % TILE);
    for (let i = j; i < N; i++) {
      let sum = 0;
      for (let k = 0; k < tile; k++) sum += L[i * N + k]! * L[j * N + k]!;
      let value = A[i * N + j]! - sum;
      for (let k = tile; k < j; k++) value -= L[i * N + k]! * L[j * N + k]!;
      L[i * N + j] = value;
    }
    const pivot = L[j * N + j]!;
    if (!(pivot > threshold * A[j * N + j]!)) return { L, failed: j + 1 };
    const root = Math.sqrt(pivot);
    const reciprocal = 1 / root;
    L[j * N + j] = root;
    for (let i = j + 1; i < N; i++) L[i * N + j]! *= reciprocal;
  }
  return { L, failed: 0 };
}

export function choleskyWebassembly(
  A: Float64Array,
  N: number,
  threshold: number,
): CholeskyFactor | undefined {
  const wasm = kernel();
  if (wasm === undefined) return undefined;
  return inArena(() => {
    const a = allocate(N * N);
    const l = allocate(N * N);
    const work = allocate(wasm.workspace(N));
    copyIn(a, A);
    const failed = wasm.cholesky(a, N, l, threshold, work);
    const L = new Float64Array(N * N);
    if (failed === 0) copyOut(l, L);
    return { L, failed };
  });
}

export function choleskyKernel(A: Float64Array, N: number, threshold: number): CholeskyFactor {
  if (N < SMALL) return choleskyTypescript(A, N, threshold);
  return choleskyWebassembly(A, N, threshold) ?? choleskyTypescript(A, N, threshold);
}
