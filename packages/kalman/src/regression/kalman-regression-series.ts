import type { VectorLike } from "@astra-quant/core-linalg";
import { requireKnownOptions } from "@astra-quant/core-linalg/guards";
import { requireObservations } from "./observation.ts";
import { type KalmanRegressionOptions, OPTION_NAMES, settingsOf } from "./options.ts";
import { RegressionFilter } from "./regression-filter.ts";
import type { KalmanRegressionState } from "./state.ts";

/** One entry a bar; the meaning of each is that of `KalmanRegressionStep`. */
export interface KalmanRegressionSeries {
  /** After each bar, in units of y. */
  readonly intercept: Float64Array;
  /** After each bar, units of y per unit of x: the hedge ratio in shares. */
  readonly slope: Float64Array;
  /** y minus its prediction from the bars before. */
  readonly innovation: Float64Array;
  /** Standard deviation of that prediction error. */
  readonly innovationStd: Float64Array;
  /** innovation ÷ innovationStd: the trading signal of a pair. */
  readonly zScore: Float64Array;
  /**
   * Gaussian log-likelihood of y: the sum of −½ (log 2π + log S + v² ÷ S) over the bars that could be
   * predicted. From a diffuse start the two bars that determine level and slope contribute the exact diffuse
   * term −½ (log 2π + log F∞) instead, F∞ being their variance per unit of diffuse variance.
   */
  readonly logLikelihood: number;
  /** Bars where x or y was NaN. */
  readonly missing: number;
  /** The filter after the last bar: `KalmanRegression.from(state)` goes on from here. */
  readonly state: KalmanRegressionState;
}

/**
 * The Kalman regression of y on x over whole series: the same bits as `KalmanRegression` fed bar by bar.
 *
 * @param x - prices of the hedge, one a bar; NaN where missing
 * @param y - prices of the target, as many
 * @returns series of x's length; NaN until the line is determined, see `KalmanRegression`
 * @throws QuantError "shape" for unequal lengths, "not-finite" for an infinity, "option" or "range" for an
 *   illegal option
 */
export function kalmanRegression(
  x: VectorLike,
  y: VectorLike,
  options: KalmanRegressionOptions = {},
): KalmanRegressionSeries {
  requireKnownOptions(options, OPTION_NAMES);
  const filter = new RegressionFilter(settingsOf(options));
  const xs = requireObservations("x", x);
  const ys = requireObservations("y", y, xs.length);
  const bars = xs.length;
  const intercept = new Float64Array(bars);
  const slope = new Float64Array(bars);
  const innovation = new Float64Array(bars);
  const innovationStd = new Float64Array(bars);
  const zScore = new Float64Array(bars);
  for (let t = 0; t < bars; t++) {
    filter.advance(xs[t]!, ys[t]!);
    intercept[t] = filter.currentIntercept;
    slope[t] = filter.currentSlope;
    innovation[t] = filter.innovation;
    innovationStd[t] = filter.innovationStd;
    zScore[t] = filter.innovation / filter.innovationStd;
  }
  return {
    intercept,
    slope,
    innovation,
    innovationStd,
    zScore,
    logLikelihood: filter.logLikelihood,
    missing: filter.missing,
    state: filter.toState(),
  };
}
