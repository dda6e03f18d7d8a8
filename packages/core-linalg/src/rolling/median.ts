import { requireKnownOptions } from "../guards/options.ts";
import type { TableLike, TableOf } from "../series/table-like.ts";
import type { RollingOptions } from "./options.ts";
import { rollingQuantile } from "./quantile.ts";

/**
 * The median of the last `window` values at each time: {@link rollingQuantile} at ½, the middle value or the middle
 * between the two; options, NaN policy and errors as there.
 */
export function rollingMedian<X extends TableLike>(
  x: X,
  window: number,
  options: RollingOptions<X> = {},
): TableOf<X> {
  requireKnownOptions(options, ["out", "minPeriods"]);
  return rollingQuantile(x, window, 0.5, options);
}
