import { Matrix, type MatrixLike, QuantError, type VectorLike } from "@astra-quant/core-linalg";
import {
  isVector,
  requireApart,
  requireKnownOptions,
  requireMatrix,
  requireVector,
  show,
} from "@astra-quant/core-linalg/guards";
import { regressionPanel } from "../kernels/regression-panel.ts";
import { FIGURES, type KalmanRegressionFigure } from "./figures.ts";
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

/** The series of `KalmanRegressionSeries` that have an entry a bar. */
export type KalmanRegressionOutput = Pick<KalmanRegressionSeries, KalmanRegressionFigure>;

export interface KalmanRegressionSeriesOptions extends KalmanRegressionOptions {
  /** Where the series go, five arrays of an entry a bar, where x is a vector. Without it new ones are made. */
  readonly out?: KalmanRegressionOutput;
}

const emptySeries = (bars: number): KalmanRegressionOutput => ({
  intercept: new Float64Array(bars),
  slope: new Float64Array(bars),
  innovation: new Float64Array(bars),
  innovationStd: new Float64Array(bars),
  zScore: new Float64Array(bars),
});

function outputOf(
  out: KalmanRegressionOutput | undefined,
  x: Float64Array,
  y: Float64Array,
): KalmanRegressionOutput {
  if (out === undefined) return emptySeries(y.length);
  requireKnownOptions(out, FIGURES, "out");
  const taken: [string, Float64Array][] = [
    ["x", x],
    ["y", y],
  ];
  for (const name of FIGURES) {
    const series = out[name];
    if (!(series instanceof Float64Array) || series.length !== y.length) {
      throw new QuantError(
        "shape",
        `out.${name} must be a Float64Array of ${y.length} entries, got ${show(series)}`,
        { argument: `out.${name}`, expected: y.length },
      );
    }
    for (const [other, values] of taken) requireApart(series, other, values);
    taken.push([`out.${name}`, series]);
  }
  return out;
}

/** One regressor and an intercept: a panel of one pair. */
function lineSeries(
  x: Float64Array,
  y: Float64Array,
  settings: Settings,
  nameOf: (series: "x" | "y", entry: number) => string,
  { intercept, slope, innovation, innovationStd, zScore }: KalmanRegressionOutput,
): KalmanRegressionSeries {
  const bars = y.length;
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
  return {
    ...{ intercept, slope, innovation, innovationStd, zScore, logLikelihood, missing },
    state: filter!.toState(),
  };
}

/** `slope` holds the slopes of one bar after those of the other. */
function multipleSeries(
  X: Matrix,
  y: Float64Array,
  settings: Settings,
  { slope: _, ...series }: KalmanRegressionOutput = emptySeries(y.length),
): KalmanMultipleRegressionSeries {
  const { columns } = X;
  const bars = y.length;
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
  options?: KalmanRegressionSeriesOptions & { readonly intercept?: true },
): KalmanRegressionSeries;
export function kalmanRegression(
  x: VectorLike,
  y: VectorLike,
  options?: KalmanRegressionSeriesOptions,
): KalmanRegressionSeries<AnyState>;
export function kalmanRegression(
  x: MatrixLike,
  y: VectorLike,
  options?: KalmanRegressionOptions,
): KalmanMultipleRegressionSeries;
export function kalmanRegression(
  x: VectorLike | MatrixLike,
  y: VectorLike,
  options: KalmanRegressionSeriesOptions = {},
): KalmanRegressionSeries<AnyState> | KalmanMultipleRegressionSeries {
  requireKnownOptions(options, [...OPTION_NAMES, "out"]);
  const { out, ...model } = options;
  if (isVector(x) || typeof x === "string") {
    const xs = requireVector("x", x);
    const ys = requireVector("y", y, xs.length);
    const settings = settingsOf(model);
    const output = outputOf(out, xs, ys);
    if (settings.intercept) return lineSeries(xs, ys, settings, (name, t) => `${name}[${t}]`, output);
    requireObserved(xs, (t) => `x[${t}]`);
    requireObserved(ys, (t) => `y[${t}]`);
    const { slope, ...series } = multipleSeries(new Matrix(xs.length, 1, xs), ys, settings, output);
    for (let t = 0; t < slope.length; t++) output.slope[t] = slope[t]![0]!;
    return { ...series, slope: output.slope };
  }
  if (out !== undefined) {
    throw new QuantError("option", `out must be left out where x is a matrix, got ${show(out)}`, {
      argument: "out",
    });
  }
  const X = requireMatrix("x", x);
  const { columns } = X;
  const ys = requireVector("y", y, X.rows);
  const settings = settingsOf(model, columns);
  if (columns === 1 && settings.intercept) {
    const nameOf = (name: string, t: number) => (name === "x" ? `x[${t}][0]` : `y[${t}]`);
    const { slope, ...series } = lineSeries(X.data, ys, settings, nameOf, emptySeries(ys.length));
    return { ...series, slope: Array.from(slope, (value) => Float64Array.of(value)) };
  }
  requireObserved(X.data, (i) => `x[${Math.floor(i / columns)}][${i % columns}]`);
  requireObserved(ys, (t) => `y[${t}]`);
  return multipleSeries(X, ys, settings);
}
