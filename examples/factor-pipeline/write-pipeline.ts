import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type BacktestResult, tearSheet } from "@astra-quant/backtest";
import { isoTime } from "@astra-quant/core-linalg";
import Papa from "papaparse";
import type { Pipeline } from "./run-pipeline.ts";

type Row = readonly (string | number | boolean)[];

function writeCsv(folder: string, name: string, fields: readonly string[], data: readonly Row[]): void {
  const text = Papa.unparse({ fields: [...fields], data: data.map((row) => [...row]) }, { newline: "\n" });
  writeFileSync(join(folder, name), `${text}\n`);
}

/** A number for a file: nothing where it is missing. */
const cell = (x: number): number | string => (Number.isNaN(x) ? "" : x);

/** book.html, the tear sheet of the composite traded. */
export function writeBook(folder: string, book: BacktestResult, simulated: boolean): void {
  const title = `The composite, traded${simulated ? " on simulated prices" : ""}`;
  writeFileSync(join(folder, "book.html"), tearSheet(book, { title, currency: "$" }));
}

/** weights.csv, a row a month and factor; composite.csv, a row a name with its factors; both say where they come from. The folder is there. */
export function writePipeline(folder: string, pipeline: Pipeline, simulated: boolean): void {
  const { data, factors, weighings, composite, fused } = pipeline;
  const source = simulated ? "simulated" : "prices";
  writeCsv(
    folder,
    "weights.csv",
    ["date", "factor", "ic", "health", "sharpe", "base", "weight", "status", "excluded_because", "source"],
    weighings.flatMap(({ row, factors: records, base, weights, status, exclusions }) =>
      Object.entries(records).map(([name, { ic, health, sharpe }]) => [
        isoTime(data.prices.index[row]!),
        name,
        cell(ic),
        cell(health),
        sharpe,
        base[name]!,
        weights[name]!,
        status,
        exclusions[name] ?? "",
        source,
      ]),
    ),
  );
  const last = composite.rows - 1;
  writeCsv(
    folder,
    "composite.csv",
    ["asset", ...Object.keys(factors), "composite", "with_hours", "confidence", "source"],
    data.prices.columns.map((asset, j) => [
      asset,
      ...Object.values(factors).map(({ scores }) => cell(scores.values.get(last, j))),
      cell(composite.values.get(last, j)),
      cell(fused?.signal.values.get(fused.signal.rows - 1, j) ?? Number.NaN),
      cell(fused?.confidence.values.get(fused.confidence.rows - 1, j) ?? Number.NaN),
      source,
    ]),
  );
}
