import type { Matrix } from "../matrix/matrix.ts";
import { BlockMerge } from "../rolling/block-merge.ts";
import { foldColumns } from "../rolling/fold-columns.ts";
import { runSums } from "../rolling/run-sums.ts";
import { allocate, doublesAt, inArena } from "./arena.ts";
import { rollingSumsWasm } from "./generated/rolling-sums.ts";
import { lazyKernel } from "./load-kernel.ts";
import { inStretches } from "./window-stretches.ts";

interface SumsKernel {
  rollingSums(
    history: number,
    x: number,
    rows: number,
    N: number,
    window: number,
    least: number,
    asMean: boolean,
    flags: number,
    work: number,
  ): void;
}

const kernel: () => SumsKernel | undefined = lazyKernel<SumsKernel>(rollingSumsWasm);

const SMALL = 512;
/** Doubles of a suffix's record in the kernel. */
const RECORD = 4;

export interface SumsSettings {
  readonly window: number;
  readonly minPeriods: number;
  readonly asMean: boolean;
}

/**
 * The sum or mean of every window of every column, in readable form: a stream for each. The WebAssembly equals it in
 * every bit.
 */
export function rollingSumsTypescript(x: Matrix, settings: SumsSettings, answer: Float64Array): void {
  const { window, minPeriods, asMean } = settings;
  foldColumns(x, answer, () => new BlockMerge(runSums(asMean), window, minPeriods));
}

/** False where WebAssembly or the memory for it is not to be had; `answer` is then untouched. */
export function rollingSumsWebassembly(x: Matrix, settings: SumsSettings, answer: Float64Array): boolean {
  const wasm = kernel();
  if (wasm === undefined) return false;
  const { columns } = x;
  const { window, minPeriods, asMean } = settings;
  const length = Math.min(window, x.rows);
  const done = inArena(() => {
    const flags = allocate(columns);
    const work = allocate(RECORD * (length + 1));
    doublesAt(flags, columns).fill(0);
    inStretches([x], length, answer, ([at], rows) => {
      const { history, rows: own } = at!;
      wasm.rollingSums(history, own, rows, columns, length, minPeriods, asMean, flags, work);
    });
    return true;
  });
  return done ?? false;
}

export function rollingSums(x: Matrix, settings: SumsSettings, answer: Float64Array): void {
  if (x.data.length < SMALL || !rollingSumsWebassembly(x, settings, answer)) {
    rollingSumsTypescript(x, settings, answer);
  }
}
