export { type BacktestSpec, backtest } from "./backtest.ts";
export type { CostTerm } from "./costs/cost-term.ts";
export { type LinearCostOptions, linearCost } from "./costs/linear-cost.ts";
export { type PairBacktestSpec, pairBacktest } from "./pair-backtest.ts";
export type { BacktestResult } from "./result.ts";
export type { Trade } from "./trades.ts";
