import { requireFinite, requireKnownOptions } from "@astra-quant/core-linalg/guards";
import { daysAYear } from "../schedule/day-count.ts";
import { type FundingScheduleOptions, fundingSchedule } from "../schedule/schedule.ts";
import { DRIVERS, type FundingDriver, shiftSchedule } from "../schedule/shift-schedule.ts";
import type { Position } from "./position.ts";
import { type PriceFundingOptions, priceFunding } from "./price-funding.ts";

export interface FundingSensitivityOptions extends PriceFundingOptions {
  /** Basis points by which each term is raised; may be negative. @defaultValue 25 */
  readonly bps?: number;
}

/** What a change of terms does to a book; negative when it costs. */
export interface FundingChange {
  readonly daily: number;
  /** A year of such days. */
  readonly annual: number;
  /** The day's change position by position, in the book's order. */
  readonly rows: Float64Array;
}

/**
 * What so many basis points more would change: of the base rate, of the spreads of longs and of shorts, and of every
 * borrow fee, each on its own. The book is priced again under each, so that floors and tiers count.
 *
 * @throws QuantError as `priceFunding`.
 */
export function fundingSensitivity(
  book: readonly Position[],
  schedule: FundingScheduleOptions,
  options: FundingSensitivityOptions = {},
): Readonly<Record<FundingDriver, FundingChange>> {
  requireKnownOptions(options, ["date", "equity", "fx", "calendar", "bps"]);
  const { bps = 25, ...pricing } = options;
  requireFinite("bps", bps);
  const terms = fundingSchedule(schedule);
  const before = priceFunding(book, terms, pricing);
  const year = daysAYear(terms.dayCount);
  const changes = DRIVERS.map((driver) => {
    const after = priceFunding(book, shiftSchedule(terms, driver, bps), pricing);
    const daily = after.total - before.total;
    const rows = Float64Array.from(after.rows, (row, i) => row.daily - before.rows[i]!.daily);
    return [driver, { daily, annual: daily * year, rows }] as const;
  });
  return Object.fromEntries(changes) as Record<FundingDriver, FundingChange>;
}
