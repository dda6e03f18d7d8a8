import { isoTime } from "@astra-quant/core-linalg";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** 1970-01-05: weeks begin on Mondays. */
const MONDAY = 4 * DAY;
const MONTH = 30.4375 * DAY;
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

interface Step {
  /** About how long it is, in milliseconds. */
  readonly length: number;
  /** Calendar months; 0 for steps of a fixed length. */
  readonly months: number;
}

const fixed = (length: number): Step => ({ length, months: 0 });
const monthly = (months: number): Step => ({ length: months * MONTH, months });

const STEPS: readonly Step[] = [
  ...[1, 5, 15, 30].map((minutes) => fixed(minutes * MINUTE)),
  ...[1, 3, 6, 12].map((hours) => fixed(hours * HOUR)),
  ...[1, 2, 7].map((days) => fixed(days * DAY)),
  ...[1, 3, 6].map(monthly),
  ...[1, 2, 5, 10, 20, 50, 100].map((years) => monthly(12 * years)),
];

export interface CalendarTick {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly text: string;
}

/** A year where one begins, a month where one begins, else the day, else the time. */
function textOf(at: number, { months, length }: Step): string {
  const [date, time] = isoTime(at).split("T");
  const [year, month, day] = date!.split("-").slice(-3);
  if (months >= 12) return year!;
  if (months > 0) return month === "01" ? year! : MONTHS[Number(month) - 1]!;
  return length < DAY && time !== undefined
    ? time.slice(0, 5)
    : `${Number(day)} ${MONTHS[Number(month) - 1]}`;
}

function monthStart(at: number, months: number, further: number): number {
  const day = new Date(at);
  const count = 12 * day.getUTCFullYear() + day.getUTCMonth();
  const start = (Math.ceil(count / months) + further) * months;
  const moment = new Date(0);
  moment.setUTCFullYear(Math.floor(start / 12), start % 12, 1);
  return moment.getTime();
}

/** Where years, quarters, months, weeks, days or hours (UTC) begin between two moments: about `most` of them. */
export function calendarTicks(from: number, to: number, most: number): CalendarTick[] {
  const step = STEPS.find(({ length }) => (to - from) / length <= most) ?? STEPS.at(-1)!;
  const origin = step.length === 7 * DAY ? MONDAY : 0;
  const first = Math.ceil((from - origin) / step.length);
  const ticks: CalendarTick[] = [];
  for (let k = 0; k <= 2 * most; k++) {
    const at = step.months > 0 ? monthStart(from, step.months, k) : origin + (first + k) * step.length;
    if (at > to) break;
    if (at >= from) ticks.push({ at, text: textOf(at, step) });
  }
  return ticks;
}
