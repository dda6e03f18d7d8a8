import { type DateLike, isoTime, parseTime } from "@astra-quant/core-linalg";
import { QuantError, show } from "@astra-quant/core-linalg/guards";

/** What a `Date` can hold, in milliseconds either side of 1970. */
const LAST_MOMENT = 8.64e15;

function epochOf(date: unknown): number {
  if (typeof date === "string") return parseTime(date);
  if (typeof date === "number") return date;
  return Object.prototype.toString.call(date) === "[object Date]" ? (date as Date).getTime() : Number.NaN;
}

/** Epoch milliseconds of ascending dates, one a return. */
export function requireDates(name: string, dates: ArrayLike<DateLike>, length: number): Float64Array {
  const listed = Array.isArray(dates) || ArrayBuffer.isView(dates);
  if (!listed || dates.length !== length) {
    const got = listed ? dates.length : show(dates);
    throw new QuantError("shape", `${name} must hold a date for each of the ${length} returns, got ${got}`, {
      argument: name,
      expected: length,
    });
  }
  const epochs = Float64Array.from(dates, epochOf);
  for (let t = 0; t < length; t++) {
    if (!(Math.abs(epochs[t]!) <= LAST_MOMENT)) {
      throw new QuantError(
        "data",
        `${name}[${t}] must be an ISO date, a Date or epoch milliseconds, got ${show(dates[t])}`,
        { argument: name, index: t, value: dates[t] },
      );
    }
    if (t > 0 && epochs[t]! <= epochs[t - 1]!) {
      throw new QuantError(
        "data",
        `${name}[${t}] must be after the date before it, got ${isoTime(epochs[t]!)} after ${isoTime(epochs[t - 1]!)}`,
        { argument: name, index: t },
      );
    }
  }
  return epochs;
}
