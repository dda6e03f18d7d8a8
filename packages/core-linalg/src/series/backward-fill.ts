import { type FillOptions, fillGaps } from "./fill-gaps.ts";
import type { TableLike, TableOf } from "./table-like.ts";

/**
 * Missing values (NaN) replaced by the next value after them in the same column; what is missing at the end stays
 * missing. **This looks ahead**: a row holds what was known later only, and prices filled so show returns of zero that
 * nobody could have had. For a backtest take `forwardFill`.
 *
 * @throws QuantError as `forwardFill`.
 */
export function backwardFill<T extends TableLike>(x: T, options: FillOptions<T> = {}): TableOf<T> {
  return fillGaps(x, options, -1);
}
