import { type DateLike, type Panel, QuantError } from "@astra-quant/core-linalg";
import { show } from "@astra-quant/core-linalg/guards";
import { type BusinessDays, moveBusinessDays } from "../calendar/business-days.ts";
import { requireDay } from "../calendar/day.ts";
import { closesOf } from "./closes.ts";
import { type Line, type Position, requireLine } from "./position.ts";

/** A purchase (positive) or sale (negative), and the day on which it was agreed. */
export type Trade = Position & { readonly date: DateLike };

/** A trade that has been read. */
interface Settlement {
  readonly line: Line;
  /** The day from which it is financed. */
  readonly day: number;
}

/** The lines that are financed on a day, always the same names in the same order; the same array while nothing changes. */
export type BookOnDay = (day: number) => readonly Line[];

const keyOf = ({ asset, currency = "" }: Line): string => JSON.stringify([asset, currency]);

function readTrades(trades: readonly Trade[], calendar: BusinessDays, lag: number): Settlement[] {
  if (!Array.isArray(trades)) {
    throw new QuantError("data", `trades must be an array, got ${show(trades)}`, { argument: "trades" });
  }
  return Array.from(trades as readonly Trade[], (trade, i) => {
    const name = `trades[${i}]`;
    const line = requireLine(name, trade);
    const agreed = requireDay(`${name}.date`, trade.date);
    return { line, day: moveBusinessDays(calendar, agreed, lag) };
  }).sort((a, b) => a.day - b.day);
}

/** One asset's trades on top of what the book held. */
interface Holding {
  readonly opening: Line;
  readonly trades: Settlement[];
}

function holdingsOf(book: readonly Line[], settlements: readonly Settlement[]): Holding[] {
  const holdings = new Map<string, Holding>();
  for (const opening of book) {
    if (holdings.has(keyOf(opening))) {
      throw new QuantError(
        "data",
        `${opening.name}.asset must stand on one line only where there are trades, but ${show(opening.asset)} stands on two`,
        { argument: opening.name, asset: opening.asset },
      );
    }
    holdings.set(keyOf(opening), { opening, trades: [] });
  }
  for (const settlement of settlements) {
    const { line } = settlement;
    let holding = holdings.get(keyOf(line));
    if (holding === undefined) {
      const nothing = line.shares === undefined ? { notional: 0 } : { notional: 0, shares: 0 };
      holding = { opening: { ...line, ...nothing }, trades: [] };
      holdings.set(keyOf(line), holding);
    }
    if ((holding.opening.shares === undefined) !== (line.shares === undefined)) {
      const wanted = line.shares === undefined ? "shares and a price" : "a notional";
      throw new QuantError("data", `${line.name} must have ${wanted}, as ${line.asset} has elsewhere`, {
        argument: line.name,
        asset: line.asset,
      });
    }
    holding.trades.push(settlement);
  }
  return [...holdings.values()];
}

function heldOn({ opening, trades }: Holding, day: number): Line {
  let held = opening;
  for (const { line, day: from } of trades) {
    if (from > day) break;
    held =
      held.shares === undefined
        ? { ...held, notional: held.notional + line.notional }
        : { ...held, shares: held.shares + line.shares!, price: line.price! };
  }
  return held.shares === undefined || held === opening
    ? held
    : { ...held, notional: held.shares * held.price! };
}

export interface SettledBookOptions {
  readonly trades: readonly Trade[];
  readonly calendar: BusinessDays;
  /** Business days from trade to settlement. */
  readonly settlementLag: number;
  readonly prices: Panel | undefined;
}

/**
 * The book as it is financed: what it held, and each trade from its settlement on. An asset is marked at the last price
 * known, or without prices at that of its last settled trade.
 */
export function settledBook(book: readonly Line[], options: SettledBookOptions): BookOnDay {
  const settlements = readTrades(options.trades, options.calendar, options.settlementLag);
  const holdings: readonly Holding[] =
    settlements.length === 0
      ? book.map((opening) => ({ opening, trades: [] }))
      : holdingsOf(book, settlements);
  const closes =
    options.prices &&
    closesOf(
      options.prices,
      holdings.map(({ opening }) => opening),
    );
  let standing: { settled: number; row: number; lines: readonly Line[] } | undefined;
  return (day) => {
    const settled = settlements.filter((settlement) => settlement.day <= day).length;
    const row = closes === undefined ? -1 : closes.rowOn(day);
    if (standing?.settled === settled && standing.row === row) return standing.lines;
    const held = holdings.map((holding) => heldOn(holding, day));
    const lines = closes === undefined ? held : held.map((line, i) => closes.mark(line, i, row, day));
    standing = { settled, row, lines };
    return lines;
  };
}
