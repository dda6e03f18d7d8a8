export { type CompareVarOptions, compareVar, type VarComparison } from "./decomposition/compare-var.ts";
export { type ComponentVarOptions, componentVar } from "./decomposition/component-var.ts";
export {
  type MonteCarloComponentVarOptions,
  monteCarloComponentVar,
} from "./decomposition/monte-carlo-component-var.ts";
export type { RiskDecomposition } from "./decomposition/risk-decomposition.ts";
export {
  type ScenarioComponentVarOptions,
  type ScenarioDecomposition,
  scenarioComponentVar,
} from "./decomposition/scenario-component-var.ts";
export { type HedgePayoffOptions, hedgePayoff } from "./hedge/hedge-payoff.ts";
export { type HedgedPeriod, TailHedge, type TailHedgeState, type TailHedgeStep } from "./hedge/tail-hedge.ts";
export { type TailHedgeHistory, tailHedge } from "./hedge/tail-hedge-history.ts";
export type {
  HedgedDrawdown,
  HedgeTiming,
  TailHedgeOptions,
  TailHedgeSettings,
} from "./hedge/tail-hedge-options.ts";
export type { Breach } from "./limits/breach.ts";
export type { EquityMarks } from "./limits/equity-marks.ts";
export type { LimitAction } from "./limits/limit-action.ts";
export type { LimitName } from "./limits/limit-figure.ts";
export type { FullRung, Ladders, Limit, LimitRung, RiskLimitsOptions } from "./limits/limit-ladder.ts";
export type { RiskLimitsState } from "./limits/limits-state.ts";
export type { RiskEvent, RiskObservation } from "./limits/observation.ts";
export { type PermittedPositionsOptions, permittedPositions } from "./limits/permitted-positions.ts";
export { type LimitDecision, RiskLimits, replayRiskLimits } from "./limits/risk-limits.ts";
export type { Standing } from "./limits/standing.ts";
export { type AdjustedSharpeRatioOptions, adjustedSharpeRatio } from "./performance/adjusted-sharpe-ratio.ts";
export {
  type AutocorrelationAdjustedSharpe,
  type AutocorrelationAdjustedSharpeOptions,
  autocorrelationAdjustedSharpe,
} from "./performance/autocorrelation-adjusted-sharpe.ts";
export { type CalmarRatioOptions, calmarRatio, recoveryFactor } from "./performance/calmar-ratio.ts";
export {
  type CaptureRatios,
  type CaptureRatiosOptions,
  captureRatios,
} from "./performance/capture-ratios.ts";
export { downsideDeviation } from "./performance/downside-deviation.ts";
export {
  type DrawdownSeriesOptions,
  drawdownSeries,
  type MaxDrawdown,
  maxDrawdown,
} from "./performance/drawdown.ts";
export {
  type BurkeRatioOptions,
  burkeRatio,
  type DrawdownRatioOptions,
  martinRatio,
  painIndex,
  painRatio,
  type SterlingRatioOptions,
  sterlingRatio,
  ulcerIndex,
} from "./performance/drawdown-ratios.ts";
export {
  type Drawdown,
  type DrawdownDates,
  type DrawdownTableOptions,
  drawdownTable,
} from "./performance/drawdown-table.ts";
export type { RiskFree } from "./performance/excess-returns.ts";
export type { Growth } from "./performance/growth.ts";
export {
  type InformationRatio,
  type InformationRatioOptions,
  informationRatio,
} from "./performance/information-ratio.ts";
export { type KappaRatioOptions, kappaRatio } from "./performance/kappa-ratio.ts";
export {
  type BenchmarkOptions,
  type MarketModel,
  type MarketModelOptions,
  marketModel,
  treynorRatio,
} from "./performance/market-model.ts";
export { type ModiglianiMeasureOptions, modiglianiMeasure } from "./performance/modigliani-measure.ts";
export { gainToPainRatio, omegaRatio, upsidePotentialRatio } from "./performance/omega-ratio.ts";
export {
  type BenchmarkFigures,
  type PerformanceSummary,
  type PerformanceSummaryOptions,
  performanceSummary,
} from "./performance/performance-summary.ts";
export { returnTable, type YearlyReturns } from "./performance/return-table.ts";
export { type RewardToTailLossOptions, rewardToTailLoss } from "./performance/reward-to-tail-loss.ts";
export {
  RollingMaxDrawdown,
  type RollingMaxDrawdownOptions,
  type RollingMaxDrawdownState,
  rollingMaxDrawdown,
} from "./performance/rolling-max-drawdown.ts";
export {
  RollingSharpe,
  type RollingSharpeOptions,
  type RollingSharpeState,
  rollingSharpe,
  type SharpeWindowOptions,
} from "./performance/rolling-sharpe.ts";
export {
  RollingSortino,
  type RollingSortinoOptions,
  type RollingSortinoState,
  rollingSortino,
  type SortinoWindowOptions,
} from "./performance/rolling-sortino.ts";
export {
  RollingVolatility,
  type RollingVolatilityOptions,
  type RollingVolatilityState,
  rollingVolatility,
  type VolatilityWindowOptions,
} from "./performance/rolling-volatility.ts";
export { RunningDrawdown, type RunningDrawdownState } from "./performance/running-drawdown.ts";
export {
  type SharpeErrors,
  type SharpeRatio,
  type SharpeRatioOptions,
  sharpeRatio,
} from "./performance/sharpe-ratio.ts";
export {
  type DeflatedSharpeOptions,
  type DeflatedSharpeRatio,
  deflatedSharpeRatio,
  type MinimumTrackRecordOptions,
  minimumTrackRecordLength,
  probabilisticSharpeRatio,
  type SharpeSignificanceOptions,
  type TrackRecord,
} from "./performance/sharpe-significance.ts";
export {
  type Downside,
  type SortinoRatio,
  type SortinoRatioOptions,
  sortinoRatio,
} from "./performance/sortino-ratio.ts";
export { type TailRatioOptions, tailRatio } from "./performance/tail-ratio.ts";
export type { Target, TargetOptions } from "./performance/target.ts";
export {
  averageLoss,
  averageWin,
  payoffRatio,
  profitFactor,
  type WinRateOptions,
  winRate,
} from "./performance/wins-and-losses.ts";
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
export { type ApplyBufferOptions, applyBuffer, type BufferOptions } from "./sizing/apply-buffer.ts";
export { type AverageDailyVolumeOptions, averageDailyVolume } from "./sizing/average-daily-volume.ts";
export {
  type ConvictionOptions,
  type ConvictionWeightOptions,
  convictionWeight,
} from "./sizing/conviction-weight.ts";
export { type DecayPositionOptions, decayPosition } from "./sizing/decay-position.ts";
export {
  type DynamicLeverageOptions,
  dynamicLeverage,
  type LeverageRange,
} from "./sizing/dynamic-leverage.ts";
export type { Exposure } from "./sizing/exposure.ts";
export type { Figure, FigureOf, OutFigure } from "./sizing/figure.ts";
export type { KellyOdds } from "./sizing/kelly-bet.ts";
export {
  type KellyFraction,
  type KellyOptions,
  type KellyPortfolio,
  kellyFraction,
} from "./sizing/kelly-fraction.ts";
export type { KellyAssets, KellyMoments } from "./sizing/kelly-portfolio.ts";
export { type LiquidityCapOptions, type LiquidityOptions, liquidityCap } from "./sizing/liquidity-cap.ts";
export {
  type BufferedPositionsOptions,
  bufferedPositions,
  PositionBuffer,
  type PositionBufferOptions,
  type PositionBufferState,
} from "./sizing/position-buffer.ts";
export {
  type DecayedPositionsOptions,
  type DecayRestart,
  decayedPositions,
  PositionDecay,
  type PositionDecayOptions,
  type PositionDecayState,
} from "./sizing/position-decay.ts";
export {
  type BuyingPowerOptions,
  type ScaledToBuyingPower,
  scaleToBuyingPower,
} from "./sizing/scale-to-buying-power.ts";
export {
  type LeverageLimits,
  type ScaledToLeverage,
  type ScaleToLeverageOptions,
  scaleToLeverage,
} from "./sizing/scale-to-leverage.ts";
export { type SignalStrengthOptions, signalStrength } from "./sizing/signal-strength.ts";
export type { SizingInputs } from "./sizing/sizing-inputs.ts";
export type { TargetPositionOptions } from "./sizing/sizing-rules.ts";
export {
  type BookInputs,
  type TargetBook,
  type TargetBookOptions,
  targetBook,
} from "./sizing/target-book.ts";
export { type SizingStep, type TargetPosition, targetPosition } from "./sizing/target-position.ts";
export { type VolatilityScaleOptions, volatilityScale } from "./sizing/volatility-scale.ts";
export {
  type VolatilityEstimateOptions,
  VolatilityTarget,
  type VolatilityTargetOptions,
  type VolatilityTargetState,
  volatilityTarget,
} from "./sizing/volatility-target.ts";
export {
  type CorrelationRung,
  type CorrelationStress,
  type CorrelationStressOptions,
  correlationStress,
} from "./stress/correlation-stress.ts";
export { CRISES } from "./stress/crises.ts";
export type { FiredLimit, LimitsPort, StressedState } from "./stress/limits-port.ts";
export type { CrisisOptions } from "./stress/price-path.ts";
export {
  type ReversePosition,
  type ReverseStress,
  type ReverseStressOptions,
  reverseStress,
} from "./stress/reverse-stress.ts";
export type {
  CrisisScenario,
  HistoricalScenario,
  Moves,
  PathScenario,
  ShockScenario,
  StressedMarket,
  StressScenario,
} from "./stress/scenario.ts";
export type { StressBook } from "./stress/stress-book.ts";
export {
  type StressedPosition,
  type StressedRisk,
  type StressResult,
  type StressTestOptions,
  stressTest,
} from "./stress/stress-test.ts";
export type { BookRisk } from "./stress/stressed-covariance.ts";
export { type WorstWindow, type WorstWindowOptions, worstWindow } from "./stress/worst-window.ts";
export { type AgeWeightedVar, type AgeWeightedVarOptions, ageWeightedVar } from "./var/age-weighted-var.ts";
export {
  type CornishFisherValidity,
  type CornishFisherVar,
  type CornishFisherVarOptions,
  cornishFisherVar,
  type ReturnMoments,
} from "./var/cornish-fisher-var.ts";
export { type DeltaGammaVar, type DeltaGammaVarOptions, deltaGammaVar } from "./var/delta-gamma-var.ts";
export type { ShortfallMethod } from "./var/expected-shortfall.ts";
export {
  type FilteredHistoricalVar,
  type FilteredHistoricalVarOptions,
  filteredHistoricalVar,
  type VolatilityModel,
} from "./var/filtered-historical-var.ts";
export { type HistoricalVar, type HistoricalVarOptions, historicalVar } from "./var/historical-var.ts";
export { type ParametricVar, type ParametricVarOptions, parametricVar } from "./var/parametric-var.ts";
export type { ReturnShape } from "./var/return-shape.ts";
export type { RiskMeasure } from "./var/risk-measure.ts";
export type { Interval, SamplingError } from "./var/sampling-error.ts";
export type { TailLoss } from "./var/tail-loss.ts";
export {
  type AcerbiSzekelyOptions,
  type AcerbiSzekelyTest,
  acerbiSzekelyTest,
  type ForecastShape,
  type SimulatedTest,
} from "./var-backtest/acerbi-szekely-test.ts";
export {
  type ChristoffersenTest,
  christoffersenTest,
  type Transitions,
} from "./var-backtest/christoffersen-test.ts";
export {
  type DynamicQuantileOptions,
  type DynamicQuantileTest,
  dynamicQuantileTest,
} from "./var-backtest/dynamic-quantile-test.ts";
export { type TestResult, type VarExceptionsOptions, varExceptions } from "./var-backtest/exceptions.ts";
export { type CoverageOptions, type KupiecTest, kupiecTest } from "./var-backtest/kupiec-test.ts";
export {
  type TrafficLight,
  type TrafficLightOptions,
  type TrafficLightZone,
  trafficLight,
} from "./var-backtest/traffic-light.ts";
