import type { Matrix } from "../matrix/matrix.ts";
import type { EwmSettings } from "../rolling/ewm-decay.ts";
import type { EwmForm } from "../rolling/ewm-moments.ts";
import { EwmStream } from "../rolling/ewm-stream.ts";
import { foldColumns } from "../rolling/fold-columns.ts";
import { allocate, copyIn, copyOut, doublesAt, inArena } from "./arena.ts";
import { ewmWasm } from "./generated/ewm.ts";
import { lazyKernel } from "./load-kernel.ts";

interface EwmKernel {
  ewm(
    x: number,
    rows: number,
    N: number,
    alpha: number,
    decay: number,
    adjust: boolean,
    ignoreMissing: boolean,
    least: number,
    form: number,
    bias: boolean,
    records: number,
  ): void;
}

const kernel: () => EwmKernel | undefined = lazyKernel<EwmKernel>(ewmWasm);

const SMALL = 512;
/** Doubles of a pair's record in the kernel. */
const RECORD = 12;
/** Doubles that are handed to the kernel at a time: they stay in the second cache. */
const STRETCH = 32768;
const FORMS: readonly EwmForm["as"][] = ["mean", "variance", "std"];

/** Every column's weighted statistic, in readable form: a stream for each. The WebAssembly equals it in every bit. */
export function ewmTypescript(x: Matrix, settings: EwmSettings, form: EwmForm, answer: Float64Array): void {
  foldColumns(x, answer, () => new EwmStream(settings, form));
}

/** False where WebAssembly or the memory for it is not to be had; `answer` is then untouched. */
export function ewmWebassembly(
  x: Matrix,
  settings: EwmSettings,
  form: EwmForm,
  answer: Float64Array,
): boolean {
  const wasm = kernel();
  if (wasm === undefined) return false;
  const { rows, columns } = x;
  const { alpha, decay, adjust, ignoreMissing, minPeriods } = settings;
  const stretch = Math.min(rows, Math.max(1, Math.floor(STRETCH / columns)));
  const done = inArena(() => {
    // One more, since the last column of an odd number is loaded together with what lies behind it.
    const values = allocate(stretch * columns + 1);
    const size = RECORD * Math.ceil(columns / 2);
    const records = allocate(size);
    doublesAt(records, size).fill(0);
    for (let first = 0; first < rows; first += stretch) {
      const start = first * columns;
      const end = Math.min(rows, first + stretch) * columns;
      const count = (end - start) / columns;
      copyIn(values, x.data.subarray(start, end));
      wasm.ewm(
        values,
        count,
        columns,
        alpha,
        decay,
        adjust,
        ignoreMissing,
        minPeriods,
        FORMS.indexOf(form.as),
        form.bias,
        records,
      );
      copyOut(values, answer.subarray(start, end));
    }
    return true;
  });
  return done ?? false;
}

export function ewmColumns(x: Matrix, settings: EwmSettings, form: EwmForm, answer: Float64Array): void {
  if (x.data.length < SMALL || !ewmWebassembly(x, settings, form, answer)) {
    ewmTypescript(x, settings, form, answer);
  }
}
