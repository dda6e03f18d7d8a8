import { QuantError, type VectorLike } from "@astra-quant/core-linalg";
import {
  isVector,
  requireFinite,
  requireInteger,
  requireKnownOptions,
  requireVector,
  show,
} from "@astra-quant/core-linalg/guards";
import { MultipleRegressionFilter } from "./multiple-regression-filter.ts";
import { type KalmanMultipleRegressionState, requireMultipleState } from "./multiple-state.ts";
import { requireObservation, requireObserved } from "./observation.ts";
import { type KalmanRegressionOptions, OPTION_NAMES, settingsOf } from "./options.ts";
import { RegressionFilter } from "./regression-filter.ts";
import { type KalmanRegressionState, requireState, requireVersion } from "./state.ts";

/** What the filter says about one bar. */
export interface KalmanRegressionStep {
  /** After this bar, in units of y; NaN until the line is determined, 0 where the regression has none. */
  readonly intercept: number;
  /** After this bar: units of y per unit of x, the hedge ratio in shares; NaN until the line is determined. */
  readonly slope: number;
  /** y minus its prediction from the bars before; NaN until the line is determined and on a missing bar. */
  readonly innovation: number;
  /** Standard deviation of that prediction error, known before this bar's y; NaN where the innovation is. */
  readonly innovationStd: number;
  /** innovation ÷ innovationStd; with `volatilityHalfLife` also ÷ the recent size of such ratios before this bar. */
  readonly zScore: number;
}

/** What the filter says about one bar whose regressors came as a vector. */
export interface KalmanMultipleRegressionStep extends Omit<KalmanRegressionStep, "slope"> {
  /** After this bar, one for each regressor; NaN until the coefficients are determined. */
  readonly slope: Float64Array;
}

export interface KalmanRegressionStreamOptions extends KalmanRegressionOptions {
  /**
   * How many regressors a bar has.
   * @defaultValue 1
   */
  readonly regressors?: number;
}

/**
 * The line y = intercept + slope · x + noise whose coefficients follow random walks, estimated bar by bar
 * by the Kalman filter; x is one regressor or a vector of several.
 *
 * Each bar first widens the covariance by the step that `delta`, `drift` and `forgetting` say, then compares y with its
 * prediction (innovation and z-score know nothing of this bar's y), then moves the coefficients. A bar where y or a
 * regressor is NaN widens the covariance, counts in `state.missing`, and gives NaN for innovation, its standard
 * deviation and z-score.
 *
 * From the default, diffuse start every output is NaN until the bars determine every coefficient: two bars with
 * different x for a line, k + 1 for k regressors and an intercept. The bar that completes them gives the first
 * coefficients, the bar after it the first z-score. Regressors that are a linear combination of one another, or
 * constant beside an intercept, never determine theirs.
 */
export class KalmanRegression {
  #filter: RegressionFilter | MultipleRegressionFilter;
  #regressors: number;
  #time: number | undefined;

  /** @throws QuantError "option", "range", "not-finite", "shape" or "data" for an illegal option. */
  constructor(options: KalmanRegressionStreamOptions = {}) {
    requireKnownOptions(options, [...OPTION_NAMES, "regressors"]);
    const { regressors = 1 } = options;
    const settings = settingsOf(options, requireInteger("regressors", regressors, 1));
    this.#regressors = regressors;
    this.#filter =
      regressors === 1 && settings.intercept
        ? new RegressionFilter(settings)
        : new MultipleRegressionFilter(settings);
  }

  /**
   * Takes one bar: x and y are prices, finite, or NaN where missing. The slope is a number where x is one and a
   * Float64Array where x is a vector.
   *
   * @param time - any number that grows with time, such as epoch milliseconds; where given, never before the last given
   * @throws QuantError "not-finite" for an infinity, "range" for a magnitude above 1e150, "data" for anything that is no
   *   number or for a time that goes backwards, "shape" for the wrong number of regressors.
   */
  update(x: number, y: number, time?: number): KalmanRegressionStep;
  update(x: VectorLike, y: number, time?: number): KalmanMultipleRegressionStep;
  update(
    x: number | VectorLike,
    y: number,
    time?: number,
  ): KalmanRegressionStep | KalmanMultipleRegressionStep {
    const filter = this.#filter;
    const bar = this.#requireBar(x);
    const target = requireObservation("y", y);
    if (time !== undefined) this.#requireTime(time);
    const slopes = new Float64Array(this.#regressors);
    if (filter instanceof RegressionFilter) {
      filter.advance(bar[0]!, target);
      slopes[0] = filter.currentSlope;
    } else {
      filter.advance(bar, 0, target);
      filter.slopesInto(slopes);
    }
    return {
      intercept: filter.currentIntercept,
      slope: typeof x === "number" ? slopes[0]! : slopes,
      innovation: filter.innovation,
      innovationStd: filter.innovationStd,
      zScore: filter.zScore,
    } as KalmanRegressionStep | KalmanMultipleRegressionStep;
  }

  #requireBar(x: number | VectorLike): Float64Array {
    if (!isVector(x)) {
      const value = requireObservation("x", x);
      if (this.#regressors === 1) return Float64Array.of(value);
      throw new QuantError("shape", `x must have ${this.#regressors} entries, got ${value}`, {
        argument: "x",
      });
    }
    const bar = requireVector("x", x, this.#regressors);
    requireObserved(bar, (j) => `x[${j}]`);
    return bar;
  }

  #requireTime(time: number): void {
    requireFinite("time", time);
    if (this.#time !== undefined && time < this.#time) {
      throw new QuantError("data", `time must not go backwards from ${this.#time}, got ${show(time)}`, {
        argument: "time",
        value: time,
      });
    }
    this.#time = time;
  }

  /** The filter after the last bar, as plain JSON. */
  get state(): KalmanRegressionState | KalmanMultipleRegressionState {
    const state = this.#filter.toState();
    return this.#time === undefined ? state : { ...state, time: this.#time };
  }

  /**
   * A filter that goes on from `state` with the same bits as one that was never interrupted.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: KalmanRegressionState | KalmanMultipleRegressionState): KalmanRegression {
    const regression = new KalmanRegression();
    const given = requireVersion(state);
    if ("regressors" in given || "mean" in given) {
      const checked = requireMultipleState(given as KalmanMultipleRegressionState);
      regression.#filter = MultipleRegressionFilter.fromState(checked);
      regression.#regressors = checked.regressors;
    } else {
      regression.#filter = RegressionFilter.fromState(requireState(given as KalmanRegressionState));
    }
    regression.#time = state.time;
    return regression;
  }
}
