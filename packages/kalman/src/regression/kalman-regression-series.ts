import { Matrix, type MatrixLike, type VectorLike } from "@astra-quant/core-linalg";
import { isVector, requireKnownOptions, requireMatrix, requireVector } from "@astra-quant/core-linalg/guards";
import { regressionPanel } from "../kernels/regression-panel.ts";
import { MultipleRegressionFilter } from "./multiple-regression-filter.ts";
import type { KalmanMultipleRegressionState } from "./multiple-state.ts";
import { requireObserved } from "./observation.ts";
import { type KalmanRegressionOptions, OPTION_NAMES, type Settings, settingsOf } from "./options.ts";
import { RegressionFilter } from "./regression-filter.ts";
import type { KalmanRegressionState } from "./state.ts";

type AnyState = KalmanRegressionState | KalmanMultipleRegressionState;

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
export interface KalmanRegressionSeries<State = KalmanRegressionState> extends RegressionSeries {
  /** After each bar, units of y per unit of x: the hedge ratio in shares. */
  readonly slope: Float64Array;
  /** The filter after the last bar: `KalmanRegression.from(state)` goes on from here. */
  readonly state: State;
}

/** As `KalmanRegressionSeries`, where the regressors came as a matrix. */
export interface KalmanMultipleRegressionSeries extends RegressionSeries {
  /** After each bar, one for each regressor: `slope[bar][regressor]`. */
  readonly slope: readonly Float64Array[];
  /** The filter after the last bar: `KalmanRegression.from(state)` goes on from here. */
  readonly state: AnyState;
}

const emptySeries = (bars: number) => ({
  intercept: new Float64Array(bars),
  slope: new Float64Array(bars),
  innovation: new Float64Array(bars),
  innovationStd: new Float64Array(bars),
  zScore: new Float64Array(bars),
});

/** One regressor and an intercept: a panel of one pair. */
function lineSeries(
  x: Float64Array,
  y: Float64Array,
  settings: Settings,
  nameOf: (series: "x" | "y", entry: number) => string,
): KalmanRegressionSeries {
  const bars = y.length;
  const series = emptySeries(bars);
  const { intercept, slope, innovation, innovationStd, zScore } = series;
  const [filter] = regressionPanel(
    { x: new Matrix(bars, 1, x), y: new Matrix(bars, 1, y), nameOf },
    () => [new RegressionFilter(settings)],
    {
      intercept: new Matrix(bars, 1, intercept),
      slope: new Matrix(bars, 1, slope),
      innovation: new Matrix(bars, 1, innovation),
      innovationStd: new Matrix(bars, 1, innovationStd),
      zScore: new Matrix(bars, 1, zScore),
    },
  );
  const { logLikelihood, missing } = filter!;
  return { ...series, logLikelihood, missing, state: filter!.toState() };
}

/** `slope` holds the slopes of one bar after those of the other. */
function multipleSeries(X: Matrix, y: Float64Array, settings: Settings): KalmanMultipleRegressionSeries {
  const { columns } = X;
  const bars = y.length;
  const { slope: _, ...series } = emptySeries(bars);
  const slopes = new Float64Array(bars * columns);
  const slope = Array.from(y, (_value, t) => slopes.subarray(t * columns, (t + 1) * columns));
  const filter = new MultipleRegressionFilter(settings);
  for (let t = 0; t < bars; t++) {
    filter.advance(X.data, t * columns, y[t]!);
    filter.slopesInto(slope[t]!);
    series.intercept[t] = filter.currentIntercept;
    series.innovation[t] = filter.innovation;
    series.innovationStd[t] = filter.innovationStd;
    series.zScore[t] = filter.zScore;
  }
  const { logLikelihood, missing } = filter;
  return { ...series, slope, logLikelihood, missing, state: filter.toState() };
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
  options?: KalmanRegressionOptions & { readonly intercept?: true },
): KalmanRegressionSeries;
export function kalmanRegression(
  x: VectorLike,
  y: VectorLike,
  options?: KalmanRegressionOptions,
): KalmanRegressionSeries<AnyState>;
export function kalmanRegression(
  x: MatrixLike,
  y: VectorLike,
  options?: KalmanRegressionOptions,
): KalmanMultipleRegressionSeries;
export function kalmanRegression(
  x: VectorLike | MatrixLike,
  y: VectorLike,
  options: KalmanRegressionOptions = {},
): KalmanRegressionSeries<AnyState> | KalmanMultipleRegressionSeries {
  requireKnownOptions(options, OPTION_NAMES);
  const line = (xs: Float64Array, ys: Float64Array, settings: Settings, nameX: (t: number) => string) =>
    lineSeries(xs, ys, settings, (name, t) => (name === "x" ? nameX(t) : `y[${t}]`));
  if (isVector(x) || typeof x === "string") {
    const xs = requireVector("x", x);
    const ys = requireVector("y", y, xs.length);
    const settings = settingsOf(options);
    if (settings.intercept) return line(xs, ys, settings, (t) => `x[${t}]`);
    requireObserved(xs, (t) => `x[${t}]`);
    requireObserved(ys, (t) => `y[${t}]`);
    const { slope, ...series } = multipleSeries(new Matrix(xs.length, 1, xs), ys, settings);
    return { ...series, slope: Float64Array.from(slope, ([only]) => only!) };
  }
  const X = requireMatrix("x", x);
  const { columns } = X;
  const ys = requireVector("y", y, X.rows);
  const settings = settingsOf(options, columns);
  if (columns === 1 && settings.intercept) {
    const { slope, ...series } = line(X.data, ys, settings, (t) => `x[${t}][0]`);
    return { ...series, slope: Array.from(slope, (value) => Float64Array.of(value)) };
  }
  requireObserved(X.data, (i) => `x[${Math.floor(i / columns)}][${i % columns}]`);
  requireObserved(ys, (t) => `y[${t}]`);
  return multipleSeries(X, ys, settings);
}
