import { DAY, type Interval } from "./interval.ts";
import { momentOf, wallTime, type Zone } from "./time-zone.ts";

/** A span of time, start ≤ time < end. */
export interface Bin {
  readonly start: number;
  readonly end: number;
}

/** The bin that a moment lies in. */
export type BinRule = (time: number) => Bin;

/** How the clocks and the calendar of a market cut time. */
export interface MarketClock {
  readonly zone: Zone;
  /** When a day begins, in milliseconds after the zone's midnight. */
  readonly dayStart: number;
  /** The day that a week begins on, 0 being Sunday. */
  readonly weekStart: number;
}

/** 1970-01-01 was a Thursday. */
const FIRST_WEEKDAY = 4;

const monthOf = (day: number): number => {
  const date = new Date(day * DAY);
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
};
const firstDayOf = (month: number): number => Date.UTC(1970, month) / DAY;

/** The first day of the period that `day` lies in, and that of the next: days counted from 1970-01-01. */
function periodOf(day: number, interval: Exclude<Interval, { unit: "millisecond" }>, weekStart: number): Bin {
  const { count } = interval;
  if (interval.unit === "month") {
    const month = Math.floor(monthOf(day) / count) * count;
    return { start: firstDayOf(month), end: firstDayOf(month + count) };
  }
  const origin = interval.weekly ? (weekStart - FIRST_WEEKDAY + 7) % 7 : 0;
  const start = origin + Math.floor((day - origin) / count) * count;
  return { start, end: start + count };
}

/**
 * Bins that depend on the calendar alone, never on where the data begin. Days, weeks, months and years begin at the
 * zone's `dayStart`; several of them are counted from 1970 on. Bins of a fixed length are counted from the beginning of
 * each day, and the last one of a day ends with it.
 */
export function binRule(interval: Interval, { zone, dayStart, weekStart }: MarketClock): BinRule {
  const startOf = (day: number): number => momentOf(zone, day * DAY + dayStart);
  const dayOf = (time: number): number => {
    let day = Math.floor((wallTime(zone, time) - dayStart) / DAY);
    while (startOf(day) > time) day--;
    while (startOf(day + 1) <= time) day++;
    return day;
  };
  if (interval.unit !== "millisecond") {
    return (time) => {
      const { start, end } = periodOf(dayOf(time), interval, weekStart);
      return { start: startOf(start), end: startOf(end) };
    };
  }
  const { count } = interval;
  let day: Bin = { start: Number.POSITIVE_INFINITY, end: Number.NEGATIVE_INFINITY };
  return (time) => {
    if (time < day.start || time >= day.end) {
      const number = dayOf(time);
      day = { start: startOf(number), end: startOf(number + 1) };
    }
    const start = day.start + Math.floor((time - day.start) / count) * count;
    return { start, end: Math.min(start + count, day.end) };
  };
}
