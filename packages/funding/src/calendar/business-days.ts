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

/** The n-th business day after a day, before it for negative n; a calendar that stands still or goes astray is refused. */
export function moveBusinessDays(calendar: BusinessDays, day: number, n: number): number {
  const answer = calendar.add(day * DAY, n);
  const moved = Math.floor(answer / DAY);
  const astray = n > 0 ? !(moved > day) : n < 0 ? !(moved < day) : !(moved >= day);
  if (!astray && Number.isFinite(moved)) return moved;
  const way = n < 0 ? "back" : "on";
  throw new QuantError("data", `calendar must move ${way} from ${isoDay(day)}, got ${show(answer)}`, {
    argument: "calendar",
  });
}

/** The first business day after a day. */
export function nextBusinessDay(calendar: BusinessDays, day: number): number {
  return moveBusinessDays(calendar, day, 1);
}

/** The day itself, or on a day without business the business day before it. */
export function lastBusinessDay(calendar: BusinessDays, day: number): number {
  return calendar.isBusinessDay(day * DAY) ? day : moveBusinessDays(calendar, day, -1);
}
