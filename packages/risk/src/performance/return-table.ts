import type { DateLike, VectorLike } from "@astra-quant/core-linalg";
import { requireCompoundableReturns } from "../returns.ts";
import { requireDates } from "./dates.ts";

/** The compounded returns of one calendar year (UTC). */
export interface YearlyReturns {
  readonly year: number;
  /** 12 entries, January first; NaN for a month without a return. */
  readonly months: Float64Array;
  /** Of the year's months together. */
  readonly total: number;
}

/**
 * Returns compounded by calendar month and year, the table of every fact sheet: a row for each year that has a return, in
 * the order of time. A return belongs to the month of its date, in UTC.
 *
 * @param returns n fractions per period, each above −1.
 * @param dates n ascending dates: ISO strings, `Date`s or epoch milliseconds (a `Panel`'s index).
 * @throws QuantError "shape" for no returns or dates of another length, "not-finite" for a NaN, "range" for a return ≤ −1,
 *   "data" for a date that is none or not after the one before.
 */
export function returnTable(returns: VectorLike, dates: readonly DateLike[] | Float64Array): YearlyReturns[] {
  const r = requireCompoundableReturns("returns", returns);
  const epochs = requireDates("dates", dates, r.length);
  const years = new Map<number, Float64Array>();
  const totals = new Map<number, number>();
  for (let t = 0; t < r.length; t++) {
    const day = new Date(epochs[t]!);
    const [year, month] = [day.getUTCFullYear(), day.getUTCMonth()];
    let growth = years.get(year);
    if (growth === undefined) {
      growth = new Float64Array(12).fill(Number.NaN);
      years.set(year, growth);
    }
    growth[month] = (Number.isNaN(growth[month]) ? 1 : growth[month]!) * (1 + r[t]!);
    totals.set(year, (totals.get(year) ?? 1) * (1 + r[t]!));
  }
  return Array.from(years, ([year, growth]) => ({
    year,
    months: growth.map((g) => g - 1),
    total: totals.get(year)! - 1,
  }));
}
