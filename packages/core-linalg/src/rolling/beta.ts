import { requireKnownOptions } from "../guards/options.ts";
import type { TableLike, TableOf } from "../series/table-like.ts";
import { productsInKind } from "./covariance.ts";
import { type RollingOptions, requireWindow, type WindowOptions } from "./options.ts";
import { runProducts } from "./run-products.ts";
import { PairStream, resumePair } from "./series-stream.ts";
import type { RollingPairState } from "./stream-state.ts";

/**
 * The slope of x on y over the last `window` rows at each time: Σ(x − x̄)(y − ȳ) ÷ Σ(y − ȳ)². Forms of x and y,
 * windows and NaN as in {@link rollingCovariance}; NaN too where y does not vary, or so little that its squares are
 * below the doubles.
 *
 * @throws QuantError as {@link rollingCovariance} does.
 */
export function rollingBeta<X extends TableLike>(
  x: X,
  y: TableLike,
  window: number,
  options: RollingOptions<X> = {},
): TableOf<X> {
  requireKnownOptions(options, ["out", "minPeriods"]);
  return productsInKind(x, y, requireWindow(window, options.minPeriods), { as: "beta" }, options.out);
}

/** {@link rollingBeta} row by row. */
export class RollingBeta extends PairStream {
  constructor(window: number, options: WindowOptions = {}) {
    requireKnownOptions(options, ["minPeriods"]);
    super(requireWindow(window, options.minPeriods), runProducts({ as: "beta" }));
  }

  /**
   * The stream that goes on exactly where the state was taken.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: RollingPairState): RollingBeta {
    return resumePair(state, ({ window, minPeriods }) => new RollingBeta(window, { minPeriods }));
  }
}
