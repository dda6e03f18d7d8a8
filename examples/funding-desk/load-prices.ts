import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { dropMissing, forwardFill, type Panel, QuantError, readCsvPanel } from "@astra-quant/core-linalg";
import type { RateSeries } from "@astra-quant/funding";
import { DECK } from "../market-simulator/deck.ts";
import type { Market } from "../market-simulator/simulate.ts";

/** Prices to choose weights on, and the base rate on every day of them. */
export interface FundedMarket {
  readonly prices: Panel;
  readonly baseRate: RateSeries;
}

/** Percent a year, as a bill is quoted, as annual fractions. */
function baseRateOf(rates: Panel): RateSeries {
  const { panel } = dropMissing(rates);
  return { dates: panel.index, rates: panel.column("rate_pct").map((percent) => percent / 100) };
}

export function fundedMarket({ prices, rates }: Market): FundedMarket {
  return { prices: prices.select(DECK.map(({ asset }) => asset)), baseRate: baseRateOf(rates) };
}

function readFolderFile(folder: string, name: string, columns?: readonly string[]): Panel {
  const path = join(folder, name);
  if (!existsSync(path)) throw new QuantError("data", `${name} is not in ${folder}`);
  return readCsvPanel(readFileSync(path, "utf8"), { name, ...(columns === undefined ? {} : { columns }) });
}

/** The deck's names where a folder has four of them, else its first six; gaps filled forward. */
export function marketFromFolder(folder: string): FundedMarket {
  const all = readFolderFile(folder, "prices_daily.csv");
  const deck = DECK.map(({ asset }) => asset).filter((asset) => all.columns.includes(asset));
  const chosen = deck.length >= 4 ? deck : all.columns.slice(0, 6);
  const { panel } = dropMissing(forwardFill(all.select(chosen)));
  return { prices: panel, baseRate: baseRateOf(readFolderFile(folder, "tbill_3m.csv", ["rate_pct"])) };
}
