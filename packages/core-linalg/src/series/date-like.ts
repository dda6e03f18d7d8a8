import { QuantError, show } from "../guards/quant-error.ts";
import { parseTime } from "./parse-time.ts";

/** A moment: an ISO 8601 date or date-time (one without a zone is read as UTC), a `Date`, or epoch milliseconds. */
export type DateLike = string | Date | number;

/** What a `Date` can hold, in milliseconds either side of 1970. */
export const LAST_MOMENT = 8.64e15;

function epochOf(date: unknown): number {
  if (typeof date === "string") return parseTime(date);
  if (typeof date === "number") return date;
  return Object.prototype.toString.call(date) === "[object Date]" ? (date as Date).getTime() : Number.NaN;
}

/** The moment in epoch milliseconds; a `QuantError` "data" names an argument that is none of the calendar's. */
export function requireMoment(name: string, date: unknown): number {
  const epoch = epochOf(date);
  if (Math.abs(epoch) <= LAST_MOMENT) return epoch;
  throw new QuantError(
    "data",
    `${name} must be an ISO date, a Date or epoch milliseconds, got ${show(date)}`,
    {
      argument: name,
      value: date,
    },
  );
}
