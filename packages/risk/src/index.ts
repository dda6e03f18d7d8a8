export { type CalmarRatioOptions, calmarRatio, recoveryFactor } from "./performance/calmar-ratio.ts";
export {
  type DrawdownSeriesOptions,
  drawdownSeries,
  type MaxDrawdown,
  maxDrawdown,
} from "./performance/drawdown.ts";
export type { RiskFree } from "./performance/excess-returns.ts";
export {
  type InformationRatio,
  type InformationRatioOptions,
  informationRatio,
} from "./performance/information-ratio.ts";
export {
  type BenchmarkFigures,
  type PerformanceSummary,
  type PerformanceSummaryOptions,
  performanceSummary,
} from "./performance/performance-summary.ts";
export { type SharpeRatio, type SharpeRatioOptions, sharpeRatio } from "./performance/sharpe-ratio.ts";
export {
  type Downside,
  type SortinoRatio,
  type SortinoRatioOptions,
  sortinoRatio,
} from "./performance/sortino-ratio.ts";
export { profitFactor, type WinRateOptions, winRate } from "./performance/wins-and-losses.ts";
export type { QuantileFunction, ShockDistribution } from "./simulation/distribution.ts";
export type { MonteCarloVarOptions, NormalSource, Sampling } from "./simulation/monte-carlo-options.ts";
export {
  type MonteCarloShard,
  mergeMonteCarloShards,
  monteCarloShard,
  type ShardPlace,
} from "./simulation/monte-carlo-shard.ts";
export { type MonteCarloVar, monteCarloVar } from "./simulation/monte-carlo-var.ts";
export {
  monteCarloVarAsync,
  type RunOptions,
  type SimulationProgress,
} from "./simulation/monte-carlo-var-async.ts";
export { type ScenarioReturnsOptions, scenarioReturns } from "./simulation/scenario-returns.ts";
export type { Scenarios } from "./simulation/simulate.ts";
export type { ShortfallMethod } from "./var/expected-shortfall.ts";
export { type HistoricalVar, type HistoricalVarOptions, historicalVar } from "./var/historical-var.ts";
export { type ParametricVar, type ParametricVarOptions, parametricVar } from "./var/parametric-var.ts";
export type { Interval, SamplingError } from "./var/sampling-error.ts";
export type { TailLoss } from "./var/tail-loss.ts";
