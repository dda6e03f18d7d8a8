import { requireInteger } from "../guards/numbers.ts";
import { requireKnownOptions } from "../guards/options.ts";
import { rollingSquares } from "../kernels/rolling-squares.ts";
import { requireTable } from "../series/in-kind.ts";
import type { TableLike, TableOf } from "../series/table-like.ts";
import { answerInKind } from "./answer.ts";
import { type RollingOptions, requireWindow, type WindowOptions } from "./options.ts";
import { runSquares } from "./run-squares.ts";
import { resumeSeries, type SeriesState, SeriesStream, type StreamSettings } from "./series-stream.ts";

export interface DdofOptions {
  /**
   * What is taken from the number of values present in the divisor: 1 for the unbiased sample variance, 0 for the
   * population's.
   *
   * @defaultValue 1
   */
  readonly ddof?: number;
}

export interface RollingVarianceOptions<X extends TableLike> extends RollingOptions<X>, DdofOptions {}
export interface VarianceWindowOptions extends WindowOptions, DdofOptions {}

export interface DdofSettings extends StreamSettings {
  readonly ddof: number;
}

export type RollingVarianceState = SeriesState<DdofSettings>;

/** The settings of a stream whose options are a window's and a ddof. */
export function requireDdofSettings(length: number, options: VarianceWindowOptions): DdofSettings {
  requireKnownOptions(options, ["minPeriods", "ddof"]);
  const { ddof = 1 } = options;
  return { ...requireWindow(length, options.minPeriods), ddof: requireInteger("ddof", ddof, 0) };
}

function squares<X extends TableLike>(
  x: X,
  length: number,
  options: RollingVarianceOptions<X>,
  root: boolean,
): TableOf<X> {
  const { out, ...window } = options;
  requireKnownOptions(options, ["out", "minPeriods", "ddof"]);
  const settings = requireDdofSettings(length, window);
  const table = requireTable("x", x);
  return answerInKind(x, table, out, [table], (answer) => {
    rollingSquares(table, { ...settings, root }, answer);
  });
}

/**
 * The variance of the last `window` values at each time, of a vector or of every column of a matrix or `Panel`
 * (time × assets), in the unit of x squared; never negative, and exactly 0 where the window is constant. A value that
 * is not finite counts as missing: the answer is the variance of the n present, Σ(x − mean)² ÷ (n − ddof), NaN where
 * fewer than `minPeriods` or no more than `ddof` are. Nothing is ever subtracted from a sum, so neither a large level
 * nor a spike that has left costs digits. Squares beyond the doubles (deviations above 1e154) are NaN.
 *
 * @throws QuantError "range" for a window that is no integer ≥ 1, a minPeriods outside 1 … window or a ddof that is no
 *   integer ≥ 0, "shape" for x or `out` of a wrong form, "option" for an `out` that shares memory with x.
 */
export function rollingVariance<X extends TableLike>(
  x: X,
  window: number,
  options: RollingVarianceOptions<X> = {},
): TableOf<X> {
  return squares(x, window, options, false);
}

/** The square root of {@link rollingVariance}, in the unit of x; everything else as there. */
export function rollingStd<X extends TableLike>(
  x: X,
  window: number,
  options: RollingVarianceOptions<X> = {},
): TableOf<X> {
  return squares(x, window, options, true);
}

/** {@link rollingVariance} value by value. */
export class RollingVariance extends SeriesStream<DdofSettings> {
  constructor(window: number, options: VarianceWindowOptions = {}) {
    const settings = requireDdofSettings(window, options);
    super(settings, runSquares({ ddof: settings.ddof, root: false }));
  }

  /**
   * The stream that goes on exactly where the state was taken.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: RollingVarianceState): RollingVariance {
    return resumeSeries(state, ({ window, minPeriods }, { ddof }) => {
      return new RollingVariance(window, { minPeriods, ddof: requireInteger("state.ddof", ddof, 0) });
    });
  }
}

/** {@link rollingStd} value by value. */
export class RollingStd extends SeriesStream<DdofSettings> {
  constructor(window: number, options: VarianceWindowOptions = {}) {
    const settings = requireDdofSettings(window, options);
    super(settings, runSquares({ ddof: settings.ddof, root: true }));
  }

  /** As {@link RollingVariance.from}. */
  static from(state: RollingVarianceState): RollingStd {
    return resumeSeries(state, ({ window, minPeriods }, { ddof }) => {
      return new RollingStd(window, { minPeriods, ddof: requireInteger("state.ddof", ddof, 0) });
    });
  }
}
