import type { MatrixLike, VectorLike } from "@astra-quant/core-linalg";
import { isVector, requireKnownOptions, requireMatrix } from "@astra-quant/core-linalg/guards";
import { MultipleRegressionFilter } from "./multiple-regression-filter.ts";
import type { KalmanMultipleRegressionState } from "./multiple-state.ts";
import { requireObservations, requireObserved } from "./observation.ts";
import { type KalmanRegressionOptions, OPTION_NAMES, settingsOf } from "./options.ts";
import { RegressionFilter } from "./regression-filter.ts";
import type { KalmanRegressionState } from "./state.ts";

interface RegressionSeries {
  /** After each bar, in units of y. */
  readonly intercept: Float64Array;
  /** y minus its prediction from the bars before. */
  readonly innovation: Float64Array;
  /** Standard deviation of that prediction error. */
  readonly innovationStd: Float64Array;
  /** innovation ÷ innovationStd: the trading signal of a pair. */
  readonly zScore: Float64Array;
  /**
   * Gaussian log-likelihood of y: the sum of −½ (log 2π + log S + v² ÷ S) over the bars that could be
   * predicted. From a diffuse start the bars that determine the coefficients contribute the exact diffuse
   * term −½ (log 2π + log F∞) instead, F∞ being their variance per unit of diffuse variance.
   */
  readonly logLikelihood: number;
  /** Bars where y or a regressor was NaN. */
  readonly missing: number;
}

/** One entry a bar; the meaning of each is that of `KalmanRegressionStep`. */
export interface KalmanRegressionSeries extends RegressionSeries {
  /** After each bar, units of y per unit of x: the hedge ratio in shares. */
  readonly slope: Float64Array;
  /** The filter after the last bar: `KalmanRegression.from(state)` goes on from here. */
  readonly state: KalmanRegressionState;
}

/** As `KalmanRegressionSeries`, where the regressors came as a matrix. */
export interface KalmanMultipleRegressionSeries extends RegressionSeries {
  /** After each bar, one for each regressor: `slope[bar][regressor]`. */
  readonly slope: readonly Float64Array[];
  /** The filter after the last bar: `KalmanRegression.from(state)` goes on from here. */
  readonly state: KalmanRegressionState | KalmanMultipleRegressionState;
}

interface Filled {
  readonly filter: RegressionFilter | MultipleRegressionFilter;
  readonly series: Omit<RegressionSeries, "logLikelihood" | "missing">;
  /** bars × regressors, row-major. */
  readonly slopes: Float64Array;
}

function filterOver(
  X: Float64Array,
  y: Float64Array,
  columns: number,
  options: KalmanRegressionOptions,
): Filled {
  const settings = settingsOf(options, columns);
  const bars = y.length;
  const series = {
    intercept: new Float64Array(bars),
    innovation: new Float64Array(bars),
    innovationStd: new Float64Array(bars),
    zScore: new Float64Array(bars),
  };
  const slopes = new Float64Array(bars * columns);
  const line = columns === 1 && settings.intercept ? new RegressionFilter(settings) : undefined;
  const several = line === undefined ? new MultipleRegressionFilter(settings) : undefined;
  for (let t = 0; t < bars; t++) {
    if (line !== undefined) {
      line.advance(X[t]!, y[t]!);
      slopes[t] = line.currentSlope;
    } else {
      several!.advance(X, t * columns, y[t]!);
      several!.slopesInto(slopes.subarray(t * columns, (t + 1) * columns));
    }
    const filter = (line ?? several)!;
    series.intercept[t] = filter.currentIntercept;
    series.innovation[t] = filter.innovation;
    series.innovationStd[t] = filter.innovationStd;
    series.zScore[t] = filter.zScore;
  }
  return { filter: (line ?? several)!, series, slopes };
}

/**
 * The Kalman regression of y on x over whole series: the same bits as `KalmanRegression` fed bar by bar.
 *
 * @param x - prices of the hedge, one a bar; or a matrix of bars × regressors. NaN where missing
 * @param y - prices of the target, one a bar
 * @returns series with an entry a bar; NaN until the coefficients are determined, see `KalmanRegression`
 * @throws QuantError "shape" for unequal lengths, "not-finite" for an infinity, "range" for a magnitude above 1e150,
 *   "option" or "range" for an illegal option
 */
export function kalmanRegression(
  x: VectorLike,
  y: VectorLike,
  options?: KalmanRegressionOptions,
): KalmanRegressionSeries;
export function kalmanRegression(
  x: MatrixLike,
  y: VectorLike,
  options?: KalmanRegressionOptions,
): KalmanMultipleRegressionSeries;
export function kalmanRegression(
  x: VectorLike | MatrixLike,
  y: VectorLike,
  options: KalmanRegressionOptions = {},
): KalmanRegressionSeries | KalmanMultipleRegressionSeries {
  requireKnownOptions(options, OPTION_NAMES);
  if (isVector(x) || typeof x === "string") {
    const xs = requireObservations("x", x);
    const ys = requireObservations("y", y, xs.length);
    const { filter, series, slopes } = filterOver(xs, ys, 1, options);
    const { logLikelihood, missing } = filter;
    return {
      ...series,
      slope: slopes,
      logLikelihood,
      missing,
      state: filter.toState(),
    } as KalmanRegressionSeries;
  }
  const X = requireMatrix("x", x);
  const { columns } = X;
  requireObserved(X.data, (i) => `x[${Math.floor(i / columns)}][${i % columns}]`);
  const ys = requireObservations("y", y, X.rows);
  const { filter, series, slopes } = filterOver(X.data, ys, columns, options);
  const slope = Array.from(ys, (_, t) => slopes.subarray(t * columns, (t + 1) * columns));
  return {
    ...series,
    slope,
    logLikelihood: filter.logLikelihood,
    missing: filter.missing,
    state: filter.toState(),
  };
}
