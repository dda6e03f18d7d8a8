import { allocate, copyIn, copyOut, inArena } from "./arena.ts";
import { triangularMultiplyWasm } from "./generated/triangular-multiply.ts";
import { lazyKernel } from "./load-kernel.ts";

interface TriangularMultiplyKernel {
  workspace(N: number): number;
  multiplyByTransposedLower(Z: number, L: number, T: number, N: number, R: number, work: number): void;
}

const kernel: () => TriangularMultiplyKernel | undefined =
  lazyKernel<TriangularMultiplyKernel>(triangularMultiplyWasm);

const SMALL = 256;
/** Numbers a call: the stretch of the arena that stays in the second cache. */
const STRETCH = 16_384;

/** Z Lᵀ for Z of T×N and L of N×N lower triangular, in readable form; the WebAssembly equals it in every bit. */
export function multiplyByTransposedLowerTypescript(
  Z: Float64Array,
  L: Float64Array,
  T: number,
  N: number,
  out: Float64Array,
): void {
  for (let t = 0; t < T; t++) {
    for (let i = 0; i < N; i++) {
      let sum = 0;
      for (let k = 0; k <= i; k++) sum += Z[t * N + k]! * L[i * N + k]!;
      out[t * N + i] = sum;
    }
  }
}

/** False where WebAssembly or the memory for it is not to be had; `out` is then untouched. */
export function multiplyByTransposedLowerWebassembly(
  Z: Float64Array,
  L: Float64Array,
  T: number,
  N: number,
  out: Float64Array,
): boolean {
  const wasm = kernel();
  if (wasm === undefined) return false;
  const done = inArena(() => {
    const rows = Math.min(T, Math.max(4, Math.floor(STRETCH / N)));
    const z = allocate(rows * N);
    const l = allocate(N * N);
    const r = allocate(rows * N);
    const work = allocate(wasm.workspace(N));
    copyIn(l, L);
    for (let start = 0; start < T; start += rows) {
      const count = Math.min(rows, T - start);
      const end = (start + count) * N;
      copyIn(z, Z.subarray(start * N, end));
      wasm.multiplyByTransposedLower(z, l, count, N, r, work);
      copyOut(r, out.subarray(start * N, end));
    }
    return true;
  });
  return done ?? false;
}

/** Writes Z Lᵀ into `out`, which must not be Z. */
export function multiplyByTransposedLower(
  Z: Float64Array,
  L: Float64Array,
  T: number,
  N: number,
  out: Float64Array,
): void {
  if (T * N < SMALL || !multiplyByTransposedLowerWebassembly(Z, L, T, N, out)) {
    multiplyByTransposedLowerTypescript(Z, L, T, N, out);
  }
}
