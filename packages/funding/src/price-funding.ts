import { compensatedSum } from "@astra-quant/core-linalg";
import { QuantError, show } from "@astra-quant/core-linalg/guards";
import { annualRate } from "./annual-rate.ts";
import { daysAYear } from "./day-count.ts";
import { type Position, requireAsset, signedNotional } from "./position.ts";
import { type FundingSchedule, type FundingScheduleOptions, fundingSchedule } from "./schedule.ts";
import { type Side, sideOf } from "./side.ts";

/** One day's funding of one position. Amounts are in the book's currency, unrounded. */
export interface FundingRow {
  readonly asset: string;
  readonly side: Side;
  /** Signed: negative when short. */
  readonly notional: number;
  /** What the side earns a year on |notional|, a fraction; negative when it costs. */
  readonly annualRate: number;
  /** What one day brings; negative when it costs. */
  readonly daily: number;
}

/** One day's funding of a book. Amounts are in the book's currency, unrounded; negative when they cost. */
export interface FundingPrice {
  /** One row a position, in the book's order. */
  readonly rows: readonly FundingRow[];
  /** Σ daily. */
  readonly total: number;
  /** Σ |notional|. */
  readonly gross: number;
  /** Σ notional. */
  readonly net: number;
  /** A year of such days over gross, a fraction; negative when it costs. NaN when every position is flat. */
  readonly grossRate: number;
  /** The annual return on gross that pays for the funding: −grossRate, 0 for a book that is paid, NaN as grossRate. */
  readonly hurdle: number;
  /**
   * The annual return that the longs need on their own notional to pay for their own financing, as if the
   * shorts brought nothing: `baseRate + longSpread`, and 0 when that is negative.
   */
  readonly longHurdle: number;
}

function priceRow(position: Position, index: number, schedule: FundingSchedule): FundingRow {
  const name = `book[${index}]`;
  const asset = requireAsset(name, position);
  const notional = signedNotional(name, position);
  const side = sideOf(notional);
  const rate = annualRate(schedule, side, asset);
  const daily = (Math.abs(notional) * rate) / daysAYear(schedule.dayCount);
  return { asset, side, notional, annualRate: rate, daily };
}

/**
 * What one day of financing brings or costs a book, position by position: |notional| × annual rate ÷ days a
 * year (no weekend accrual; the longs are charged on their full notional, the shorts' proceeds are not netted
 * against them). The same asset may stand on several lines.
 *
 * @throws QuantError "data" for an empty book, a line without shares and price or notional, a notional that
 *   contradicts shares × price, or a short without a borrow fee; "range" and "not-finite" for impossible
 *   numbers; and whatever `fundingSchedule` throws for the schedule.
 */
export function priceFunding(book: readonly Position[], schedule: FundingScheduleOptions): FundingPrice {
  if (!Array.isArray(book) || book.length === 0) {
    throw new QuantError("data", `book must be an array of at least one position, got ${show(book)}`, {
      argument: "book",
    });
  }
  const terms = fundingSchedule(schedule);
  const rows = Array.from(book as readonly Position[], (position, index) => priceRow(position, index, terms));
  const total = compensatedSum(rows.map(({ daily }) => daily));
  const gross = compensatedSum(rows.map(({ notional }) => Math.abs(notional)));
  const net = compensatedSum(rows.map(({ notional }) => notional));
  const grossRate = gross > 0 ? (total * daysAYear(terms.dayCount)) / gross : Number.NaN;
  const hurdle = Math.max(0, 0 - grossRate);
  const longHurdle = Math.max(0, 0 - annualRate(terms, "long", ""));
  return { rows, total, gross, net, grossRate, hurdle, longHurdle };
}
