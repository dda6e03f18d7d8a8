import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  dropMissing,
  forwardFill,
  isoTime,
  type Panel,
  QuantError,
  readCsvPanel,
} from "@astra-quant/core-linalg";
import { DECK } from "../market-simulator/deck.ts";
import { type Market, simulateMarket } from "../market-simulator/simulate.ts";
import { SIMULATED_MARK } from "../market-simulator/write-market.ts";

/** Shares of one name; negative is short. */
export interface Holding {
  readonly asset: string;
  readonly shares: number;
}

/** Everything the desk works on. */
export interface DeskMarket {
  /** Where the numbers come from, for every page that shows them. */
  readonly source: string;
  readonly simulated: boolean;
  /** Daily closes of the names traded: no value missing. */
  readonly prices: Panel;
  readonly holdings: readonly Holding[];
  /** The 3-month bill as an annual fraction, as quoted on the last day. */
  readonly baseRate: number;
  /** One-minute closes x and y: no value missing. */
  readonly pair: Panel;
  readonly pairNames: { readonly x: string; readonly y: string };
  /** What was done to the data. */
  readonly notes: readonly string[];
}

/** Daily returns that the estimates use: two years, as on the deck. */
const LOOKBACK = 504;
/** Dollars a name of a book that is made up for a folder of prices. */
const NOTIONAL = 350_000;
const INDICES = new Set(["SPX", "SPY", "QQQ", "DIA", "IWM", "NDX", "DJI", "RUT", "VIX"]);
const isIndex = (name: string): boolean => name.startsWith("^") || INDICES.has(name);

function readFolderFile(folder: string, file: string, time: string, columns?: readonly string[]): Panel {
  const path = join(folder, file);
  if (!existsSync(path)) {
    throw new QuantError(
      "data",
      `${file} is not in ${folder}; the folder needs prices_daily.csv, tbill_3m.csv and pair_1min.csv`,
    );
  }
  const text = utf8Text(readFileSync(path), file);
  return readCsvPanel(text, { name: file, time, ...(columns ? { columns } : {}) });
}

/** The text of a file; another encoding would garble names and numbers. */
function utf8Text(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new QuantError("data", `${file} is not UTF-8 text`, { file });
  }
}

/** Refuses a price that is zero or less, where a missing one would be blank. */
function requirePositivePrices({ columns, index, values }: Panel, file: string): void {
  const at = values.data.findIndex((price) => price <= 0);
  if (at < 0) return;
  const [asset, time] = [columns[at % columns.length], isoTime(index[Math.floor(at / columns.length)]!)];
  throw new QuantError("data", `${file}: ${asset} must be positive, got ${values.data[at]} at ${time}`, {
    asset,
    time,
  });
}

/** The names asked for, else the deck's where the folder has four of them, else its first six that are no index. */
function chooseUniverse(
  available: readonly string[],
  asked: readonly string[] | undefined,
): readonly string[] {
  if (asked !== undefined) return asked;
  const deck = DECK.map(({ asset }) => asset).filter((asset) => available.includes(asset));
  const chosen = deck.length >= 4 ? deck : available.filter((name) => !isIndex(name)).slice(0, 6);
  if (chosen.length < 2) {
    throw new QuantError(
      "data",
      `prices_daily.csv must have at least two names that are no index, got ${chosen.length}`,
    );
  }
  return chosen;
}

/** Fills gaps forward, keeps the rows in which every name has a price, and the last two years of them. */
function prepare(panel: Panel): { prices: Panel; notes: string[] } {
  for (const name of panel.columns) {
    if (panel.column(name).every(Number.isNaN)) {
      throw new QuantError("data", `prices_daily.csv: ${name} has no prices`, { asset: name });
    }
  }
  requirePositivePrices(panel, "prices_daily.csv");
  const filled = forwardFill(panel);
  const { panel: complete, dropped } = dropMissing(filled);
  const missing = ({ values }: Panel) => values.data.filter(Number.isNaN).length;
  const gaps = missing(panel) - missing(filled);
  const notes: string[] = [];
  if (gaps > 0) notes.push(`${gaps} missing prices filled forward`);
  if (dropped > 0) notes.push(`${dropped} days before the last name's first price left out`);
  const prices = complete.slice(-(LOOKBACK + 1));
  if (prices.rows < panel.columns.length + 2) {
    throw new QuantError(
      "data",
      `${panel.columns.length} names need at least ${panel.columns.length + 2} days of prices in common, got ${prices.rows}`,
    );
  }
  return { prices, notes };
}

/** Half the names long and half short, whole shares of about the same worth each. */
function madeUpBook(prices: Panel): Holding[] {
  return prices.columns.map((asset, j) => {
    const side = j < Math.ceil(prices.columns.length / 2) ? 1 : -1;
    return { asset, shares: side * Math.max(1, Math.round(NOTIONAL / prices.column(asset).at(-1)!)) };
  });
}

/** The last quotation on or before the last day of the prices. */
function baseRateOf(rates: Panel, lastDay: number): number {
  const filled = forwardFill(rates).column("rate_pct");
  const known = rates.index.filter((time) => time <= lastDay).length;
  const percent = filled[known - 1];
  if (percent === undefined || Number.isNaN(percent)) {
    throw new QuantError("data", `tbill_3m.csv has no rate on or before ${isoTime(lastDay)}`);
  }
  return percent / 100;
}

function desk(
  market: Market,
  universe: readonly string[],
): Pick<DeskMarket, "prices" | "baseRate" | "pair" | "notes"> {
  const { prices, notes } = prepare(market.prices.select(universe));
  const { panel: pair, dropped } = dropMissing(market.pair);
  requirePositivePrices(pair, "pair_1min.csv");
  if (dropped > 0) notes.push(`${dropped} minutes without both prices left out of the pair`);
  if (pair.rows < 60) throw new QuantError("data", `pair_1min.csv needs at least 60 bars, got ${pair.rows}`);
  return { prices, baseRate: baseRateOf(market.rates, prices.index.at(-1)!), pair, notes };
}

export function simulatedDesk(seed: string): DeskMarket {
  return {
    ...desk(
      simulateMarket({ seed }),
      DECK.map(({ asset }) => asset),
    ),
    source: `SIMULATED market (seed '${seed}')`,
    simulated: true,
    holdings: DECK.map(({ asset, shares }) => ({ asset, shares })),
    pairNames: { x: "C", y: "JPM" },
  };
}

export function deskFromFolder(folder: string, asked: readonly string[] | undefined): DeskMarket {
  const prices = readFolderFile(folder, "prices_daily.csv", "date");
  const rates = readFolderFile(folder, "tbill_3m.csv", "date", ["rate_pct"]);
  const pair = readFolderFile(folder, "pair_1min.csv", "timestamp", ["x", "y"]);
  const prepared = desk({ prices, rates, pair }, chooseUniverse(prices.columns, asked));
  const simulated = existsSync(join(folder, SIMULATED_MARK));
  return {
    ...prepared,
    source: `${simulated ? "SIMULATED " : ""}prices of ${folder}`,
    simulated,
    holdings: madeUpBook(prepared.prices),
    pairNames: { x: "x", y: "y" },
  };
}
