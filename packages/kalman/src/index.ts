export { type PairSignalOptions, pairSignal } from "./pair-signal.ts";
export type { Drift, MeanSquaresState } from "./regression/drift.ts";
export {
  type KalmanMultipleRegressionStep,
  KalmanRegression,
  type KalmanRegressionStep,
  type KalmanRegressionStreamOptions,
} from "./regression/kalman-regression.ts";
export {
  type KalmanMultipleRegressionSeries,
  type KalmanRegressionSeries,
  kalmanRegression,
} from "./regression/kalman-regression-series.ts";
export type { KalmanMultipleRegressionState } from "./regression/multiple-state.ts";
export type { KalmanRegressionOptions, RegressionPrior } from "./regression/options.ts";
export type { RecentVolatilityState } from "./regression/recent-volatility.ts";
export type { KalmanRegressionState } from "./regression/state.ts";
