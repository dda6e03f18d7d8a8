export { type AdfTest, type AdfTestOptions, adfTest } from "./cointegration/adf-test.ts";
export { type EngleGranger, type EngleGrangerOptions, engleGranger } from "./cointegration/engle-granger.ts";
export { type HalfLife, type HalfLifeOptions, halfLife } from "./cointegration/half-life.ts";
export {
  type HurstExponent,
  type HurstExponentOptions,
  type HurstMethod,
  hurstExponent,
} from "./cointegration/hurst-exponent.ts";
export type { JohansenStatistic } from "./cointegration/johansen-statistic.ts";
export type { JohansenTrend } from "./cointegration/johansen-tables.ts";
export { type JohansenTest, type JohansenTestOptions, johansenTest } from "./cointegration/johansen-test.ts";
export { type KpssTest, type KpssTestOptions, kpssTest } from "./cointegration/kpss-test.ts";
export type { LagOptions, LagSelection } from "./cointegration/lag-selection.ts";
export {
  type UnitRootCriticalValueOptions,
  type UnitRootCriticalValues,
  type UnitRootDistributionOptions,
  unitRootCriticalValues,
  unitRootPValue,
} from "./cointegration/mackinnon.ts";
export {
  type PhillipsPerronTest,
  type PhillipsPerronTestOptions,
  phillipsPerronTest,
} from "./cointegration/phillips-perron-test.ts";
export type { Trend } from "./cointegration/trend.ts";
export {
  type VarianceRatio,
  type VarianceRatioOptions,
  varianceRatio,
} from "./cointegration/variance-ratio.ts";
export {
  type InnovationDiagnostics,
  type InnovationDiagnosticsOptions,
  type InnovationTest,
  innovationDiagnostics,
} from "./diagnostics/innovation-diagnostics.ts";
export {
  type FitKalmanRegressionOptions,
  type FitMethod,
  type FitSolution,
  fitKalmanRegression,
  type KalmanRegressionFit,
} from "./fit/fit-kalman-regression.ts";
export type { FitStandardErrors } from "./fit/standard-errors.ts";
export type { PanelSeries } from "./kernels/regression-panel.ts";
export {
  type AdjustedPValuesOptions,
  adjustedPValues,
  type FalseDiscoveryMethod,
} from "./pairs/adjusted-p-values.ts";
export { type DollarHedgeOptions, dollarHedge } from "./pairs/dollar-hedge.ts";
export {
  type ExplainedPairSignal,
  explainPairSignal,
  type PairSignalChange,
  type PairSignalSeriesOptions,
  pairSignal,
} from "./pairs/pair-signal.ts";
export type { PairSignalOptions } from "./pairs/pair-signal-options.ts";
export type { PairPosition, PairSignalReason } from "./pairs/pair-signal-rule.ts";
export type { PairSignalState } from "./pairs/pair-signal-state.ts";
export { PairSignal, type PairSignalStep } from "./pairs/pair-signal-stream.ts";
export {
  type PairExclusion,
  type PairRanking,
  type RankedPair,
  rankPairs,
  rankPairsAsync,
} from "./pairs/rank-pairs.ts";
export type { HedgeEstimator, PairOrder, RankPairsOptions } from "./pairs/rank-pairs-options.ts";
export { type ZeroCrossingsOptions, zeroCrossings } from "./pairs/zero-crossings.ts";
export {
  type KalmanRegressionPanel,
  type KalmanRegressionPanelOptions,
  kalmanRegressionPanel,
} from "./panel/kalman-regression-panel.ts";
export type { Drift, MeanSquaresState } from "./regression/drift.ts";
export type { KalmanRegressionFigure } from "./regression/figures.ts";
export {
  type KalmanMultipleRegressionStep,
  KalmanRegression,
  type KalmanRegressionStep,
  type KalmanRegressionStreamOptions,
} from "./regression/kalman-regression.ts";
export {
  type KalmanMultipleRegressionSeries,
  type KalmanRegressionOutput,
  type KalmanRegressionSeries,
  type KalmanRegressionSeriesOptions,
  kalmanRegression,
} from "./regression/kalman-regression-series.ts";
export type { KalmanMultipleRegressionState } from "./regression/multiple-state.ts";
export type { KalmanRegressionOptions, RegressionPrior } from "./regression/options.ts";
export type { RecentVolatilityState } from "./regression/recent-volatility.ts";
export type { SeedCovarianceState } from "./regression/seed-covariance.ts";
export type { CovarianceFractionState, KalmanRegressionState } from "./regression/state.ts";
export {
  FixedLagSmoother,
  type FixedLagSmootherOptions,
  type FixedLagSmootherState,
  type FixedLagStep,
} from "./smoother/fixed-lag-smoother.ts";
export { type KalmanSmoothing, kalmanSmoother } from "./smoother/kalman-smoother.ts";
export {
  type SmoothedMultipleRegression,
  type SmoothedRegression,
  type SmoothRegressionOptions,
  smoothRegression,
} from "./smoother/smooth-regression.ts";
export type { Forecast } from "./state-space/forecast.ts";
export type { StatePrior } from "./state-space/initial-state.ts";
export {
  KalmanFilter,
  type KalmanFilterOptions,
  type KalmanFilterStep,
} from "./state-space/kalman-filter.ts";
export { type KalmanFilterSeries, kalmanFilter } from "./state-space/kalman-filter-series.ts";
export type { StateSpaceModel, Varying } from "./state-space/model.ts";
export {
  type SimulatedStateSpace,
  type SimulateStateSpaceOptions,
  simulateStateSpace,
} from "./state-space/simulate-state-space.ts";
export type { KalmanFilterState } from "./state-space/state.ts";
export type { CovarianceForm } from "./state-space/state-covariance.ts";
