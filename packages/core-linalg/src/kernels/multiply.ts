import { allocate, copyIn, copyOut, inArena } from "./arena.ts";
import { multiplyWasm } from "./generated/multiply.ts";
import { lazyKernel } from "./load-kernel.ts";

interface MultiplyKernel {
  workspace(n: number): number;
  resultRoom(m: number, n: number): number;
  multiply(A: number, B: number, m: number, k: number, n: number, C: number, work: number): void;
}

const kernel: () => MultiplyKernel | undefined = lazyKernel<MultiplyKernel>(multiplyWasm);

/** Multiplications below which copying in and out costs more than it gains. */
const SMALL = 4096;

/** Two factors, A of m×k and B of k×n, row-major. */
export interface Factors {
  readonly A: Float64Array;
  readonly B: Float64Array;
  readonly m: number;
  readonly k: number;
  readonly n: number;
}

/** C = AB in readable form; the WebAssembly equals it in every bit. */
export function multiplyTypescript({ A, B, m, k, n }: Factors, C: Float64Array): void {
  C.fill(0);
  for (let i = 0; i < m; i++) {
    for (let t = 0; t < k; t++) {
      const scale = A[i * k + t]!;
      for (let j = 0; j < n; j++) C[i * n + j]! += scale * B[t * n + j]!;
    }
  }
}

/** False where WebAssembly or the memory for it is not to be had; C is then untouched. */
export function multiplyWebassembly({ A, B, m, k, n }: Factors, C: Float64Array): boolean {
  const wasm = kernel();
  if (wasm === undefined) return false;
  const done = inArena(() => {
    const a = allocate(m * k);
    const b = allocate(k * n);
    const c = allocate(wasm.resultRoom(m, n));
    const work = allocate(wasm.workspace(n));
    copyIn(a, A);
    copyIn(b, B);
    wasm.multiply(a, b, m, k, n, c, work);
    copyOut(c, C);
    return true;
  });
  return done ?? false;
}

/** Writes AB into C, which must be neither A nor B. */
export function multiplyKernel(factors: Factors, C: Float64Array): void {
  const { m, k, n } = factors;
  if (m * k * n < SMALL || !multiplyWebassembly(factors, C)) multiplyTypescript(factors, C);
}
