import type { Matrix } from "../matrix/matrix.ts";
import { RANK_WEIGHTS, type RankMethod } from "../rolling/rank-window.ts";
import { type QuantileMethod, quantilePosition } from "../statistics/quantile.ts";
import { allocate, copyIn } from "./arena.ts";
import { rollingSortedWasm } from "./generated/rolling-sorted.ts";
import { lazyKernel } from "./load-kernel.ts";
import { overStretches } from "./rolling-stretches.ts";

interface RollingSortedKernel {
  makeEmpty(sorted: number, N: number, w: number): void;
  quantiles(
    X: number,
    rows: number,
    N: number,
    w: number,
    minPeriods: number,
    levels: number,
    counts: number,
    sorted: number,
    out: number,
  ): void;
  ranks(
    X: number,
    rows: number,
    N: number,
    w: number,
    minPeriods: number,
    perLess: number,
    perLessOrEqual: number,
    offset: number,
    relative: boolean,
    counts: number,
    sorted: number,
    out: number,
  ): void;
}

const kernel: () => RollingSortedKernel | undefined = lazyKernel<RollingSortedKernel>(rollingSortedWasm);

/**
 * For n = 0 … w values present: which of them, counted from 0 from the smallest or the largest, is the first of the
 * quantile's two neighbours, and how far from the nearer one the quantile lies: from the first for a weight ≥ 0, back from
 * the second for one < 0.
 */
export function quantileLevels(
  w: number,
  q: number,
  method: QuantileMethod,
  fromLargest: boolean,
): Float64Array {
  const levels = new Float64Array(2 * (w + 1));
  for (let n = 1; n <= w; n++) {
    const position = quantilePosition(n, q, method);
    const fraction = position - Math.floor(position);
    const weight = fraction < 0.5 ? fraction : fraction - 1;
    levels[2 * n] = fromLargest ? n - 1 - Math.ceil(position) : Math.floor(position);
    levels[2 * n + 1] = fromLargest ? -weight : weight;
  }
  return levels;
}

/** Quantiles from a sorted window a column; false where WebAssembly or the memory for it is not to be had. */
export function sortedQuantiles(
  table: Matrix,
  window: number,
  minPeriods: number,
  q: number,
  method: QuantileMethod,
  answer: Float64Array,
): boolean {
  const wasm = kernel();
  if (wasm === undefined) return false;
  const positions = quantileLevels(Math.min(window, table.rows), q, method, false);
  return overStretches(table, window, minPeriods, answer, ({ N, w, least }) => {
    const sorted = allocate(N * w);
    const levels = allocate(positions.length);
    copyIn(levels, positions);
    wasm.makeEmpty(sorted, N, w);
    return ({ X, rows, counts, out }) => {
      wasm.quantiles(X, rows, N, w, least, levels, counts, sorted, out);
    };
  });
}

/** Ranks from a sorted window a column; false where WebAssembly or the memory for it is not to be had. */
export function sortedRanks(
  table: Matrix,
  window: number,
  minPeriods: number,
  method: RankMethod,
  pct: boolean,
  answer: Float64Array,
): boolean {
  const wasm = kernel();
  if (wasm === undefined) return false;
  const { perLess, perLessOrEqual, offset } = RANK_WEIGHTS[method];
  return overStretches(table, window, minPeriods, answer, ({ N, w, least }) => {
    const sorted = allocate(N * w);
    wasm.makeEmpty(sorted, N, w);
    return ({ X, rows, counts, out }) => {
      wasm.ranks(X, rows, N, w, least, perLess, perLessOrEqual, offset, pct, counts, sorted, out);
    };
  });
}
