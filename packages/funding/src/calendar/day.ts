import { type DateLike, isoTime, parseTime } from "@astra-quant/core-linalg";
import { QuantError, show } from "@astra-quant/core-linalg/guards";

/** Milliseconds of a day. */
export const DAY = 86_400_000;
/** What a `Date` can hold, in milliseconds either side of 1970. */
const LAST_MOMENT = 8.64e15;

/** A day of the Gregorian calendar; months count from 1. */
export interface CivilDay {
  readonly year: number;
  readonly month: number;
  readonly dayOfMonth: number;
}

function epochOf(date: unknown): number {
  if (typeof date === "string") return parseTime(date);
  if (typeof date === "number") return date;
  return Object.prototype.toString.call(date) === "[object Date]" ? (date as Date).getTime() : Number.NaN;
}

/** The day, counted from 1970-01-01, in which a moment lies in UTC; a `QuantError` "data" names what is no date. */
export function requireDay(name: string, date: unknown): number {
  const epoch = epochOf(date);
  if (Math.abs(epoch) <= LAST_MOMENT) return Math.floor(epoch / DAY);
  throw new QuantError(
    "data",
    `${name} must be an ISO date, a Date or epoch milliseconds, got ${show(date)}`,
    { argument: name, value: date },
  );
}

/** The days of `from` and `to`, if the first is not the later one. */
export function requireSpan(from: DateLike, to: DateLike): { first: number; end: number } {
  const first = requireDay("from", from);
  const end = requireDay("to", to);
  if (first <= end) return { first, end };
  throw new QuantError("range", `to must not be before from, got ${isoDay(end)} before ${isoDay(first)}`, {
    argument: "to",
  });
}

/** 2026-02-04, for a day counted from 1970-01-01. */
export function isoDay(day: number): string {
  return isoTime(day * DAY);
}

/** Year, month and day of the month. */
export function civilOf(day: number): CivilDay {
  const date = new Date(day * DAY);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, dayOfMonth: date.getUTCDate() };
}

/** The day of a year, month and day of the month; days and months beyond their ends run over into the next. */
export function dayOf(year: number, month: number, dayOfMonth: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, dayOfMonth);
  return date.getTime() / DAY;
}

/** The weekday, 0 being Sunday; 1970-01-01 was a Thursday. */
export function weekdayOf(day: number): number {
  const weekday = (day + 4) % 7;
  return weekday < 0 ? weekday + 7 : weekday;
}

export function daysInYear(year: number): number {
  return dayOf(year + 1, 1, 1) - dayOf(year, 1, 1);
}

/** True for the last day of a month. */
export function isMonthEnd(day: number): boolean {
  return civilOf(day + 1).dayOfMonth === 1;
}

/** The day so many months on (or back), kept within its month; with `monthEnd`, the last day of that month. */
export function addMonths(day: number, months: number, monthEnd = false): number {
  const { year, month, dayOfMonth } = civilOf(day);
  const last = dayOf(year, month + months + 1, 0);
  return monthEnd ? last : Math.min(dayOf(year, month + months, dayOfMonth), last);
}
