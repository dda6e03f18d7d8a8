import type { Matrix } from "../matrix/matrix.ts";
import { BlockMerge } from "../rolling/block-merge.ts";
import { foldColumns } from "../rolling/fold-columns.ts";
import { leastForPowers, type PowersForm, runPowers } from "../rolling/run-powers.ts";
import { allocate, inArena } from "./arena.ts";
import { rollingPowersWasm } from "./generated/rolling-powers.ts";
import { lazyKernel } from "./load-kernel.ts";
import { inStretches } from "./window-stretches.ts";

interface PowersKernel {
  rollingPowers(
    history: number,
    x: number,
    rows: number,
    N: number,
    window: number,
    least: number,
    skew: boolean,
    bias: boolean,
    work: number,
  ): void;
}

const kernel: () => PowersKernel | undefined = lazyKernel<PowersKernel>(rollingPowersWasm);

const SMALL = 512;
/** Doubles of a suffix's record in the kernel. */
const RECORD = 10;

export interface PowersSettings extends PowersForm {
  readonly window: number;
  readonly minPeriods: number;
}

/**
 * The skewness or kurtosis of every window of every column, in readable form: a stream for each. The WebAssembly
 * equals it in every bit.
 */
export function rollingPowersTypescript(x: Matrix, settings: PowersSettings, answer: Float64Array): void {
  const { window, minPeriods } = settings;
  foldColumns(x, answer, () => new BlockMerge(runPowers(settings), window, minPeriods));
}

/** False where WebAssembly or the memory for it is not to be had; `answer` is then untouched. */
export function rollingPowersWebassembly(x: Matrix, settings: PowersSettings, answer: Float64Array): boolean {
  const wasm = kernel();
  if (wasm === undefined) return false;
  const { columns } = x;
  const length = Math.min(settings.window, x.rows);
  const least = Math.max(settings.minPeriods, leastForPowers(settings));
  const skew = settings.as === "skewness";
  const done = inArena(() => {
    const work = allocate(RECORD * (length + 1));
    inStretches([x], length, answer, ([at], rows) => {
      wasm.rollingPowers(at!.history, at!.rows, rows, columns, length, least, skew, settings.bias, work);
    });
    return true;
  });
  return done ?? false;
}

export function rollingPowers(x: Matrix, settings: PowersSettings, answer: Float64Array): void {
  if (x.data.length < SMALL || !rollingPowersWebassembly(x, settings, answer)) {
    rollingPowersTypescript(x, settings, answer);
  }
}
