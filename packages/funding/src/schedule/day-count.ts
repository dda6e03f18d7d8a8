import { requireOneOf } from "@astra-quant/core-linalg/guards";

/** How days become a fraction of a year: actual days over 360 (the money market) or over 365 (sterling). */
export type DayCount = "ACT/360" | "ACT/365F";

const DAYS_A_YEAR: Readonly<Record<DayCount, number>> = { "ACT/360": 360, "ACT/365F": 365 };

/** The day count itself, if it is a known one. */
export function requireDayCount(value: unknown): DayCount {
  return requireOneOf("dayCount", value, Object.keys(DAYS_A_YEAR) as DayCount[]);
}

/** How many days of accrual make one year's rate. */
export function daysAYear(dayCount: DayCount): number {
  return DAYS_A_YEAR[dayCount];
}
