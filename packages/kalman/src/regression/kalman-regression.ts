import { requireKnownOptions } from "@astra-quant/core-linalg/guards";
import { requireObservation } from "./observation.ts";
import { type KalmanRegressionOptions, OPTION_NAMES, settingsOf } from "./options.ts";
import { RegressionFilter } from "./regression-filter.ts";
import { type KalmanRegressionState, requireState } from "./state.ts";

/** What the filter says about one bar. */
export interface KalmanRegressionStep {
  /** After this bar, in units of y; NaN until the line is determined. */
  readonly intercept: number;
  /** After this bar: units of y per unit of x, the hedge ratio in shares; NaN until the line is determined. */
  readonly slope: number;
  /** y minus its prediction from the bars before; NaN until the line is determined and on a missing bar. */
  readonly innovation: number;
  /** Standard deviation of that prediction error, known before this bar's y; NaN where the innovation is. */
  readonly innovationStd: number;
  /** innovation ÷ innovationStd. */
  readonly zScore: number;
}

/**
 * The line y = intercept + slope · x + noise whose two coefficients follow random walks, estimated bar by bar
 * by the Kalman filter.
 *
 * Each bar first widens the covariance by `delta`, then compares y with its prediction (innovation and z-score
 * know nothing of this bar's y), then moves intercept and slope. A bar where x or y is NaN widens the
 * covariance, counts in `state.missing`, and gives NaN for innovation, its standard deviation and z-score.
 *
 * From the default, diffuse start every output is NaN until two bars with different x have been seen; the
 * second of them gives the first intercept and slope, and the bar after it the first z-score.
 */
export class KalmanRegression {
  #filter: RegressionFilter;

  /** @throws QuantError "option", "range", "not-finite", "shape" or "data" for an illegal option. */
  constructor(options: KalmanRegressionOptions = {}) {
    requireKnownOptions(options, OPTION_NAMES);
    this.#filter = new RegressionFilter(settingsOf(options));
  }

  /**
   * Takes one bar: x and y are prices, finite, or NaN where missing.
   *
   * @throws QuantError "not-finite" for an infinity, "data" for anything that is no number.
   */
  update(x: number, y: number): KalmanRegressionStep {
    const filter = this.#filter;
    filter.advance(requireObservation("x", x), requireObservation("y", y));
    return {
      intercept: filter.currentIntercept,
      slope: filter.currentSlope,
      innovation: filter.innovation,
      innovationStd: filter.innovationStd,
      zScore: filter.innovation / filter.innovationStd,
    };
  }

  /** The filter after the last bar, as plain JSON. */
  get state(): KalmanRegressionState {
    return this.#filter.toState();
  }

  /**
   * A filter that goes on from `state` with the same bits as one that was never interrupted.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: KalmanRegressionState): KalmanRegression {
    const regression = new KalmanRegression();
    regression.#filter = RegressionFilter.fromState(requireState(state));
    return regression;
  }
}
