import { requireKnownOptions, requireOneOf } from "../guards/options.ts";
import { rollingQuantiles } from "../kernels/rolling-quantile.ts";
import { requireTable } from "../series/in-kind.ts";
import type { TableLike, TableOf } from "../series/table-like.ts";
import { QUANTILE_METHODS, type QuantileMethod, requireQuantileLevel } from "../statistics/quantile.ts";
import { answerInKind } from "./answer.ts";
import { type RollingOptions, requireWindow, type WindowOptions } from "./options.ts";
import { OrderStream } from "./order-stream.ts";
import { QuantileWindow } from "./quantile-window.ts";
import { resumeSeries, type StreamSettings } from "./series-stream.ts";
import type { RollingState } from "./stream-state.ts";

export interface RollingQuantileOptions<X extends TableLike> extends RollingOptions<X> {
  /**
   * How the quantile is read off the order statistics.
   *
   * @defaultValue "R-7"
   */
  readonly method?: QuantileMethod;
}

/** The options of {@link RollingQuantile}: those of {@link rollingQuantile}, without `out`. */
export interface QuantileStreamOptions extends WindowOptions {
  /** @defaultValue "R-7" */
  readonly method?: QuantileMethod;
}

/** Where a {@link RollingQuantile} stands, as plain JSON. */
export interface RollingQuantileState extends RollingState {
  readonly q: number;
  readonly method: QuantileMethod;
}

/**
 * The q-quantile (0 ≤ q ≤ 1, by the same `method`s as `quantile`) of the last `window` values at each time, of a vector
 * or of every column of a matrix or `Panel` (time × assets); the answer has x's form, size, unit and sign. A value that
 * is not finite counts as missing; with fewer than `minPeriods` values present the answer is NaN. −0 counts, and comes
 * back, as 0. The work a value grows with the number of values between the quantile and the nearer end of the window,
 * and from about a hundred of those on with the logarithm of the window and the moving of its sorted values.
 *
 * @throws QuantError "range" for a window that is no integer ≥ 1, minPeriods outside 1 … window or a q outside [0, 1],
 *   "option" for an unknown method or an `out` that shares memory with x, "shape" for x or `out` of a wrong form.
 */
export function rollingQuantile<X extends TableLike>(
  x: X,
  window: number,
  q: number,
  options: RollingQuantileOptions<X> = {},
): TableOf<X> {
  requireKnownOptions(options, ["out", "minPeriods", "method"]);
  const { method = "R-7" } = options;
  const { minPeriods } = requireWindow(window, options.minPeriods);
  requireQuantileLevel(q);
  requireOneOf("method", method, QUANTILE_METHODS);
  const table = requireTable("x", x);
  return answerInKind(x, table, options.out, [table], (answer) => {
    rollingQuantiles(table, window, minPeriods, q, method, answer);
  });
}

interface QuantileSettings extends StreamSettings {
  readonly q: number;
  readonly method: QuantileMethod;
}

/** {@link rollingQuantile} value by value. */
export class RollingQuantile extends OrderStream<QuantileSettings> {
  constructor(window: number, q: number, options: QuantileStreamOptions = {}) {
    requireKnownOptions(options, ["minPeriods", "method"]);
    const { method = "R-7" } = options;
    const { minPeriods } = requireWindow(window, options.minPeriods);
    requireQuantileLevel(q);
    requireOneOf("method", method, QUANTILE_METHODS);
    super({ window, minPeriods, q, method }, new QuantileWindow(window, minPeriods, q, method));
  }

  /**
   * The stream that goes on exactly where the state was taken.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: RollingQuantileState): RollingQuantile {
    return resumeSeries(state, ({ window, minPeriods }, record) => {
      const q = requireQuantileLevel(record.q, "state.q");
      const method = requireOneOf("state.method", record.method, QUANTILE_METHODS);
      return new RollingQuantile(window, q, { minPeriods, method });
    });
  }
}
