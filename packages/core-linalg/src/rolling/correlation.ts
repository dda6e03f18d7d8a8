import { requireKnownOptions } from "../guards/options.ts";
import type { TableLike, TableOf } from "../series/table-like.ts";
import { productsInKind } from "./covariance.ts";
import { type RollingOptions, requireWindow, type WindowOptions } from "./options.ts";
import { runProducts } from "./run-products.ts";
import { PairStream, resumePair } from "./series-stream.ts";
import type { RollingPairState } from "./stream-state.ts";

/**
 * The correlation of the last `window` values of x with those of y at each time, in [−1, 1]. Forms of x and y,
 * windows and NaN as in {@link rollingCovariance}; NaN too where one of the two does not vary, or so little that its
 * squares are below the doubles.
 *
 * @throws QuantError as {@link rollingCovariance} does.
 */
export function rollingCorrelation<X extends TableLike>(
  x: X,
  y: TableLike,
  window: number,
  options: RollingOptions<X> = {},
): TableOf<X> {
  requireKnownOptions(options, ["out", "minPeriods"]);
  return productsInKind(x, y, requireWindow(window, options.minPeriods), { as: "correlation" }, options.out);
}

/** {@link rollingCorrelation} row by row. */
export class RollingCorrelation extends PairStream {
  constructor(window: number, options: WindowOptions = {}) {
    requireKnownOptions(options, ["minPeriods"]);
    super(requireWindow(window, options.minPeriods), runProducts({ as: "correlation" }));
  }

  /**
   * The stream that goes on exactly where the state was taken.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: RollingPairState): RollingCorrelation {
    return resumePair(state, ({ window, minPeriods }) => new RollingCorrelation(window, { minPeriods }));
  }
}
