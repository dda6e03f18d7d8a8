import { allocate, copyIn, copyOut, inArena } from "./arena.ts";
import { choleskyWasm } from "./generated/cholesky.ts";
import { lazyKernel } from "./load-kernel.ts";

interface CholeskyKernel {
  workspace(N: number): number;
  isFiniteAndSymmetric(A: number, N: number): number;
  cholesky(A: number, N: number, threshold: number, work: number): number;
}

const kernel: () => CholeskyKernel | undefined = lazyKernel<CholeskyKernel>(choleskyWasm);

/** Columns whose products are summed in one go before they are subtracted. */
const TILE = 4;
const SMALL = 8;

/** What {@link choleskyWebassembly} answers of a matrix that is not finite, or not symmetric to the bit. */
export const SUSPECT = -1;

/**
 * A = LLᵀ from the lower triangle of A, in readable form; the WebAssembly equals it in every bit. Writes L (N×N, zeros
 * above the diagonal), which may be A; gives 0, or 1 + the index of the pivot that failed.
 */
export function choleskyTypescript(A: Float64Array, N: number, threshold: number, L: Float64Array): number {
  for (let j = 0; j < N; j++) {
    const tile = j - (j % TILE);
    const least = threshold * A[j * N + j]!;
    for (let i = 0; i < j; i++) L[i * N + j] = 0;
    for (let i = j; i < N; i++) {
      let sum = 0;
      for (let k = 0; k < tile; k++) sum += L[i * N + k]! * L[j * N + k]!;
      let value = A[i * N + j]! - sum;
      for (let k = tile; k < j; k++) value -= L[i * N + k]! * L[j * N + k]!;
      L[i * N + j] = value;
    }
    const pivot = L[j * N + j]!;
    if (!(pivot > least)) return j + 1;
    const root = Math.sqrt(pivot);
    const reciprocal = 1 / root;
    L[j * N + j] = root;
    for (let i = j + 1; i < N; i++) L[i * N + j]! *= reciprocal;
  }
  return 0;
}

/**
 * As {@link choleskyTypescript}, after a look at A that costs little while it is in the cache: {@link SUSPECT} when
 * `trusted` is false and A is not finite or not symmetric to the bit. Undefined where WebAssembly or the memory for it
 * is not to be had.
 */
export function choleskyWebassembly(
  A: Float64Array,
  N: number,
  threshold: number,
  L: Float64Array,
  trusted: boolean,
): number | undefined {
  const wasm = kernel();
  if (wasm === undefined) return undefined;
  return inArena(() => {
    const a = allocate(N * N);
    const work = allocate(wasm.workspace(N));
    copyIn(a, A);
    if (!trusted && wasm.isFiniteAndSymmetric(a, N) === 0) return SUSPECT;
    const failed = wasm.cholesky(a, N, threshold, work);
    if (failed === 0) copyOut(a, L);
    return failed;
  });
}

/**
 * Factors A by whichever form is at hand. `check` refuses an A that is not finite or not symmetric; it is called unless
 * the kernel has seen for itself that A is both.
 */
export function choleskyKernel(
  A: Float64Array,
  N: number,
  threshold: number,
  L: Float64Array,
  check: () => void,
): number {
  const failed = N < SMALL ? undefined : choleskyWebassembly(A, N, threshold, L, false);
  if (failed !== undefined && failed !== SUSPECT) return failed;
  check();
  const trusted = failed === SUSPECT ? choleskyWebassembly(A, N, threshold, L, true) : undefined;
  return trusted ?? choleskyTypescript(A, N, threshold, L);
}
