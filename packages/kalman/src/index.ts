export { type PairSignalOptions, pairSignal } from "./pair-signal.ts";
export { KalmanRegression, type KalmanRegressionStep } from "./regression/kalman-regression.ts";
export { type KalmanRegressionSeries, kalmanRegression } from "./regression/kalman-regression-series.ts";
export type { KalmanRegressionOptions, RegressionPrior } from "./regression/options.ts";
export type { KalmanRegressionState } from "./regression/state.ts";
