export { backtest } from "./backtest.ts";
export { type CommissionOptions, commission } from "./costs/commission.ts";
export type { CostTerm, Orders } from "./costs/cost-term.ts";
export { type HalfSpreadOptions, halfSpread } from "./costs/half-spread.ts";
export { type LinearCostOptions, linearCost } from "./costs/linear-cost.ts";
export { estimateSlippage, type SlippageOptions, type SlippageOrder } from "./costs/slippage.ts";
export { type SquareRootImpactOptions, squareRootImpact } from "./costs/square-root-impact.ts";
export type { PositionLedger } from "./engine/ledger.ts";
export type { Borrow } from "./fills/borrow.ts";
export type { Participation } from "./fills/participation.ts";
export type { AccrualUnit } from "./financing/accrual-days.ts";
export type { CashInterest } from "./financing/cash-interest.ts";
export type { Financing } from "./financing/financing.ts";
export {
  type LookAheadCanary,
  type LookAheadCanaryOptions,
  lookAheadCanary,
} from "./look-ahead/look-ahead-canary.ts";
export {
  type OrderEffect,
  type OrderPlan,
  type PlannedOrder,
  type PlanOrdersOptions,
  planOrders,
  type SkippedOrder,
} from "./orders/plan-orders.ts";
export {
  type BacktestOverfitting,
  type BacktestOverfittingOptions,
  backtestOverfitting,
} from "./overfit/backtest-overfitting.ts";
export type { BlockMoments } from "./overfit/block-moments.ts";
export {
  type MinimumBacktestLengthOptions,
  minimumBacktestLength,
} from "./overfit/minimum-backtest-length.ts";
export { leverageOverlay } from "./overlay/leverage-cap.ts";
export type {
  Overlay,
  OverlayBar,
  OverlayBook,
  OverlayMoment,
  OverlayNote,
  OverlayRun,
  OverlaySettlement,
} from "./overlay/overlay.ts";
export { bufferOverlay } from "./overlay/position-buffer.ts";
export { decayOverlay } from "./overlay/position-decay.ts";
export { limitsOverlay } from "./overlay/risk-limits.ts";
export { type HedgeOverlayOptions, hedgeOverlay } from "./overlay/tail-hedge.ts";
export { type VolatilityOverlayOptions, volatilityOverlay } from "./overlay/volatility-target.ts";
export { type PairBacktestSpec, pairBacktest } from "./pair/pair-backtest.ts";
export type { PairLegsSpec } from "./pair/pair-legs.ts";
export {
  type PairBars,
  type PairBarsSpec,
  type PairReturns,
  pairBars,
  pairReturns,
} from "./pair/pair-returns.ts";
export type { CalendarPeriod } from "./rebalance/calendar-periods.ts";
export type { Rebalance } from "./rebalance/rebalance.ts";
export type { Benchmark, BenchmarkLine } from "./report/data/benchmark-line.ts";
export type { HeadlineFigure } from "./report/data/headline-figures.ts";
export type { ProfitPart } from "./report/data/profit-parts.ts";
export type { ReturnGrid } from "./report/data/return-grid.ts";
export type { SharpeWindow } from "./report/data/sharpe-window.ts";
export type { Histogram, TradeFigures } from "./report/data/trade-figures.ts";
export type { TurnoverBlocks } from "./report/data/turnover-blocks.ts";
export type { ReportedResult } from "./report/reported-result.ts";
export { type TearSheetOptions, tearSheet } from "./report/tear-sheet.ts";
export {
  type NamedDrawdown,
  type NamedEvent,
  type TearSheetData,
  type TearSheetDataOptions,
  tearSheetData,
} from "./report/tear-sheet-data.ts";
export { type ThinnedRowsOptions, thinnedRows } from "./report/thinned-rows.ts";
export type { ResampleMethod } from "./resample/block-draws.ts";
export type { EquityFigures } from "./resample/equity-figures.ts";
export type { EquityPaths } from "./resample/equity-paths.ts";
export {
  type EquityShard,
  type EquityShardPlace,
  equityShard,
  mergeEquityShards,
} from "./resample/equity-shards.ts";
export {
  type PathProbability,
  type ResampledEquity,
  type ResampledFigure,
  resampleEquity,
} from "./resample/resample-equity.ts";
export type { ResampleEquityOptions } from "./resample/resample-plan.ts";
export type { BacktestEvent } from "./result/backtest-event.ts";
export type { BacktestResult } from "./result/result.ts";
export { type RowRange, rowIndices } from "./rows/row-range.ts";
export type { BacktestSpec } from "./spec/backtest-spec.ts";
export type { MissingWeights } from "./spec/decisions.ts";
export type { MissingPrices } from "./spec/market.ts";
export type { ByAsset, ByRow } from "./spec/row-values.ts";
export type { TimeByAsset } from "./spec/time-by-asset.ts";
export {
  type GridPoint,
  type ParameterAxes,
  type ParameterGridOptions,
  parameterGrid,
} from "./sweep/parameter-grid.ts";
export type { ParameterPoint, ParameterSets, ParameterValue } from "./sweep/parameter-sets.ts";
export { type ParameterSweep, parameterSweep, type SweepRunOptions } from "./sweep/parameter-sweep.ts";
export {
  type ParameterRange,
  type ParameterSpace,
  type RandomParametersOptions,
  type RandomPoint,
  randomParameters,
} from "./sweep/random-parameters.ts";
export type { SweepEvidence } from "./sweep/sweep-evidence.ts";
export type { SweepOutcome } from "./sweep/sweep-outcome.ts";
export {
  type FailedPoint,
  type SweepPointsOptions,
  type SweptPoint,
  sweepPoints,
} from "./sweep/sweep-points.ts";
export {
  type SweepRecord,
  type SweepRecordOptions,
  type SweptReturns,
  sweepRecord,
} from "./sweep/sweep-record.ts";
export type { SweepProgress, SweepSpec } from "./sweep/sweep-spec.ts";
export type { PoolLibrary } from "./sweep/sweep-workers.ts";
export type { SweptModule } from "./sweep/swept-module.ts";
export type { Trade } from "./trades/trades.ts";
export {
  type CombinatorialBacktest,
  type CombinatorialRun,
  combinatorialBacktest,
  type TestedPath,
} from "./walk-forward/combinatorial-backtest.ts";
export {
  type CombinatorialSplit,
  type CombinatorialSplits,
  type CombinatorialSplitsOptions,
  combinatorialSplits,
} from "./walk-forward/combinatorial-splits.ts";
export type { RowData, Rows } from "./walk-forward/data-rows.ts";
export type { LabelOptions } from "./walk-forward/label-ends.ts";
export type { Fold, TestedRows, TrainingRows, WalkForwardSpec } from "./walk-forward/run-folds.ts";
export type { Split } from "./walk-forward/split.ts";
export { type WalkForward, type WalkForwardRun, walkForward } from "./walk-forward/walk-forward.ts";
export {
  type FoldProgress,
  type WalkForwardAsyncRun,
  type WalkForwardRunOptions,
  walkForwardAsync,
} from "./walk-forward/walk-forward-async.ts";
export { type WalkForwardSplitsOptions, walkForwardSplits } from "./walk-forward/walk-forward-splits.ts";
