import { isoTime } from "@astra-quant/core-linalg";
import Papa from "papaparse";
import type { DeskReport } from "./desk.ts";

const csv = (fields: readonly string[], data: readonly (readonly (string | number)[])[]): string =>
  `${Papa.unparse({ fields: [...fields], data: data.map((row) => [...row]) }, { newline: "\n" })}\n`;

/** An undefined figure is an empty cell. */
const cell = (x: number): number | string => (Number.isNaN(x) ? "" : x);

/** The three exports of the notebook, by file name. Each row says where its numbers come from. */
export function csvExports(report: DeskReport): ReadonlyMap<string, string> {
  const { market, returns, collateral, inventory, simulated, filter, position, backtest } = report;
  const source = market.simulated ? "simulated" : "data";
  const weights = returns.columns.map((asset, j) => [
    asset,
    collateral.weights[j]!,
    inventory.weights[j]!,
    1 / returns.columns.length,
    source,
  ]);
  const signals = Array.from(market.pair.index, (time, t) => [
    isoTime(time),
    ...market.pair.values.row(t),
    cell(filter.intercept[t]!),
    cell(filter.slope[t]!),
    cell(filter.innovation[t]!),
    cell(filter.zScore[t]!),
    position[t]!,
    cell(backtest.returns[t]!),
    backtest.equity[t]!,
    source,
  ]);
  const scenarios = Array.from(simulated.returns!, (value, i) => [i, value, source]);
  return new Map([
    ["weights.csv", csv(["asset", "minimum_variance", "long_short", "equal", "source"], weights)],
    [
      "signals.csv",
      csv(
        [
          "time",
          "x",
          "y",
          "intercept",
          "slope",
          "innovation",
          "z_score",
          "position",
          "return",
          "equity",
          "source",
        ],
        signals,
      ),
    ],
    ["scenarios.csv", csv(["scenario", "return", "source"], scenarios)],
  ]);
}
