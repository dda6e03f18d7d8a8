import type { Matrix } from "@astra-quant/core-linalg";
import { allocate, copyIn, copyOut, inArena, lazyKernel } from "@astra-quant/core-linalg/kernels";
import { type PositionRule, positionOf } from "../validation/position.ts";
import { positionChangesWasm } from "./generated/position-changes.ts";

interface PositionChangesKernel {
  positionChanges(x: number, rows: number, columns: number, asTanh: boolean, held: number, out: number): void;
}

const kernel: () => PositionChangesKernel | undefined =
  lazyKernel<PositionChangesKernel>(positionChangesWasm);

const SMALL = 256;
/** Numbers a call: the stretch of the arena that stays in the second cache. */
const STRETCH = 32_768;

/**
 * |p − held| for the position p of each signal, row by row, NaN where either is missing: `held` holds the positions of the
 * row before, and is brought up to date. In readable form: the WebAssembly equals it in every bit.
 */
export function positionChangesTypescript(
  { columns, data }: Matrix,
  rule: PositionRule,
  held: Float64Array,
  out: Float64Array,
): void {
  for (let k = 0; k < data.length; k++) {
    const wanted = positionOf(data[k]!, rule);
    out[k] = Math.abs(wanted - held[k % columns]!);
    held[k % columns] = wanted;
  }
}

/** False where WebAssembly or the memory for it is not to be had. */
export function positionChangesWebassembly(
  { rows, columns, data }: Matrix,
  rule: PositionRule,
  held: Float64Array,
  out: Float64Array,
): boolean {
  const wasm = kernel();
  if (wasm === undefined) return false;
  const done = inArena(() => {
    const most = Math.min(rows, Math.max(1, Math.floor(STRETCH / columns)));
    const [signals, before] = [allocate(most * columns), allocate(columns)];
    copyIn(before, held);
    for (let first = 0; first < rows; first += most) {
      const [begin, end] = [first * columns, Math.min(first + most, rows) * columns];
      copyIn(signals, data.subarray(begin, end));
      wasm.positionChanges(signals, (end - begin) / columns, columns, rule === "tanh", before, signals);
      copyOut(signals, out.subarray(begin, end));
    }
    copyOut(before, held);
    return true;
  });
  return done ?? false;
}

/** Writes how far each position is from the one of the row before, and leaves the last row's in `held`. */
export function positionChanges(
  signals: Matrix,
  rule: PositionRule,
  held: Float64Array,
  out: Float64Array,
): void {
  if (signals.data.length < SMALL || !positionChangesWebassembly(signals, rule, held, out)) {
    positionChangesTypescript(signals, rule, held, out);
  }
}
