import { allocate, copyIn, copyOut, inArena, lazyKernel } from "@astra-quant/core-linalg/kernels";
import { portfolioDaysWasm } from "./generated/portfolio-days.ts";

interface PortfolioDaysKernel {
  portfolioDays(z: number, a: number, rows: number, n: number, start: number, out: number): void;
}

const kernel: () => PortfolioDaysKernel | undefined = lazyKernel<PortfolioDaysKernel>(portfolioDaysWasm);

/** Numbers below which copying in and out costs more than it gains. */
const SMALL = 256;
/** Numbers a call: the stretch of the arena that stays in the second cache. */
const STRETCH = 16_384;

/**
 * start + Σ a_k z_k for each row of `z`, rows × n: what a portfolio earns on days of such shocks. In readable form; the
 * WebAssembly equals it in every bit.
 */
export function portfolioDaysTypescript(
  z: Float64Array,
  a: Float64Array,
  start: number,
  out: Float64Array,
): void {
  const n = a.length;
  for (let t = 0; t < out.length; t++) {
    let sum = start;
    for (let k = 0; k < n; k++) sum += a[k]! * z[t * n + k]!;
    out[t] = sum;
  }
}

/** False where WebAssembly or the memory for it is not to be had; `out` is then untouched. */
export function portfolioDaysWebassembly(
  z: Float64Array,
  a: Float64Array,
  start: number,
  out: Float64Array,
): boolean {
  const wasm = kernel();
  if (wasm === undefined) return false;
  const n = a.length;
  const done = inArena(() => {
    const rows = Math.min(out.length, Math.max(4, Math.floor(STRETCH / n)));
    const shocks = allocate(rows * n);
    const loadings = allocate(n);
    const days = allocate(rows);
    copyIn(loadings, a);
    for (let first = 0; first < out.length; first += rows) {
      const end = Math.min(first + rows, out.length);
      copyIn(shocks, z.subarray(first * n, end * n));
      wasm.portfolioDays(shocks, loadings, end - first, n, start, days);
      copyOut(days, out.subarray(first, end));
    }
    return true;
  });
  return done ?? false;
}

/** Writes start + Σ a_k z_k of each row of `z` into `out`. */
export function portfolioDays(z: Float64Array, a: Float64Array, start: number, out: Float64Array): void {
  if (z.length < SMALL || !portfolioDaysWebassembly(z, a, start, out)) {
    portfolioDaysTypescript(z, a, start, out);
  }
}
