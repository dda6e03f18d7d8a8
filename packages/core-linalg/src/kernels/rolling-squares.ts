import type { Matrix } from "../matrix/matrix.ts";
import { BlockMerge } from "../rolling/block-merge.ts";
import { foldColumns } from "../rolling/fold-columns.ts";
import { runSquares, type SquaresForm } from "../rolling/run-squares.ts";

export interface SquaresSettings extends SquaresForm {
  readonly window: number;
  readonly minPeriods: number;
}

/** The variance of every window of every column, or its root, in readable form; the WebAssembly equals it in every bit. */
export function rollingSquaresTypescript(x: Matrix, settings: SquaresSettings, answer: Float64Array): void {
  const { window, minPeriods } = settings;
  foldColumns(x, answer, () => new BlockMerge(runSquares(settings), window, minPeriods));
}

export function rollingSquares(x: Matrix, settings: SquaresSettings, answer: Float64Array): void {
  rollingSquaresTypescript(x, settings, answer);
}
