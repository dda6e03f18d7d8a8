import { requireNumber } from "../guards/numbers.ts";
import { requireKnownOptions } from "../guards/options.ts";
import { toJsonSeries } from "../guards/states.ts";
import { rollingRankCorrelations } from "../kernels/rolling-rank-correlation.ts";
import { requireTable } from "../series/in-kind.ts";
import type { TableLike, TableOf } from "../series/table-like.ts";
import { answerInKind } from "./answer.ts";
import { requirePartner } from "./covariance.ts";
import { type RollingOptions, requireWindow, type WindowOptions } from "./options.ts";
import { RankPairWindow } from "./rank-pair-window.ts";
import { resumePair, type StreamSettings } from "./series-stream.ts";
import type { RollingPairState } from "./stream-state.ts";

/**
 * Spearman's correlation of the last `window` values of x with those of y at each time, in [−1, 1]: that of their ranks in
 * the window, of which equal values share the mean. Forms of x and y, windows and NaN as in `rollingCovariance`; NaN too
 * where one of the two does not vary. Ranks are counted in integers, so nothing drifts. The work a value grows with the
 * window.
 *
 * @throws QuantError as `rollingCovariance` does.
 */
export function rollingRankCorrelation<X extends TableLike>(
  x: X,
  y: TableLike,
  window: number,
  options: RollingOptions<X> = {},
): TableOf<X> {
  requireKnownOptions(options, ["out", "minPeriods"]);
  const settings = requireWindow(window, options.minPeriods);
  const left = requireTable("x", x);
  const right = requirePartner(left, y);
  return answerInKind(x, left, options.out, [left, right], (answer) => {
    rollingRankCorrelations(left, right, settings, answer);
  });
}

/** {@link rollingRankCorrelation} row by row. */
export class RollingRankCorrelation {
  readonly #settings: StreamSettings;
  readonly #pairs: RankPairWindow;

  constructor(window: number, options: WindowOptions = {}) {
    requireKnownOptions(options, ["minPeriods"]);
    this.#settings = requireWindow(window, options.minPeriods);
    this.#pairs = new RankPairWindow(window, this.#settings.minPeriods);
  }

  /**
   * The answer for the window that ends with this row, in the bits that the batch form gives.
   *
   * @throws QuantError "data" when x or y is no number; NaN and the infinities are missing values.
   */
  push(x: number, y: number): number {
    return this.#pairs.push(requireNumber("x", x), requireNumber("y", y));
  }

  /** A snapshot, plain JSON, to go on from with `from`. It holds the window's rows. */
  get state(): RollingPairState {
    const { x, y } = this.#pairs.remembered;
    return { ...this.#settings, version: 1, x: toJsonSeries(x), y: toJsonSeries(y) };
  }

  /**
   * The stream that goes on exactly where the state was taken.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: RollingPairState): RollingRankCorrelation {
    return resumePair(state, ({ window, minPeriods }) => new RollingRankCorrelation(window, { minPeriods }));
  }
}
