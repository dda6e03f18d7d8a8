import { type FillOptions, fillGaps } from "./fill-gaps.ts";
import type { TableLike, TableOf } from "./table-like.ts";

/**
 * Missing values (NaN) replaced by the last value before them in the same column. What is missing at the beginning
 * stays missing: filling it from later rows would let the future leak in.
 *
 * @throws QuantError "range" for a limit that is no integer ≥ 1, "shape" for x or `out` of a wrong form.
 */
export function forwardFill<T extends TableLike>(x: T, options: FillOptions<T> = {}): TableOf<T> {
  return fillGaps(x, options, 1);
}
