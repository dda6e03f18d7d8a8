import type { Matrix } from "../matrix/matrix.ts";
import { BlockMerge } from "../rolling/block-merge.ts";
import { foldColumns } from "../rolling/fold-columns.ts";
import { runSums } from "../rolling/run-sums.ts";

export interface SumsSettings {
  readonly window: number;
  readonly minPeriods: number;
  readonly asMean: boolean;
}

/** The sum or mean of every window of every column, in readable form; the WebAssembly equals it in every bit. */
export function rollingSumsTypescript(
  x: Matrix,
  { window, minPeriods, asMean }: SumsSettings,
  answer: Float64Array,
): void {
  foldColumns(x, answer, () => new BlockMerge(runSums(asMean), window, minPeriods));
}

export function rollingSums(x: Matrix, settings: SumsSettings, answer: Float64Array): void {
  rollingSumsTypescript(x, settings, answer);
}
