import { dayOf, weekdayOf } from "./day.ts";

/** A day without business, and why. */
export interface NamedDay {
  readonly name: string;
  readonly day: number;
}

const [SUNDAY, MONDAY, SATURDAY] = [0, 1, 6];

/** The n-th weekday of that kind in a month. */
export function nthWeekday(year: number, month: number, weekday: number, n: number): number {
  const first = dayOf(year, month, 1);
  return first + ((weekday - weekdayOf(first) + 7) % 7) + 7 * (n - 1);
}

/** The last Monday of a month. */
export function lastMonday(year: number, month: number): number {
  const last = dayOf(year, month + 1, 0);
  return last - ((weekdayOf(last) - MONDAY + 7) % 7);
}

/** The Monday after a holiday on a Sunday. */
export function sundayToMonday(day: number): number {
  return weekdayOf(day) === SUNDAY ? day + 1 : day;
}

/** The Monday after a holiday on a Sunday, the Friday before one on a Saturday. */
export function nearestWorkday(day: number): number {
  return weekdayOf(day) === SATURDAY ? day - 1 : sundayToMonday(day);
}
