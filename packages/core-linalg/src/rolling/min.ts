import { requireKnownOptions } from "../guards/options.ts";
import { rollingExtrema } from "../kernels/rolling-extrema.ts";
import { requireTable } from "../series/in-kind.ts";
import type { TableLike, TableOf } from "../series/table-like.ts";
import { answerInKind } from "./answer.ts";
import { type Extreme, ExtremeWindow, SMALLEST } from "./extreme-window.ts";
import { type RollingOptions, requireWindow, type WindowOptions } from "./options.ts";
import { OrderStream } from "./order-stream.ts";
import { resumeSeries } from "./series-stream.ts";
import type { RollingState } from "./stream-state.ts";

/** The extremes of the windows of x, in x's own kind. */
export function extremesInKind<X extends TableLike>(
  x: X,
  window: number,
  options: RollingOptions<X>,
  extreme: Extreme,
): TableOf<X> {
  requireKnownOptions(options, ["out", "minPeriods"]);
  const { minPeriods } = requireWindow(window, options.minPeriods);
  const table = requireTable("x", x);
  return answerInKind(x, table, options.out, [table], (answer) => {
    rollingExtrema(table, window, minPeriods, extreme, answer);
  });
}

/**
 * The smallest of the last `window` values at each time, of a vector or of every column of a matrix or `Panel`
 * (time × assets), in a constant number of steps a value whatever the window; the answer has x's form, size, unit and
 * sign. A value that is not finite counts as missing; with fewer than `minPeriods` values present the answer is NaN. −0
 * counts, and comes back, as 0.
 *
 * @throws QuantError "range" for a window that is no integer ≥ 1 or minPeriods outside 1 … window, "shape" for x or
 *   `out` of a wrong form, "option" for an `out` that shares memory with x.
 */
export function rollingMin<X extends TableLike>(
  x: X,
  window: number,
  options: RollingOptions<X> = {},
): TableOf<X> {
  return extremesInKind(x, window, options, SMALLEST);
}

/** {@link rollingMin} value by value. */
export class RollingMin extends OrderStream {
  constructor(window: number, options: WindowOptions = {}) {
    requireKnownOptions(options, ["minPeriods"]);
    const settings = requireWindow(window, options.minPeriods);
    super(settings, new ExtremeWindow(window, settings.minPeriods, SMALLEST));
  }

  /**
   * The stream that goes on exactly where the state was taken.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: RollingState): RollingMin {
    return resumeSeries(state, ({ window, minPeriods }) => new RollingMin(window, { minPeriods }));
  }
}
