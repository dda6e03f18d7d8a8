import { Matrix, type MatrixLike, QuantError, type VectorLike } from "@astra-quant/core-linalg";
import { isVector, requireKnownOptions, requireMatrix, requireVector } from "@astra-quant/core-linalg/guards";
import { requireObserved } from "../regression/observation.ts";
import { type KalmanRegressionOptions, type Settings, settingsOf } from "../regression/options.ts";
import { kalmanSmoother } from "./kalman-smoother.ts";
import { anchoredRegression } from "./regression-model.ts";

/** The options of `kalmanRegression` that a smoother knows; its drift is 'equal' or 'ratio'. */
export type SmoothRegressionOptions = Pick<
  KalmanRegressionOptions,
  "delta" | "drift" | "observationVariance" | "intercept" | "initial"
>;

interface RegressionSmoothing {
  /** In units of y; 0 without an intercept. */
  readonly intercept: Float64Array;
  /** Standard deviation of the intercept around it; 0 without one. */
  readonly interceptStd: Float64Array;
  /** y minus the smoothed line; NaN where y or a regressor is. */
  readonly residual: Float64Array;
  /** Of the filter; see `KalmanRegressionSeries`. */
  readonly logLikelihood: number;
  /** Bars where y or a regressor was NaN. */
  readonly missing: number;
}

/** One entry a bar, given all bars; NaN where they leave a coefficient undetermined. */
export interface SmoothedRegression extends RegressionSmoothing {
  /** Units of y per unit of x. */
  readonly slope: Float64Array;
  /** Standard deviation of the slope around it. */
  readonly slopeStd: Float64Array;
}

/** As `SmoothedRegression`, where the regressors came as a matrix: `slope[bar][regressor]`. */
export interface SmoothedMultipleRegression extends RegressionSmoothing {
  readonly slope: readonly Float64Array[];
  readonly slopeStd: readonly Float64Array[];
}

const OPTION_NAMES = ["delta", "drift", "observationVariance", "intercept", "initial"];

/** The regressors as a matrix and the target, validated. */
export function requireRegressionData(
  x: VectorLike | MatrixLike,
  y: VectorLike,
): { X: Matrix; ys: Float64Array } {
  const X = isVector(x) ? new Matrix(x.length, 1, requireVector("x", x)) : requireMatrix("x", x);
  const ys = requireVector("y", y, X.rows);
  const { columns } = X;
  requireObserved(X.data, (i) => (isVector(x) ? `x[${i}]` : `x[${Math.floor(i / columns)}][${i % columns}]`));
  requireObserved(ys, (t) => `y[${t}]`);
  return { X, ys };
}

/** The settings, if they are those of a random walk with a constant step. */
export function requireConstantStep(settings: Settings): Settings {
  if (settings.drift !== "scaled") return settings;
  throw new QuantError("option", "drift must be one of 'equal', 'ratio' here, got \"scaled\"", {
    argument: "drift",
  });
}

function several(X: Matrix, y: Float64Array, settings: Settings): SmoothedMultipleRegression {
  const { regressors: k, intercept: hasIntercept } = settings;
  const { model, options, Y, anchor } = anchoredRegression(X, y, settings);
  const { mean, covariance, logLikelihood, missing } = kalmanSmoother(model, Y, options);
  const n = mean.columns;
  const bars = y.length;
  const intercept = new Float64Array(bars);
  const interceptStd = new Float64Array(bars);
  const residual = new Float64Array(bars);
  const slope = Array.from(y, () => new Float64Array(k));
  const slopeStd = Array.from(y, () => new Float64Array(k));
  for (let t = 0; t < bars; t++) {
    const V = covariance[t]!.data;
    let fitted = hasIntercept ? mean.data[t * n]! : 0;
    let base = fitted;
    // intercept = level − anchorᵀ slope, so its variance is wᵀ V w with w = (1, −anchor)
    let variance = hasIntercept ? V[0]! : 0;
    for (let j = 0; j < k; j++) {
      const i = n - k + j;
      const b = mean.data[t * n + i]!;
      slope[t]![j] = b;
      slopeStd[t]![j] = Math.sqrt(V[i * n + i]!);
      fitted += b * (X.data[t * k + j]! - anchor[j]!);
      base -= b * anchor[j]!;
      if (hasIntercept) variance -= 2 * anchor[j]! * V[i]!;
      for (let l = 0; l < k; l++) variance += anchor[j]! * anchor[l]! * V[i * n + n - k + l]!;
    }
    intercept[t] = hasIntercept ? base : 0 * base;
    interceptStd[t] = Math.sqrt(Math.max(0, variance));
    residual[t] = y[t]! - fitted;
  }
  return { intercept, interceptStd, slope, slopeStd, residual, logLikelihood, missing };
}

/**
 * The coefficients of `kalmanRegression` at every bar given all bars, those after it too: for looking back, never for
 * trading.
 *
 * @param x - prices of the hedge, one a bar; or a matrix of bars × regressors. NaN where missing
 * @param y - prices of the target, one a bar
 * @throws QuantError as `kalmanRegression` does
 */
export function smoothRegression(
  x: VectorLike,
  y: VectorLike,
  options?: SmoothRegressionOptions,
): SmoothedRegression;
export function smoothRegression(
  x: MatrixLike,
  y: VectorLike,
  options?: SmoothRegressionOptions,
): SmoothedMultipleRegression;
export function smoothRegression(
  x: VectorLike | MatrixLike,
  y: VectorLike,
  options: SmoothRegressionOptions = {},
): SmoothedRegression | SmoothedMultipleRegression {
  requireKnownOptions(options, OPTION_NAMES);
  const { X, ys } = requireRegressionData(x, y);
  const smoothed = several(X, ys, requireConstantStep(settingsOf(options, X.columns)));
  if (!isVector(x)) return smoothed;
  const only = (rows: readonly Float64Array[]) => Float64Array.from(rows, ([value]) => value!);
  return { ...smoothed, slope: only(smoothed.slope), slopeStd: only(smoothed.slopeStd) };
}
