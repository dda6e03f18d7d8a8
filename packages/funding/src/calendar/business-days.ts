import { BusinessCalendar, type DateLike } from "@astra-quant/core-linalg";
import { QuantError, show } from "@astra-quant/core-linalg/guards";
import { DAY, isoDay } from "./day.ts";

/** What is asked of a calendar: a `BusinessCalendar`, a `MarketCalendar`, or anything that answers likewise. */
export interface BusinessDays {
  /** Whether there is business on that day. */
  isBusinessDay(date: DateLike): boolean;
  /** The n-th business day after that day (before it, when n is negative), in epoch milliseconds. */
  add(date: DateLike, n: number): number;
  /** The number of business days from `from`, counted, to `to`, not counted. */
  between(from: DateLike, to: DateLike): number;
}

/** Every weekday. */
export const WEEKDAYS: BusinessDays = new BusinessCalendar();

/** The calendar, if it answers as one. */
export function requireBusinessDays(name: string, calendar: unknown): BusinessDays {
  const asked = typeof calendar === "object" && calendar !== null ? (calendar as Partial<BusinessDays>) : {};
  if ([asked.isBusinessDay, asked.add, asked.between].every((method) => typeof method === "function")) {
    return calendar as BusinessDays;
  }
  throw new QuantError(
    "option",
    `${name} must be a calendar (a BusinessCalendar or a MarketCalendar), got ${show(calendar)}`,
    { argument: name },
  );
}

/** The first business day after a day; a calendar that stands still is refused. */
export function nextBusinessDay(calendar: BusinessDays, day: number): number {
  const next = calendar.add(day * DAY, 1) / DAY;
  if (next > day) return next;
  throw new QuantError("data", `calendar must move on from ${isoDay(day)}, got ${show(next * DAY)}`, {
    argument: "calendar",
  });
}

/** The day itself, or on a day without business the business day before it. */
export function lastBusinessDay(calendar: BusinessDays, day: number): number {
  return calendar.isBusinessDay(day * DAY) ? day : calendar.add(day * DAY, -1) / DAY;
}
