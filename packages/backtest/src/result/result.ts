import { type PerformanceSummary, performanceSummary } from "@astra-quant/risk";
import type { Ledger, PositionLedger } from "../engine/ledger.ts";
import type { Simulation } from "../engine/simulate.ts";
import type { Trade, TradeReading } from "../trades/trades.ts";
import type { BacktestEvent } from "./backtest-event.ts";
import { hashOf } from "./hash.ts";
import { warningsOf } from "./reliability.ts";
import { summaryOfRuin } from "./summary-of-ruin.ts";

/** Series have one entry a row of the prices or returns given; money is in the unit of the capital. */
export interface BacktestResult {
  /** Capital at the end of each row; `equity[0]` is the initial capital. */
  readonly equity: Float64Array;
  /** Return of each row on the equity before it, after all of `pnl`, a fraction; `returns[0]` is NaN. */
  readonly returns: Float64Array;
  /**
   * Money earned at each row: `price` by the prices' moves and dividends, `cost` by trading (≤ 0 when it costs), `carry`
   * by financing, `hedge` by overlays that are no assets, `cash` by interest on what is in no position. In exactly this
   * order of operations, `equity[t] = equity[t − 1] + ((((price[t] + cost[t]) + carry[t]) + hedge[t]) + cash[t])`.
   */
  readonly pnl: Ledger["pnl"];
  /**
   * The same by position, time × assets: `value` is held over the bar; `price`, `cost` and `carry` add up to those of
   * `pnl` to the bit, when each row is summed in the order of the columns.
   */
  readonly positions: PositionLedger;
  /** Σ |change of weight| at each row, a fraction of capital; entries and exits count once each. */
  readonly turnover: Float64Array;
  /** What is held over each bar, fractions of the capital before it: Σ |weight|, and Σ weight. */
  readonly exposure: { readonly gross: Float64Array; readonly net: Float64Array };
  /** Positions from entry to exit, by asset and then by time; made when first asked for. */
  readonly trades: readonly Trade[];
  /** Rows that earned with a weight other than 0. */
  readonly barsInPosition: number;
  /** The first row that held a decision (a number, be it 0): the summary begins there. */
  readonly firstBar: number;
  /** Bars in a year, as given. */
  readonly periodsPerYear: number;
  /** Rows between a decision and the first bar that earned with it, as given. */
  readonly lag: number;
  /** True when lag 0 was asked for by name: the result could not have been earned. */
  readonly lookAhead: boolean;
  /** The row at whose end no capital was left, after which nothing is held; null when some always was. */
  readonly ruinRow: number | null;
  /** Of `returns` from `firstBar` on. After a ruin only observations and total return are numbers. */
  readonly summary: PerformanceSummary;
  /** What must be known before the summary is believed, in words; empty when nothing is. */
  readonly warnings: readonly string[];
  /** What came between what was wanted and what was held, and why, by row: each written when it began. */
  readonly events: readonly BacktestEvent[];
  /** Names of the columns, where given. */
  readonly assets?: readonly string[];
  /** Epoch milliseconds of the rows, where given. */
  readonly dates?: Float64Array;
  /** FNV-1a (64 bits, hexadecimal) of the doubles of equity and returns: equal hashes, equal results. */
  readonly hash: string;
}

/** A simulation and what else a result says. */
export interface Account {
  readonly simulation: Simulation;
  readonly trades: TradeReading;
  readonly firstBar: number;
  readonly periodsPerYear: number;
  readonly lag: number;
  /** Said before all that the record itself gives reason to say. */
  readonly notes?: readonly string[];
  readonly assets?: readonly string[] | undefined;
  readonly dates?: Float64Array | undefined;
}

function rowsInPosition(gross: Float64Array): number {
  return gross.reduce((count, size) => count + (size === 0 ? 0 : 1), 0);
}

/** Puts a simulation and its summary together. */
export function resultOf(account: Account): BacktestResult {
  const { simulation, firstBar, periodsPerYear, lag, assets, dates, notes = [] } = account;
  const lookAhead = lag === 0;
  const { ledger, events, ruinRow } = simulation;
  const { equity, returns, pnl, positions, turnover, gross, net } = ledger;
  const record = returns.slice(firstBar);
  const summary =
    ruinRow === null
      ? performanceSummary(record, { periodsPerYear })
      : summaryOfRuin(record.length, equity.at(-1)! / equity[0]! - 1);
  const barsInPosition = rowsInPosition(gross);
  const evidence = {
    summary,
    countTrades: () => account.trades.count(positions),
    barsInPosition,
    periodsPerYear,
    lookAhead,
    ruinRow,
  };
  let trades: readonly Trade[] | undefined;
  return {
    equity,
    returns,
    pnl,
    positions,
    turnover,
    exposure: { gross, net },
    get trades() {
      trades ??= account.trades.list(positions);
      return trades;
    },
    barsInPosition,
    firstBar,
    periodsPerYear,
    lag,
    lookAhead,
    ruinRow,
    summary,
    warnings: [...notes, ...warningsOf(evidence)],
    events,
    ...(assets !== undefined && { assets }),
    ...(dates !== undefined && { dates }),
    hash: hashOf(equity, returns),
  };
}
