import type { Matrix } from "../matrix/matrix.ts";
import { BlockMerge } from "../rolling/block-merge.ts";
import { foldColumns } from "../rolling/fold-columns.ts";
import { runSquares, type SquaresForm } from "../rolling/run-squares.ts";
import { allocate, copyIn, doublesAt, inArena } from "./arena.ts";
import { COUNT_ENTRY, countTable } from "./count-table.ts";
import { rollingSquaresWasm } from "./generated/rolling-squares.ts";
import { lazyKernel } from "./load-kernel.ts";
import { inStretches } from "./window-stretches.ts";

interface SquaresKernel {
  rollingSquares(
    history: number,
    x: number,
    rows: number,
    N: number,
    window: number,
    asRoot: boolean,
    counts: number,
    flags: number,
    work: number,
  ): void;
}

const kernel: () => SquaresKernel | undefined = lazyKernel<SquaresKernel>(rollingSquaresWasm);

const SMALL = 512;
/** Doubles of a suffix's record in the kernel. */
const RECORD = 8;

export interface SquaresSettings extends SquaresForm {
  readonly window: number;
  readonly minPeriods: number;
}

/**
 * The variance of every window of every column, or its root, in readable form: a stream for each. The WebAssembly
 * equals it in every bit.
 */
export function rollingSquaresTypescript(x: Matrix, settings: SquaresSettings, answer: Float64Array): void {
  const { window, minPeriods } = settings;
  foldColumns(x, answer, () => new BlockMerge(runSquares(settings), window, minPeriods));
}

/** False where WebAssembly or the memory for it is not to be had; `answer` is then untouched. */
export function rollingSquaresWebassembly(
  x: Matrix,
  settings: SquaresSettings,
  answer: Float64Array,
): boolean {
  const wasm = kernel();
  if (wasm === undefined) return false;
  const { columns } = x;
  const { window, minPeriods, ddof, root } = settings;
  const length = Math.min(window, x.rows);
  const least = Math.max(minPeriods, ddof + 1);
  const done = inArena(() => {
    const counts = allocate(COUNT_ENTRY * (length + 1));
    const flags = allocate(columns);
    const work = allocate(RECORD * (length + 1));
    copyIn(counts, countTable(length, least, ddof));
    doublesAt(flags, columns).fill(0);
    inStretches([x], length, answer, ([at], rows) => {
      const { history, rows: own } = at!;
      wasm.rollingSquares(history, own, rows, columns, length, root, counts, flags, work);
    });
    return true;
  });
  return done ?? false;
}

export function rollingSquares(x: Matrix, settings: SquaresSettings, answer: Float64Array): void {
  if (x.data.length < SMALL || !rollingSquaresWebassembly(x, settings, answer)) {
    rollingSquaresTypescript(x, settings, answer);
  }
}
