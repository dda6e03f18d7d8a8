import {
  QuantError,
  requireInteger,
  requirePositive,
  requireVector,
  show,
} from "@astra-quant/core-linalg/guards";
import type { BacktestResult } from "../result/result.ts";
import type { Trade } from "../trades/trades.ts";

/** What a tear sheet reads of a backtest: a `BacktestResult` has it, and so may a record from elsewhere. */
export interface ReportedResult extends Omit<BacktestResult, "positions" | "trades"> {
  readonly trades: readonly Pick<Trade, "open" | "bars" | "return">[];
}

/** The result, if its series are of one length and its numbers are those of a backtest. */
export function requireReportedResult(result: ReportedResult): ReportedResult {
  const { equity, returns, turnover, pnl, exposure, dates, firstBar, periodsPerYear } =
    result ?? ({} as Partial<ReportedResult>);
  if (typeof pnl !== "object" || typeof exposure !== "object" || pnl === null || exposure === null) {
    throw new QuantError("data", `result must be that of a backtest, got ${show(result)}`, {
      argument: "result",
    });
  }
  const rows = requireVector("result.equity", equity).length;
  if (rows < 2) {
    throw new QuantError("shape", `result.equity must have at least 2 entries, got ${rows}`, {
      argument: "result.equity",
      length: rows,
    });
  }
  requireVector("result.returns", returns, rows);
  requireVector("result.turnover", turnover, rows);
  requireVector("result.exposure.gross", exposure.gross, rows);
  requireVector("result.exposure.net", exposure.net, rows);
  for (const [source, series] of Object.entries(pnl)) {
    requireVector(`result.pnl.${source}`, series, rows);
  }
  if (dates !== undefined) requireVector("result.dates", dates, rows);
  requireInteger("result.firstBar", firstBar, 1, rows - 1);
  requirePositive("result.periodsPerYear", periodsPerYear);
  return result;
}
