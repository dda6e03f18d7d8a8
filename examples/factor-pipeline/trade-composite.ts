import {
  type BacktestResult,
  backtest,
  commission,
  halfSpread,
  leverageOverlay,
  limitsOverlay,
  type ResampledEquity,
  resampleEquity,
} from "@astra-quant/backtest";
import { fundingCostSeries, fundingSchedule } from "@astra-quant/funding";
import type { Pipeline } from "./run-pipeline.ts";

const CAPITAL = 1_000_000;
const TRADING_DAYS = 252;
/** The deck's price list. */
const SCHEDULE = fundingSchedule({
  baseRate: 0.03595,
  longSpreadBps: 50,
  shortSpreadBps: 25,
  borrowFeeBps: 40,
});

/** What the composite would have earned, and what chance alone would make of the same days. */
export interface TradedComposite {
  readonly book: BacktestResult;
  readonly resampled: ResampledEquity;
}

/**
 * A book of a million in proportion to the composite, its sizes adding up to the capital: brought to its weights once a week
 * in whole shares, after commissions, spread and funding, under the limits of risk. Undefined before the first weights.
 */
export function tradeComposite(
  { data, composite, weighings }: Pipeline,
  seed: string,
): TradedComposite | undefined {
  if (weighings.length === 0) return undefined;
  const { prices } = data;
  const book = backtest({
    prices,
    signals: composite,
    rebalance: { calendar: "week" },
    shares: "whole",
    costs: [commission({ perShare: 0.005, minimum: 1, maximumFraction: 0.01 }), halfSpread({ spreadBps: 6 })],
    financing: fundingCostSeries(SCHEDULE, {
      assets: prices.columns,
      dates: prices.index,
      prices: prices.values,
    }),
    overlays: [leverageOverlay({ maxGross: 1, maxNet: 0.5 }), limitsOverlay({ position: false })],
    capital: CAPITAL,
    periodsPerYear: TRADING_DAYS,
  });
  const record = book.returns.slice(book.firstBar);
  return { book, resampled: resampleEquity(record, { count: 1000, seed, periodsPerYear: TRADING_DAYS }) };
}
