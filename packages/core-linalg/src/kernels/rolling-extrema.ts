import type { Matrix } from "../matrix/matrix.ts";
import { type Extreme, ExtremeWindow, LARGEST } from "../rolling/extreme-window.ts";
import { foldColumns } from "../rolling/fold-columns.ts";
import { allocate } from "./arena.ts";
import { rollingExtremaWasm } from "./generated/rolling-extrema.ts";
import { lazyKernel } from "./load-kernel.ts";
import { overStretches } from "./rolling-stretches.ts";

interface RollingExtremaKernel {
  workspace(N: number, w: number): number;
  extrema(
    X: number,
    rows: number,
    N: number,
    w: number,
    minPeriods: number,
    largest: boolean,
    counts: number,
    work: number,
    out: number,
  ): void;
}

const kernel: () => RollingExtremaKernel | undefined = lazyKernel<RollingExtremaKernel>(rollingExtremaWasm);

const SMALL = 256;

/** Each column's stream, folded: the readable form; the WebAssembly equals it in every bit. */
export function rollingExtremaTypescript(
  table: Matrix,
  window: number,
  minPeriods: number,
  extreme: Extreme,
  answer: Float64Array,
): void {
  foldColumns(table, answer, () => new ExtremeWindow(window, minPeriods, extreme));
}

/** False where WebAssembly or the memory for it is not to be had. */
export function rollingExtremaWebassembly(
  table: Matrix,
  window: number,
  minPeriods: number,
  extreme: Extreme,
  answer: Float64Array,
): boolean {
  const wasm = kernel();
  if (wasm === undefined) return false;
  return overStretches(table, window, minPeriods, answer, ({ N, w, least }) => {
    const work = allocate(wasm.workspace(N, w));
    return ({ X, rows, counts, out }) => {
      wasm.extrema(X, rows, N, w, least, extreme === LARGEST, counts, work, out);
    };
  });
}

/** Writes the extreme of the last `window` rows at each row and column; NaN with fewer than `minPeriods` present. */
export function rollingExtrema(
  table: Matrix,
  window: number,
  minPeriods: number,
  extreme: Extreme,
  answer: Float64Array,
): void {
  if (answer.length < SMALL || !rollingExtremaWebassembly(table, window, minPeriods, extreme, answer)) {
    rollingExtremaTypescript(table, window, minPeriods, extreme, answer);
  }
}
