import { requireInteger } from "../guards/numbers.ts";
import type { TableLike, TableOf } from "../series/table-like.ts";

/**
 * What every window asks for. A value that is not finite counts as missing, and an answer is that of the values
 * present; where two series meet, a row counts when both are present.
 */
export interface WindowOptions {
  /**
   * How many values of a window must be present for an answer, 1 … window; with fewer it is NaN. Windows at the start
   * hold fewer rows than `window`, so below its default they answer too.
   *
   * @defaultValue window
   */
  readonly minPeriods?: number;
}

export interface RollingOptions<X extends TableLike> extends WindowOptions {
  /** Where to write the answer: an array of the answer's form and size that shares no memory with x. */
  readonly out?: TableOf<X>;
}

/** The values, if `window` is an integer ≥ 1 and `minPeriods` one of 1 … window. */
export function requireWindow(
  window: unknown,
  minPeriods: unknown = window,
): { readonly window: number; readonly minPeriods: number } {
  const length = requireInteger("window", window, 1);
  return { window: length, minPeriods: requireInteger("minPeriods", minPeriods, 1, length) };
}
