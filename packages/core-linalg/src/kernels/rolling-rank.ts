import type { Matrix } from "../matrix/matrix.ts";
import { foldColumns } from "../rolling/fold-columns.ts";
import { RANK_WEIGHTS, type RankMethod, RankWindow } from "../rolling/rank-window.ts";
import { allocate } from "./arena.ts";
import { rollingRankWasm } from "./generated/rolling-rank.ts";
import { lazyKernel } from "./load-kernel.ts";
import { sortedRanks } from "./rolling-sorted.ts";
import { overStretches } from "./rolling-stretches.ts";

interface RollingRankKernel {
  workspace(rows: number, w: number): number;
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
    work: number,
    out: number,
  ): void;
}

const kernel: () => RollingRankKernel | undefined = lazyKernel<RollingRankKernel>(rollingRankWasm);

const SMALL = 256;
/** Windows up to here are counted through; in longer ones a sorted window is kept. */
const LONGEST_COUNTED = 320;

/** Each column's stream, folded: the readable form; the WebAssembly equals it in every bit. */
export function rollingRankTypescript(
  table: Matrix,
  window: number,
  minPeriods: number,
  method: RankMethod,
  pct: boolean,
  answer: Float64Array,
): void {
  foldColumns(table, answer, () => new RankWindow(window, minPeriods, method, pct));
}

/** By comparing each value with its whole window; false where WebAssembly or the memory for it is not to be had. */
export function rollingRankByCounting(
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
  return overStretches(table, window, minPeriods, answer, ({ N, w, least, longest }) => {
    const work = allocate(wasm.workspace(longest, w));
    return ({ X, rows, counts, out }) => {
      wasm.ranks(X, rows, N, w, least, perLess, perLessOrEqual, offset, pct, counts, work, out);
    };
  });
}

/** Writes the rank of each row's value among the last `window` rows of its column. */
export function rollingRanks(
  table: Matrix,
  window: number,
  minPeriods: number,
  method: RankMethod,
  pct: boolean,
  answer: Float64Array,
): void {
  const webassembly = Math.min(window, table.rows) <= LONGEST_COUNTED ? rollingRankByCounting : sortedRanks;
  if (answer.length < SMALL || !webassembly(table, window, minPeriods, method, pct, answer)) {
    rollingRankTypescript(table, window, minPeriods, method, pct, answer);
  }
}
