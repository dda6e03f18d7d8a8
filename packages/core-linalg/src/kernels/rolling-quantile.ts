import type { Matrix } from "../matrix/matrix.ts";
import { foldColumns } from "../rolling/fold-columns.ts";
import { QuantileWindow } from "../rolling/quantile-window.ts";
import { type QuantileMethod, quantilePosition } from "../statistics/quantile.ts";
import { allocate, copyIn } from "./arena.ts";
import { rollingQuantileWasm } from "./generated/rolling-quantile.ts";
import { lazyKernel } from "./load-kernel.ts";
import { quantileLevels, sortedQuantiles } from "./rolling-sorted.ts";
import { overStretches } from "./rolling-stretches.ts";

interface RollingQuantileKernel {
  workspace(w: number, depth: number): number;
  quantiles(
    X: number,
    rows: number,
    N: number,
    w: number,
    minPeriods: number,
    levels: number,
    fromLargest: boolean,
    depth: number,
    counts: number,
    work: number,
    out: number,
  ): void;
}

const kernel: () => RollingQuantileKernel | undefined =
  lazyKernel<RollingQuantileKernel>(rollingQuantileWasm);

const SMALL = 256;
/** Values on the quantile's side of a window, up to which lists of them are merged; beyond, a sorted window is kept. */
const DEEPEST_LIST = 100;

/** How many values lie at or beyond the quantile of a full window on the nearer side. */
function depthOf(w: number, q: number, method: QuantileMethod): number {
  const position = quantilePosition(w, q, method);
  return Math.min(Math.ceil(position), w - 1 - Math.floor(position)) + 1;
}

/** Each column's stream, folded: the readable form; the WebAssembly equals it in every bit. */
export function rollingQuantileTypescript(
  table: Matrix,
  window: number,
  minPeriods: number,
  q: number,
  method: QuantileMethod,
  answer: Float64Array,
): void {
  foldColumns(table, answer, () => new QuantileWindow(window, minPeriods, q, method));
}

/**
 * By merging lists of the values on the quantile's side of the two runs that make up a window; false where WebAssembly
 * or the memory for it is not to be had.
 */
export function rollingQuantileByLists(
  table: Matrix,
  window: number,
  minPeriods: number,
  q: number,
  method: QuantileMethod,
  answer: Float64Array,
): boolean {
  const wasm = kernel();
  if (wasm === undefined) return false;
  const length = Math.min(window, table.rows);
  const fromLargest = quantilePosition(length, q, method) > (length - 1) / 2;
  const positions = quantileLevels(length, q, method, fromLargest);
  const deepest = positions.reduce((most, value, i) => (i % 2 === 0 ? Math.max(most, value) : most), 0);
  // The value itself, the next one, and −∞ before the first.
  const depth = deepest + 3;
  return overStretches(table, window, minPeriods, answer, ({ N, w, least }) => {
    const work = allocate(wasm.workspace(w, depth));
    const levels = allocate(positions.length);
    copyIn(levels, positions);
    return ({ X, rows, counts, out }) => {
      wasm.quantiles(X, rows, N, w, least, levels, fromLargest, depth, counts, work, out);
    };
  });
}

/** Writes the q-quantile of the last `window` rows at each row and column; NaN with fewer than `minPeriods` present. */
export function rollingQuantiles(
  table: Matrix,
  window: number,
  minPeriods: number,
  q: number,
  method: QuantileMethod,
  answer: Float64Array,
): void {
  const depth = depthOf(Math.min(window, table.rows), q, method);
  const webassembly = depth <= DEEPEST_LIST ? rollingQuantileByLists : sortedQuantiles;
  if (answer.length < SMALL || !webassembly(table, window, minPeriods, q, method, answer)) {
    rollingQuantileTypescript(table, window, minPeriods, q, method, answer);
  }
}
