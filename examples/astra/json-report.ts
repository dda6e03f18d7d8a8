import { isoTime } from "@astra-quant/core-linalg";
import type { DeskReport } from "./desk.ts";

/** The figures of the report as plain data, without the long series (those are in the CSV files). */
export function jsonReport(report: DeskReport): object {
  const { market, returns, book, funding, collateral, inventory, simulated, filter, position, backtest } =
    report;
  const byAsset = (values: Float64Array) =>
    Object.fromEntries(returns.columns.map((asset, j) => [asset, values[j]!]));
  const { returns: _scenarios, ...valueAtRisk } = simulated;
  return {
    source: market.source,
    simulated: market.simulated,
    asOf: isoTime(returns.index.at(-1)!),
    observations: returns.rows,
    notes: market.notes,
    book,
    funding: { baseRate: market.baseRate, ...funding },
    minimumVariance: { ...collateral, weights: byAsset(collateral.weights) },
    inventory: { ...inventory, weights: byAsset(inventory.weights) },
    valueAtRisk,
    parametricVar: report.parametric,
    historicalVar: report.historical ?? null,
    pair: {
      names: market.pairNames,
      ...report.filterChoice,
      slope: filter.slope.at(-1),
      zScore: filter.zScore.at(-1),
      position: position.at(-1),
      trades: backtest.trades.length,
      summary: backtest.summary,
      warnings: backtest.warnings,
    },
  };
}
