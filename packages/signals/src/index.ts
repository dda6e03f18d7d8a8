export { baseWeights, RISK_BUDGETS } from "./combine/base-weights.ts";
export {
  type CombinedSignals,
  type CombineSignalsOptions,
  combineSignals,
} from "./combine/combine-signals.ts";
export {
  type BarLabel,
  type FusedSignal,
  type FuseTimeframesOptions,
  fuseTimeframes,
} from "./combine/fuse-timeframes.ts";
export {
  type OptimizeSignalWeightsOptions,
  optimizeSignalWeights,
  type SignalWeights,
} from "./combine/optimize-signal-weights.ts";
export type { QuadraticProgram, QuadraticProgramSolver } from "./combine/quadratic-program.ts";
export { type SignalCorrelation, signalCorrelation } from "./combine/signal-correlation.ts";
export {
  type SignalPnlOptions,
  type SignalSharpeOptions,
  signalPnl,
  signalSharpe,
} from "./combine/signal-pnl.ts";
export type { WeighedSignal } from "./combine/signal-record.ts";
export {
  BetaSignal,
  type BetaSignalOptions,
  type BetaSignalState,
  type BetaSignalWindows,
  betaSignal,
} from "./factors/beta.ts";
export { type CarrySignalOptions, carryParts, carrySignal } from "./factors/carry.ts";
export type { CarryParts, CarryPartsSettings, CarrySignalSettings } from "./factors/carry-settings.ts";
export { CarrySignal, type CarrySignalState } from "./factors/carry-stream.ts";
export {
  MomentumSignal,
  type MomentumSignalOptions,
  type MomentumSignalSettings,
  type MomentumSignalState,
  momentumSignal,
} from "./factors/momentum.ts";
export {
  TailRiskSignal,
  type TailRiskSignalOptions,
  type TailRiskSignalSettings,
  type TailRiskSignalState,
  tailRiskSignal,
} from "./factors/tail-risk.ts";
export {
  VolatilitySignal,
  type VolatilitySignalOptions,
  type VolatilitySignalState,
  type VolatilitySignalWindows,
  volatilitySignal,
} from "./factors/volatility.ts";
export { Cusum, type CusumAlarm, type CusumOptions, type CusumState } from "./health/cusum.ts";
export type { DriftAlarm } from "./health/drift-alarm.ts";
export type { HealthInputs } from "./health/health-inputs.ts";
export {
  type HealthHistory,
  HealthMonitor,
  type HealthMonitorOptions,
  type HealthMonitorState,
  healthHistory,
  type MonitoredHealth,
} from "./health/health-monitor.ts";
export { type HealthScore, healthScore } from "./health/health-score.ts";
export type { HealthComponents, HealthOptions } from "./health/health-settings.ts";
export {
  type KolmogorovSmirnov,
  type KolmogorovSmirnovOptions,
  kolmogorovSmirnov,
} from "./health/kolmogorov-smirnov.ts";
export { PageHinkley, type PageHinkleyOptions, type PageHinkleyState } from "./health/page-hinkley.ts";
export {
  type PopulationStability,
  type PopulationStabilityOptions,
  populationStabilityIndex,
} from "./health/population-stability-index.ts";
export type { Bar, Bars } from "./intraday/bars.ts";
export {
  IntradayMomentum,
  type IntradayMomentumOptions,
  type IntradayMomentumSettings,
  type IntradayMomentumState,
  intradayMomentum,
} from "./intraday/intraday-momentum.ts";
export {
  IntradayVolatility,
  type IntradayVolatilityOptions,
  type IntradayVolatilitySettings,
  type IntradayVolatilityState,
  intradayVolatility,
} from "./intraday/intraday-volatility.ts";
export {
  PriceAction,
  type PriceActionOptions,
  type PriceActionSettings,
  type PriceActionState,
  priceAction,
} from "./intraday/price-action.ts";
export type { VolatilityEstimator } from "./intraday/range-variance.ts";
export {
  Rsi,
  type RsiOptions,
  type RsiSettings,
  type RsiSmoothing,
  type RsiState,
  rsi,
  rsiSignal,
} from "./intraday/rsi.ts";
export type { SessionSettings } from "./intraday/session-clock.ts";
export {
  type VolumeBars,
  VwapDistance,
  type VwapDistanceOptions,
  type VwapDistanceState,
  vwapDistance,
} from "./intraday/vwap-distance.ts";
export {
  type FitGaussianHmmOptions,
  type FittedGaussianHmm,
  fitGaussianHmm,
} from "./regime/fit-gaussian-hmm.ts";
export type { GaussianHmm } from "./regime/gaussian-hmm.ts";
export { type HiddenRegimes, type HiddenRegimesOptions, hiddenRegimes } from "./regime/hidden-regimes.ts";
export { type IcByRegimeOptions, icByRegime, type RegimeIc } from "./regime/ic-by-regime.ts";
export { RegimeFilter, type RegimeFilterState } from "./regime/regime-filter.ts";
export { regimeWeights } from "./regime/regime-weights.ts";
export {
  VolatilityRegime,
  type VolatilityRegimeOptions,
  type VolatilityRegimeState,
  type VolatilityRegimeWindows,
  volatilityRegime,
} from "./regime/volatility-regime.ts";
export {
  type ExternalScore,
  type ExternalSignalOptions,
  externalSignal,
} from "./signal/external-signal.ts";
export { type FactorSignalsOptions, factorSignals, marketDataOf } from "./signal/factor-signals.ts";
export {
  type LookAheadProof,
  type LookAheadProofOptions,
  lookAheadProof,
} from "./signal/look-ahead-proof.ts";
export { evaluateSignals, type MarketData, type Signal } from "./signal/signal.ts";
export {
  type AssetCoverage,
  type SignalCoverage,
  type SignalCoverageOptions,
  signalCoverage,
} from "./signal/signal-coverage.ts";
export {
  type CrossSectionalScoresOptions,
  crossSectionalScores,
} from "./standardise/cross-sectional-scores.ts";
export { type NeutralizeOptions, neutralize } from "./standardise/neutralize.ts";
export {
  TimeSeriesScore,
  type TimeSeriesScoreSettings,
  type TimeSeriesScoreState,
  type TimeSeriesScoresOptions,
  timeSeriesScores,
} from "./standardise/time-series-scores.ts";
export { type WinsorizeOptions, winsorize } from "./standardise/winsorize.ts";
export { type CrossSectionalIcOptions, crossSectionalIc } from "./validation/cross-sectional-ic.ts";
export {
  type CrossSectionalTurnoverOptions,
  crossSectionalTurnover,
} from "./validation/cross-sectional-turnover.ts";
export { type DeflatedIc, type DeflatedIcOptions, deflatedIc } from "./validation/deflated-ic.ts";
export {
  type FalseDiscoveryRate,
  type FalseDiscoveryRateOptions,
  falseDiscoveryRate,
} from "./validation/false-discovery-rate.ts";
export { HitRate, type HitRateOptions, type HitRateState, hitRate } from "./validation/hit-rate.ts";
export { type IcAtHorizon, type IcDecayOptions, icDecay } from "./validation/ic-decay.ts";
export { type IcEstimateOptions, icEstimate, type MeanIcOptions, meanIc } from "./validation/ic-estimate.ts";
export {
  type IcMethod,
  type IcWindowOptions,
  InformationCoefficient,
  type InformationCoefficientOptions,
  type InformationCoefficientState,
  informationCoefficient,
} from "./validation/information-coefficient.ts";
export type { IcEstimate, IcInterval, IntervalOptions } from "./validation/interval.ts";
export type { PairWindowOptions, PairWindowState } from "./validation/pair-window.ts";
export type { PairingOptions, Timing } from "./validation/pairing.ts";
export type { PositionRule } from "./validation/position.ts";
export {
  type QuantileReturns,
  type QuantileReturnsOptions,
  quantileReturns,
} from "./validation/quantile-returns.ts";
export { type RankAutocorrelationOptions, rankAutocorrelation } from "./validation/rank-autocorrelation.ts";
export {
  type RollingIcEstimate,
  type RollingIcEstimateOptions,
  rollingIcEstimate,
} from "./validation/rolling-ic-estimate.ts";
export {
  type FlipOptions,
  SignalFlips,
  type SignalFlipsOptions,
  type SignalFlipsState,
  signalFlips,
} from "./validation/signal-flips.ts";
export {
  Turnover,
  type TurnoverOptions,
  type TurnoverState,
  type TurnoverWindowOptions,
  turnover,
} from "./validation/turnover.ts";
export {
  type TurnoverAdjustedCrossSectionalIcOptions,
  turnoverAdjustedCrossSectionalIc,
} from "./validation/turnover-adjusted-cross-sectional-ic.ts";
export {
  TurnoverAdjustedIc,
  type TurnoverAdjustedIcOptions,
  type TurnoverAdjustedIcState,
  type TurnoverAdjustedIcWindowOptions,
  turnoverAdjustedIc,
} from "./validation/turnover-adjusted-ic.ts";
