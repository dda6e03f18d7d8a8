import { QuantError, type VectorLike } from "@astra-quant/core-linalg";
import {
  requireFinite,
  requireKnownOptions,
  requireOneOf,
  requireVector,
  show,
} from "@astra-quant/core-linalg/guards";
import { type Dates, requireAscendingDays } from "../calendar/ascending-days.ts";
import { type BusinessDays, lastBusinessDay } from "../calendar/business-days.ts";
import { isoDay } from "../calendar/day.ts";

/** Figures that are known from given days on: fixings of a base rate as annual fractions, rates of exchange. */
export interface RateSeries {
  /** Strictly ascending; ISO dates, `Date`s or epoch milliseconds (the index of a panel). */
  readonly dates: Dates;
  /** One figure a date, finite. */
  readonly rates: VectorLike;
}

/** What becomes of a business day without a fixing: refused, or the last one before it holds on. */
export type MissingFixing = "error" | "carry-forward";

/** A validated series. */
export interface Fixings {
  readonly name: string;
  /** Days from 1970 on, ascending. */
  readonly days: Float64Array;
  readonly rates: Float64Array;
}

/** True for a series, false for a number. */
export function isSeries(value: number | RateSeries): value is RateSeries {
  return typeof value === "object" && value !== null;
}

/** The policy, if it is one. */
export function requireMissingFixing(value: unknown): MissingFixing {
  return requireOneOf("missingFixing", value, ["error", "carry-forward"]);
}

/** The series as ascending days and finite rates. */
export function requireFixings(name: string, series: unknown): Fixings {
  if (typeof series !== "object" || series === null) {
    throw new QuantError("data", `${name} must be a series { dates, rates }, got ${show(series)}`, {
      argument: name,
    });
  }
  requireKnownOptions(series, ["dates", "rates"], name);
  const { dates, rates } = series as RateSeries;
  const days = requireAscendingDays(`${name}.dates`, dates);
  const values = requireVector(`${name}.rates`, rates, days.length);
  values.forEach((rate, i) => {
    requireFinite(`${name}.rates[${i}]`, rate);
  });
  return { name, days, rates: Float64Array.from(values, (rate) => rate + 0) }; // no −0
}

/** The position of the last fixing on or before a day; −1 where there is none. */
function lastKnown({ days }: Fixings, day: number): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (days[middle]! <= day) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The last figure on or before a day. */
export function latest(fixings: Fixings, day: number): number {
  const i = lastKnown(fixings, day);
  if (i >= 0) return fixings.rates[i]!;
  throw new QuantError(
    "data",
    `${fixings.name} must be known on or before ${isoDay(day)}, but begins on ${isoDay(fixings.days[0]!)}`,
    { argument: fixings.name, date: isoDay(day) },
  );
}

/**
 * The fixing that holds on a day: its own, or on a day without business that of the business day before. A business day
 * without a fixing is refused, unless the last fixing may be carried forward.
 */
export function fixingOn(
  fixings: Fixings,
  day: number,
  calendar: BusinessDays,
  missing: MissingFixing,
): number {
  const value = latest(fixings, day);
  if (missing === "carry-forward") return value;
  const open = lastBusinessDay(calendar, day);
  if (fixings.days[lastKnown(fixings, day)]! >= open) return value;
  throw new QuantError(
    "data",
    `${fixings.name} must have a fixing for the business day ${isoDay(open)}, but the last one before it is of ${isoDay(fixings.days[lastKnown(fixings, day)]!)}; missingFixing: "carry-forward" lets that one hold on`,
    { argument: fixings.name, date: isoDay(open) },
  );
}
