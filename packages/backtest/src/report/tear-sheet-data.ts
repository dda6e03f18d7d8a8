import { requireInteger, requireKnownOptions } from "@astra-quant/core-linalg/guards";
import { type Drawdown, drawdownSeries, drawdownTable } from "@astra-quant/risk";
import type { BacktestEvent } from "../result/backtest-event.ts";
import { type Benchmark, type BenchmarkLine, benchmarkLineOf } from "./data/benchmark-line.ts";
import { furtherFigures, type HeadlineFigure, headlineFigures } from "./data/headline-figures.ts";
import { type ProfitPart, profitPartsOf } from "./data/profit-parts.ts";
import { type ReturnGrid, returnGridOf } from "./data/return-grid.ts";
import { type SharpeWindow, sharpeWindowOf } from "./data/sharpe-window.ts";
import { rowName, type TrackRecord, trackRecordOf } from "./data/track-record.ts";
import { type TradeFigures, tradeFiguresOf } from "./data/trade-figures.ts";
import { type TurnoverBlocks, turnoverBlocksOf } from "./data/turnover-blocks.ts";
import { type ReportedResult, requireReportedResult } from "./reported-result.ts";

export interface TearSheetDataOptions {
  /** What the result is held against. */
  readonly benchmark?: Benchmark;
  /** Bars of the rolling Sharpe ratio. @defaultValue half a year, or a quarter of a record shorter than two years */
  readonly rollingWindow?: number;
  /** How many of the worst drawdowns are listed. @defaultValue 5 */
  readonly drawdowns?: number;
}

/** A drawdown with its moments named. */
export interface NamedDrawdown extends Drawdown {
  /** Dates where the result has them, else rows. */
  readonly names: { readonly start: string; readonly trough: string; readonly recovery: string | null };
}

/** An event with its moment and asset named. */
export interface NamedEvent extends BacktestEvent {
  readonly moment: string;
  /** The asset's name, its column where it has none; null for the whole book. */
  readonly assetName: string | null;
}

/**
 * Everything that a tear sheet shows, as numbers. Series begin with the row before the first bar: their entry k is row
 * `firstRow` + k of the result, and entry 0 is the start.
 */
export interface TearSheetData {
  readonly firstRow: number;
  readonly bars: number;
  readonly years: number;
  /** Epoch milliseconds, one an entry; null where the result has none. */
  readonly dates: Float64Array | null;
  /** The first and the last entry by date, or by row. */
  readonly span: { readonly from: string; readonly to: string };
  readonly warnings: readonly string[];
  readonly headline: readonly HeadlineFigure[];
  readonly further: readonly HeadlineFigure[];
  /** Money. */
  readonly equity: Float64Array;
  readonly benchmark: BenchmarkLine | null;
  /** ≤ 0. */
  readonly drawdown: Float64Array;
  /** null where the record is too short for a window. */
  readonly rollingSharpe: SharpeWindow | null;
  readonly returnGrid: ReturnGrid;
  /** Held over the bar that ends at each entry, fractions of capital. */
  readonly exposure: { readonly gross: Float64Array; readonly net: Float64Array };
  readonly turnover: TurnoverBlocks;
  readonly profit: readonly ProfitPart[];
  /** null where nothing was traded. */
  readonly trades: TradeFigures | null;
  /** The deepest first. */
  readonly drawdowns: readonly NamedDrawdown[];
  readonly events: readonly NamedEvent[];
  /** The entry after which no capital was left; null when some always was. */
  readonly ruin: number | null;
  readonly stamp: {
    readonly hash: string;
    readonly periodsPerYear: number;
    /** null where the result does not say. */
    readonly lag: number;
    readonly lookAhead: boolean;
  };
}

function drawdownsOf(record: TrackRecord, largest: number): NamedDrawdown[] {
  const { firstRow } = record;
  return drawdownTable(record.returns, { largest }).map((fall) => ({
    ...fall,
    names: {
      start: rowName(record, firstRow + fall.start),
      trough: rowName(record, firstRow + fall.trough),
      recovery: fall.recovery === null ? null : rowName(record, firstRow + fall.recovery),
    },
  }));
}

function eventsOf({ events, assets = [] }: ReportedResult, record: TrackRecord): NamedEvent[] {
  return events.map((event) => {
    const { row, asset } = event;
    const assetName = asset === undefined ? null : (assets[asset] ?? `column ${asset}`);
    return { ...event, moment: rowName(record, row), assetName };
  });
}

/**
 * The numbers of a tear sheet, for those who draw themselves: every series from the first decision on, each beside what it
 * means. Figures of returns are `risk`'s own. A ruin is a loss of everything in figures that compound.
 *
 * @throws QuantError "shape" for series, dates or a benchmark of another length than the result, "data" for what is no
 *   result or a date that is none or not after the one before, "range" for a window or a number of drawdowns that is no
 *   integer in its range, "not-finite" or "range" for a benchmark's return that cannot be compounded, "option" for an
 *   unknown option.
 */
export function tearSheetData(result: ReportedResult, options: TearSheetDataOptions = {}): TearSheetData {
  requireKnownOptions(options, ["benchmark", "rollingWindow", "drawdowns"]);
  const { benchmark, rollingWindow, drawdowns = 5 } = options;
  requireReportedResult(result);
  requireInteger("drawdowns", drawdowns, 1);
  const record = trackRecordOf(result);
  const { firstRow, returns, dates, years } = record;
  const { firstBar, exposure, ruinRow, periodsPerYear } = result;
  const bars = returns.length;
  return {
    firstRow,
    bars,
    years,
    dates,
    span: { from: rowName(record, firstRow), to: rowName(record, firstRow + bars) },
    warnings: result.warnings,
    headline: headlineFigures(result.summary, record),
    further: furtherFigures(result, record),
    equity: result.equity.subarray(firstRow),
    benchmark: benchmark === undefined ? null : benchmarkLineOf(benchmark, result, record),
    drawdown: drawdownSeries(returns),
    rollingSharpe: sharpeWindowOf(record, rollingWindow),
    returnGrid: returnGridOf(record),
    exposure: { gross: exposure.gross.subarray(firstRow), net: exposure.net.subarray(firstRow) },
    turnover: turnoverBlocksOf(result.turnover.subarray(firstBar), periodsPerYear),
    profit: profitPartsOf(result),
    trades: tradeFiguresOf(result),
    drawdowns: drawdownsOf(record, drawdowns),
    events: eventsOf(result, record),
    ruin: ruinRow === null ? null : ruinRow - firstRow,
    stamp: { hash: result.hash, periodsPerYear, lag: result.lag, lookAhead: result.lookAhead },
  };
}
