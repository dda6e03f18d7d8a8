import { requireOneOf } from "@astra-quant/core-linalg/guards";

export type CalendarPeriod = "week" | "month" | "quarter" | "year";

const DAY = 86_400_000;
/** 1970-01-01 was a Thursday; weeks begin on Monday. */
const DAYS_AFTER_MONDAY = 3;

function periodNumber(period: CalendarPeriod, epoch: number): number {
  if (period === "week") return Math.floor((Math.floor(epoch / DAY) + DAYS_AFTER_MONDAY) / 7);
  const date = new Date(epoch);
  const months = 12 * date.getUTCFullYear() + date.getUTCMonth();
  return Math.floor(months / { month: 1, quarter: 3, year: 12 }[period]);
}

/** 1 at the first row of each calendar period (UTC), row 0 among them. */
export function firstRowsOf(period: CalendarPeriod, dates: Float64Array, rows: number): Uint8Array {
  requireOneOf("rebalance.calendar", period, ["week", "month", "quarter", "year"]);
  const first = new Uint8Array(rows).fill(1, 0, 1);
  for (let t = 1; t < rows; t++) {
    first[t] = periodNumber(period, dates[t]!) === periodNumber(period, dates[t - 1]!) ? 0 : 1;
  }
  return first;
}
