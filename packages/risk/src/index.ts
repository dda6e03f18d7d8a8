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
export type { ShortfallMethod } from "./var/expected-shortfall.ts";
export { type HistoricalVar, type HistoricalVarOptions, historicalVar } from "./var/historical-var.ts";
export {
  type MonteCarloVar,
  type MonteCarloVarOptions,
  monteCarloVar,
  type NormalSource,
} from "./var/monte-carlo-var.ts";
export { type ParametricVar, type ParametricVarOptions, parametricVar } from "./var/parametric-var.ts";
export type { SamplingError } from "./var/sampling-error.ts";
export { type ScenarioReturnsOptions, scenarioReturns } from "./var/scenario-returns.ts";
export type { TailLoss } from "./var/tail-loss.ts";
