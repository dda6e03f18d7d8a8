export { backtest } from "./backtest.ts";
export type { CostTerm, Orders } from "./costs/cost-term.ts";
export { type LinearCostOptions, linearCost } from "./costs/linear-cost.ts";
export type { PositionLedger } from "./engine/ledger.ts";
export type { Borrow } from "./fills/borrow.ts";
export type { Participation } from "./fills/participation.ts";
export type { AccrualUnit } from "./financing/accrual-days.ts";
export type { CashInterest } from "./financing/cash-interest.ts";
export type { Financing } from "./financing/financing.ts";
export type {
  Overlay,
  OverlayBar,
  OverlayBook,
  OverlayMoment,
  OverlayNote,
  OverlayRun,
} from "./overlay/overlay.ts";
export { type PairBacktestSpec, pairBacktest } from "./pair/pair-backtest.ts";
export type { CalendarPeriod } from "./rebalance/calendar-periods.ts";
export type { Rebalance } from "./rebalance/rebalance.ts";
export type { BacktestEvent } from "./result/backtest-event.ts";
export type { BacktestResult } from "./result/result.ts";
export type { BacktestSpec } from "./spec/backtest-spec.ts";
export type { MissingWeights } from "./spec/decisions.ts";
export type { MissingPrices } from "./spec/market.ts";
export type { ByAsset, ByRow } from "./spec/row-values.ts";
export type { TimeByAsset } from "./spec/time-by-asset.ts";
export type { Trade } from "./trades/trades.ts";
