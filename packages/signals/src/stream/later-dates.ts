import { type DateLike, QuantError } from "@astra-quant/core-linalg";
import { requireMoment, show } from "@astra-quant/core-linalg/guards";

/** The moment in epoch milliseconds, if it is later than the one before it (null: there is none). */
export function requireLaterMoment(name: string, date: unknown, before: number | null): number {
  const epoch = requireMoment(name, date);
  if (before === null || epoch > before) return epoch;
  const rule = epoch === before ? "occurs twice" : "is earlier than the date before it";
  throw new QuantError("data", `${name} must be later than the date before it: ${show(date)} ${rule}`, {
    argument: name,
    value: date,
  });
}

/** The dates in epoch milliseconds, if there are that many and each is later than the one before it. */
export function requireAscendingDates(
  name: string,
  dates: ArrayLike<DateLike>,
  length: number,
): Float64Array {
  if (typeof dates !== "object" || dates === null || !("length" in dates)) {
    throw new QuantError("shape", `${name} must be a list of dates, got ${show(dates)}`, { argument: name });
  }
  if (dates.length !== length) {
    throw new QuantError("shape", `${name} must have ${length} entries, got ${dates.length}`, {
      argument: name,
      expected: length,
      length: dates.length,
    });
  }
  let before: number | null = null;
  return Float64Array.from(dates as ArrayLike<unknown>, (date, i) => {
    before = requireLaterMoment(`${name}[${i}]`, date, before);
    return before;
  });
}
