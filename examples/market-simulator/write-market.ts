import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isoTime, type Panel } from "@astra-quant/core-linalg";
import Papa from "papaparse";
import type { Market } from "./simulate.ts";

function csvOf(panel: Panel, time: string): string {
  const rows = Array.from({ length: panel.rows }, (_, t) => {
    return [isoTime(panel.index[t]!).replace("Z", ""), ...panel.values.row(t)];
  });
  return `${Papa.unparse({ fields: [time, ...panel.columns], data: rows }, { newline: "\n" })}\n`;
}

/** Marks a folder of prices as simulated for whoever reads it later. */
export const SIMULATED_MARK = "SIMULATED.txt";

/** Writes the three files that `npm run astra -- --data FOLDER` reads, and the mark that says what they are. */
export function writeMarket({ prices, rates, pair }: Market, seed: string, folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, SIMULATED_MARK), `The prices in this folder are simulated (seed '${seed}').\n`);
  writeFileSync(join(folder, "prices_daily.csv"), csvOf(prices, "date"));
  writeFileSync(join(folder, "tbill_3m.csv"), csvOf(rates, "date"));
  writeFileSync(join(folder, "pair_1min.csv"), csvOf(pair, "timestamp"));
}
