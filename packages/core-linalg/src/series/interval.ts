import { requireInteger } from "../guards/numbers.ts";
import { QuantError, show } from "../guards/quant-error.ts";

/** The length of a bar: elapsed milliseconds within a day, or so many days or months of the calendar. */
export type Interval =
  | { readonly unit: "millisecond"; readonly count: number }
  | { readonly unit: "day"; readonly count: number; readonly weekly: boolean }
  | { readonly unit: "month"; readonly count: number };

export const DAY = 86_400_000;
const PATTERN = /^(\d+)(s|m|h|d|w|M|y)$/;
const MILLISECONDS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 };
const MONTHS: Readonly<Record<string, number>> = { M: 1, y: 12 };
/** Bars of so many days, weeks, months or years at most; keeps every bin within what a `Date` can hold. */
const LONGEST = 1000;

/** The interval that `every` says: `"5m"`, `"1d"`, `"1M"`, or a number of milliseconds. */
export function requireInterval(every: unknown): Interval {
  if (typeof every === "number")
    return { unit: "millisecond", count: requireInteger("every", every, 1, DAY) };
  const [, digits, unit = ""] = (typeof every === "string" && PATTERN.exec(every)) || [];
  if (digits === undefined) {
    throw new QuantError(
      "option",
      `every must be milliseconds or a count and one of s, m, h, d, w, M, y, as in "5m" or "1M", got ${show(every)}`,
      { argument: "every", value: every },
    );
  }
  const milliseconds = MILLISECONDS[unit];
  if (milliseconds !== undefined) {
    const name = `every in ${unit}`;
    return {
      unit: "millisecond",
      count: requireInteger(name, Number(digits), 1, DAY / milliseconds) * milliseconds,
    };
  }
  const count = requireInteger(`every in ${unit}`, Number(digits), 1, LONGEST);
  const months = MONTHS[unit];
  if (months !== undefined) return { unit: "month", count: count * months };
  return { unit: "day", count: unit === "w" ? 7 * count : count, weekly: unit === "w" };
}

/** No bar of this interval lasts longer, in days. */
export function mostDays(interval: Interval): number {
  if (interval.unit === "millisecond") return 1;
  return interval.unit === "day" ? interval.count : 31 * interval.count;
}
