import type { DateLike } from "@astra-quant/core-linalg";
import { QuantError, show } from "@astra-quant/core-linalg/guards";
import { isoDay, requireDay } from "./day.ts";

/** Dates in a list, or as the index of a panel has them, in epoch milliseconds. */
export type Dates = readonly DateLike[] | Float64Array;

/**
 * The days of at least `least` dates, counted from 1970-01-01, each after the one before it.
 *
 * @param after - the day that the first one must be after
 */
export function requireAscendingDays(
  name: string,
  dates: unknown,
  { least = 1, after = Number.NEGATIVE_INFINITY }: { least?: number; after?: number } = {},
): Float64Array {
  if (!(Array.isArray(dates) || dates instanceof Float64Array) || dates.length < least) {
    const count = least === 1 ? "one date" : "two dates";
    throw new QuantError("data", `${name} must be at least ${count}, got ${show(dates)}`, { argument: name });
  }
  let before = after;
  return Float64Array.from(dates as readonly DateLike[], (date, i) => {
    const day = requireDay(`${name}[${i}]`, date);
    if (!(day > before)) {
      throw new QuantError("data", `${name}[${i}] must be after ${isoDay(before)}, got ${isoDay(day)}`, {
        argument: name,
        index: i,
      });
    }
    before = day;
    return day;
  });
}
