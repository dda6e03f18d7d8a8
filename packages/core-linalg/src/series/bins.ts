import { requireInteger } from "../guards/numbers.ts";
import { requireOneOf } from "../guards/options.ts";
import { QuantError, show } from "../guards/quant-error.ts";
import type { BinOptions } from "./bin-options.ts";
import { type BinRule, binRule } from "./bin-rule.ts";
import { requireMoment } from "./date-like.ts";
import { GrowingVector } from "./growing-vector.ts";
import { DAY, mostDays, requireInterval } from "./interval.ts";
import { isoTime } from "./iso-time.ts";
import { requireZone } from "./time-zone.ts";

/** Rows cut into bars: bar b holds rows firstRows[b] … firstRows[b + 1] − 1. */
export interface Bins {
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  readonly labels: Float64Array;
  readonly firstRows: Float64Array;
  readonly complete: boolean;
}

const TIME_OF_DAY = /^([01]\d|2[0-3]):([0-5]\d)$/;
/** A thousand years (the longest bar) short of what a `Date` can hold. */
const LAST_TIME = 8.6e15;

export function requireTimeOfDay(name: string, text: unknown): number {
  const match = typeof text === "string" ? TIME_OF_DAY.exec(text) : null;
  if (match !== null) return (Number(match[1]) * 60 + Number(match[2])) * 60_000;
  throw new QuantError("option", `${name} must be a time of day such as "09:30", got ${show(text)}`, {
    argument: name,
    value: text,
  });
}

function requireDatedTimes(times: Float64Array): void {
  for (const row of [0, times.length - 1]) {
    if (!(Math.abs(times[row] ?? 0) > LAST_TIME)) continue;
    throw new QuantError("range", `row ${row}: time ${times[row]} is beyond the calendar`, {
      row,
      time: times[row],
    });
  }
}

/** Walks over ascending times and cuts them where the rule's bins end. */
function cut(times: Float64Array, binOf: BinRule, closed: "left" | "right", keepEmpty: boolean) {
  const starts = new GrowingVector();
  const ends = new GrowingVector();
  const firstRows = new GrowingVector();
  let end = Number.NEGATIVE_INFINITY;
  for (let t = 0; t < times.length; t++) {
    const time = times[t]!;
    if (time < end || (closed === "right" && time === end)) continue;
    let bin = binOf(time);
    if (closed === "right" && bin.start === time) bin = binOf(time - 1);
    if (keepEmpty && t > 0) {
      for (let gap = binOf(end); gap.start < bin.start; gap = binOf(gap.end)) {
        starts.push(gap.start);
        ends.push(gap.end);
        firstRows.push(t);
      }
    }
    starts.push(bin.start);
    ends.push(bin.end);
    firstRows.push(t);
    end = bin.end;
  }
  firstRows.push(times.length);
  return { starts, ends, firstRows };
}

/** The bars of ascending times. The names of the options are the caller's to check. */
export function binsOf(times: Float64Array, options: BinOptions): Bins {
  const { label = "end", closed = "left", timeZone = "UTC", dayStart = "00:00", weekStart = 1 } = options;
  const { empty = "skip", until, incomplete = "keep" } = options;
  const interval = requireInterval(options.every);
  requireOneOf("label", label, ["start", "end"]);
  requireOneOf("closed", closed, ["left", "right"]);
  requireOneOf("empty", empty, ["skip", "keep"]);
  requireOneOf("incomplete", incomplete, ["keep", "drop"]);
  requireInteger("weekStart", weekStart, 0, 6);
  requireDatedTimes(times);
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  const known = until === undefined ? last : requireMoment("until", until);
  if (known < last) {
    throw new QuantError(
      "range",
      `until must not be before the last row, ${isoTime(last)}, got ${show(until)}`,
      {
        argument: "until",
        value: until,
      },
    );
  }
  const reach = (mostDays(interval) + 1) * DAY;
  const zone = requireZone(timeZone, first - reach, last + reach);
  const rule = binRule(interval, { zone, dayStart: requireTimeOfDay("dayStart", dayStart), weekStart });
  const { starts, ends, firstRows } = cut(times, rule, closed, empty === "keep");
  const over = ends.last === undefined || ends.last <= known;
  const bars = ends.length - (!over && incomplete === "drop" ? 1 : 0);
  return {
    starts: starts.take(bars),
    ends: ends.take(bars),
    labels: (label === "start" ? starts : ends).take(bars),
    firstRows: firstRows.take(bars + 1),
    complete: over || incomplete === "drop",
  };
}
