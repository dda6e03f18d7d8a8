import { parseTime, QuantError } from "@astra-quant/core-linalg";
import { show } from "@astra-quant/core-linalg/guards";

/** A moment: an ISO 8601 date or date-time (one without a zone is read as UTC), a `Date`, or epoch milliseconds. */
export type DateLike = string | Date | number;

const DAY = 86_400_000;

function epochOf(date: unknown): number {
  if (typeof date === "string") return parseTime(date);
  if (typeof date === "number") return date;
  return Object.prototype.toString.call(date) === "[object Date]" ? (date as Date).getTime() : Number.NaN;
}

/** The day of the year in UTC, 1 on the first of January, of each date; a `QuantError` names one that is none. */
export function daysOfYear(dates: ArrayLike<DateLike>, length: number): Float64Array {
  if (typeof dates !== "object" || dates === null || !("length" in dates)) {
    throw new QuantError("shape", `dates must be a list of dates, got ${show(dates)}`, { argument: "dates" });
  }
  if (dates.length !== length) {
    throw new QuantError("shape", `dates must have ${length} entries, got ${dates.length}`, {
      argument: "dates",
      expected: length,
      length: dates.length,
    });
  }
  return Float64Array.from(dates as ArrayLike<unknown>, (date, i) => {
    const moment = new Date(epochOf(date));
    const epoch = moment.getTime();
    if (Number.isNaN(epoch)) {
      throw new QuantError(
        "data",
        `dates[${i}] must be an ISO date, a Date or epoch milliseconds, got ${show(date)}`,
        { argument: "dates", index: i, value: date },
      );
    }
    return (epoch - moment.setUTCMonth(0, 1)) / DAY + 1; // the same time of day on the first of January
  });
}
