import { type PerformanceSummary, performanceSummary } from "@astra-quant/risk";
import { hashOf } from "./hash.ts";
import { warningsOf } from "./reliability.ts";
import type { Simulation } from "./simulate.ts";
import type { Trade } from "./trades.ts";

/** Series have one entry a row of the prices or returns given; money is in the unit of the capital. */
export interface BacktestResult {
  /** Capital at the end of each row; `equity[0]` is the initial capital. */
  readonly equity: Float64Array;
  /** Return of each row on the equity before it, after costs, a fraction; `returns[0]` is NaN. */
  readonly returns: Float64Array;
  /**
   * Money earned at each row: `price` by the prices' moves, `cost` by trading (≤ 0 when it costs). In exactly
   * this order of operations, `equity[t] = equity[t − 1] + (price[t] + cost[t])`.
   */
  readonly pnl: { readonly price: Float64Array; readonly cost: Float64Array };
  /** Σ |change of weight| at each row, a fraction of capital; entries and exits count once each. */
  readonly turnover: Float64Array;
  /** Positions from entry to exit, by asset and then by time. */
  readonly trades: readonly Trade[];
  /** Rows that earned with a weight other than 0. */
  readonly barsInPosition: number;
  /** The first row that held a decision (a number, be it 0): the summary begins there. */
  readonly firstBar: number;
  /** True when lag 0 was asked for by name: the result could not have been earned. */
  readonly lookAhead: boolean;
  /** The row at whose end no capital was left, after which nothing is held; null when some always was. */
  readonly ruinRow: number | null;
  /** Of `returns` from `firstBar` on. After a ruin only observations and total return are numbers. */
  readonly summary: PerformanceSummary;
  /** What must be known before the summary is believed, in words; empty when nothing is. */
  readonly warnings: readonly string[];
  /** FNV-1a (64 bits, hexadecimal) of the doubles of equity and returns: equal hashes, equal results. */
  readonly hash: string;
}

/** A ruin has no compound growth, so no figure built on it. */
function summaryOfRuin(observations: number, totalReturn: number): PerformanceSummary {
  return {
    observations,
    totalReturn,
    cagr: Number.NaN,
    meanReturn: Number.NaN,
    volatility: Number.NaN,
    sharpe: Number.NaN,
    sharpeStandardError: Number.NaN,
    sortino: Number.NaN,
    calmar: Number.NaN,
    maxDrawdown: Number.NaN,
    longestUnderwater: Number.NaN,
    winRate: Number.NaN,
    profitFactor: Number.NaN,
    recoveryFactor: Number.NaN,
    skewness: Number.NaN,
    kurtosis: Number.NaN,
    downsideDeviation: Number.NaN,
    adjustedSharpe: Number.NaN,
    probabilisticSharpe: Number.NaN,
    omega: Number.NaN,
    gainToPain: Number.NaN,
    averageWin: Number.NaN,
    averageLoss: Number.NaN,
    ulcerIndex: Number.NaN,
    martin: Number.NaN,
    painIndex: Number.NaN,
  };
}

export interface Account {
  readonly simulation: Simulation;
  readonly trades: readonly Trade[];
  readonly barsInPosition: number;
  readonly firstBar: number;
  readonly periodsPerYear: number;
  readonly lookAhead: boolean;
}

/** Puts a simulation, its trades and its summary together. */
export function resultOf(account: Account): BacktestResult {
  const { simulation, trades, barsInPosition, firstBar, periodsPerYear, lookAhead } = account;
  const { equity, returns, pricePnl, costPnl, turnover, ruinRow } = simulation;
  const record = returns.slice(firstBar);
  const summary =
    ruinRow === null
      ? performanceSummary(record, { periodsPerYear })
      : summaryOfRuin(record.length, equity.at(-1)! / equity[0]! - 1);
  return {
    equity,
    returns,
    pnl: { price: pricePnl, cost: costPnl },
    turnover,
    trades,
    barsInPosition,
    firstBar,
    lookAhead,
    ruinRow,
    summary,
    warnings: warningsOf({
      summary,
      trades: trades.length,
      barsInPosition,
      periodsPerYear,
      lookAhead,
      ruinRow,
    }),
    hash: hashOf(equity, returns),
  };
}
