import { requireInteger, requireKnownOptions } from "@astra-quant/core-linalg/guards";
import { daysAYear } from "../schedule/day-count.ts";
import { type FundingScheduleOptions, fundingSchedule } from "../schedule/schedule.ts";
import type { Position } from "./position.ts";
import { type PriceFundingOptions, priceFunding } from "./price-funding.ts";
import type { Side } from "./side.ts";

export interface BreakevenAlphaOptions extends PriceFundingOptions {
  /** Calendar days for which the book is held. @defaultValue 1 */
  readonly days?: number;
}

/** What a position must earn to pay for its own financing. */
export interface BreakevenRow {
  readonly asset: string;
  readonly side: Side;
  /** A year, on |notional|; negative for a position that is paid to stand. */
  readonly alpha: number;
  /** How far the price may move against the position, or must move for it, by the end of the days: a simple return. */
  readonly priceMove: number;
}

/** What a book must earn to pay for its financing. */
export interface BreakevenAlpha {
  readonly rows: readonly BreakevenRow[];
  /** A year, on gross; negative for a book that is paid, NaN for a flat one. */
  readonly onGross: number;
  /** A year, on equity; NaN without equity above 0. */
  readonly onEquity: number;
  /** What the days cost, positive when they do. */
  readonly cost: number;
}

/**
 * The alpha that pays for the funding: of each position on its own notional, and of the book on gross and on equity.
 * `priceMove` has the sign of the price: a long that pays must rise by it, a short that pays must fall.
 *
 * @throws QuantError "range" for days that are no integer ≥ 1, and as `priceFunding`.
 */
export function breakevenAlpha(
  book: readonly Position[],
  schedule: FundingScheduleOptions,
  options: BreakevenAlphaOptions = {},
): BreakevenAlpha {
  requireKnownOptions(options, ["date", "equity", "fx", "calendar", "days"]);
  const { days = 1, ...pricing } = options;
  requireInteger("days", days, 1);
  const terms = fundingSchedule(schedule);
  const price = priceFunding(book, terms, pricing);
  const year = daysAYear(terms.dayCount);
  const equity = price.equity;
  return {
    rows: price.rows.map(({ asset, side, notional, annualRate, daily }) => ({
      asset,
      side,
      alpha: 0 - annualRate,
      priceMove: notional === 0 ? 0 : 0 - (days * daily) / notional,
    })),
    onGross: 0 - price.grossRate,
    onEquity: equity > 0 ? 0 - (price.total * year) / equity : Number.NaN,
    cost: 0 - days * price.total,
  };
}
