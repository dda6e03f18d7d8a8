import { requireInteger } from "../guards/numbers.ts";
import { requireKnownOptions, requireOneOf } from "../guards/options.ts";
import { QuantError, show } from "../guards/quant-error.ts";
import { outputVector } from "../guards/vectors.ts";
import { type DateLike, LAST_MOMENT, requireMoment } from "./date-like.ts";
import { DAY } from "./interval.ts";
import { WorkingWeek } from "./working-week.ts";

export interface BusinessCalendarOptions {
  /** The days of every week without business, 0 being Sunday. @defaultValue [6, 0], Saturday and Sunday */
  readonly weekend?: readonly number[];
  /** Days without business besides, in any order; those on a weekend change nothing. @defaultValue none */
  readonly holidays?: readonly DateLike[];
}

/** Where a day without business moves to: on, or back; "modified" turns round rather than leave the month. */
export type RollConvention = "following" | "preceding" | "modified-following" | "modified-preceding";

const CONVENTIONS = ["following", "preceding", "modified-following", "modified-preceding"] as const;

/** How many of the ascending `values` are below `limit` (or at it, with `orAt`). */
function countBelow(values: Float64Array, limit: number, orAt: boolean): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! < limit || (orAt && values[middle] === limit)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The day that a moment lies in, counted from 1970-01-01 in UTC. */
const dayOf = (name: string, date: unknown): number => Math.floor(requireMoment(name, date) / DAY);

const sameMonth = (a: number, b: number): boolean => {
  const [first, second] = [new Date(a * DAY), new Date(b * DAY)];
  return first.getUTCMonth() === second.getUTCMonth() && first.getUTCFullYear() === second.getUTCFullYear();
};

/**
 * A market's business days: every day but the weekend's and the holidays that the caller lists. Days go in as ISO dates,
 * `Date`s or epoch milliseconds, of which the day in UTC counts, and come out as the epoch milliseconds of their
 * midnight in UTC. Counting and stepping take the time of a binary search among the holidays, however far apart the days.
 *
 * @throws QuantError "data" for a holiday or a day that is no date, "range" for a weekend of all seven days or of
 *   numbers other than 0 … 6, "option" for lists that are none.
 */
export class BusinessCalendar {
  readonly #week: WorkingWeek;
  /** Holidays that are not on a weekend, as days from 1970 on, ascending. */
  readonly #holidays: Float64Array;
  /** How many business days lie before each of the holidays. */
  readonly #ranks: Float64Array;

  constructor(options: BusinessCalendarOptions = {}) {
    requireKnownOptions(options, ["weekend", "holidays"]);
    const { weekend = [6, 0], holidays = [] } = options;
    for (const [name, list] of Object.entries({ weekend, holidays })) {
      if (Array.isArray(list)) continue;
      throw new QuantError("option", `${name} must be an array, got ${show(list)}`, { argument: name });
    }
    this.#week = new WorkingWeek(weekend);
    const days = Float64Array.from(holidays, (day, i) => dayOf(`holidays[${i}]`, day)).sort();
    this.#holidays = days.filter((day, i) => day !== days[i - 1] && this.#week.includes(day));
    this.#ranks = this.#holidays.map((day, i) => this.#week.before(day) - i);
  }

  /** Whether there is business on that day. */
  isBusinessDay(date: DateLike): boolean {
    return this.#isOpen(dayOf("date", date));
  }

  /** The first business day after that day, itself not counted. */
  next(date: DateLike): number {
    return this.add(date, 1);
  }

  /** The last business day before that day, itself not counted. */
  previous(date: DateLike): number {
    return this.add(date, -1);
  }

  /**
   * The n-th business day after that day, or before it when n is negative, whether or not there is business on the day
   * itself: Saturday + 1 is Monday, Saturday − 1 is Friday. With n = 0 the day itself or else the first one after it.
   *
   * @throws QuantError "range" for n that is no integer, and for an answer beyond the calendar.
   */
  add(date: DateLike, n: number): number {
    requireInteger("n", n, -LAST_MOMENT / DAY, LAST_MOMENT / DAY);
    const day = dayOf("date", date);
    const number = n > 0 ? this.#before(day + 1) + n - 1 : this.#before(day) + n;
    return this.#moment(this.#businessDay(number));
  }

  /**
   * The number of business days from `from`, itself counted, to `to`, itself not counted; negative when `to` is the
   * earlier one, so that between(a, b) + between(b, c) = between(a, c).
   */
  between(from: DateLike, to: DateLike): number {
    return this.#before(dayOf("to", to)) - this.#before(dayOf("from", from));
  }

  /** The business days from `from` to `to`, both counted; none when `to` is the earlier one. */
  range(from: DateLike, to: DateLike, options: { readonly out?: Float64Array } = {}): Float64Array {
    requireKnownOptions(options, ["out"]);
    const first = this.#before(dayOf("from", from));
    const end = this.#before(dayOf("to", to) + 1);
    const days = outputVector(options.out, Math.max(0, end - first));
    for (let i = 0; i < days.length; i++) days[i] = this.#businessDay(first + i) * DAY;
    return days;
  }

  /** The day itself if there is business on it, else the day that the convention moves it to. */
  roll(date: DateLike, convention: RollConvention): number {
    requireOneOf("convention", convention, CONVENTIONS);
    const day = dayOf("date", date);
    if (this.#isOpen(day)) return this.#moment(day);
    const rank = this.#before(day);
    const after = this.#businessDay(rank);
    const before = this.#businessDay(rank - 1);
    if (convention === "following") return this.#moment(after);
    if (convention === "preceding") return this.#moment(before);
    if (convention === "modified-following") return this.#moment(sameMonth(day, after) ? after : before);
    return this.#moment(sameMonth(day, before) ? before : after);
  }

  #moment(day: number): number {
    if (Math.abs(day * DAY) <= LAST_MOMENT) return day * DAY;
    throw new QuantError("range", `the business day is beyond the calendar, ${day} days from 1970`, { day });
  }

  #isOpen(day: number): boolean {
    return this.#week.includes(day) && this.#holidays[countBelow(this.#holidays, day, false)] !== day;
  }

  /** Business days up to, not including, that day, counted from a day that is the same for all. */
  #before(day: number): number {
    return this.#week.before(day) - countBelow(this.#holidays, day, false);
  }

  /** The business day with so many before it. */
  #businessDay(number: number): number {
    return this.#week.workday(number + countBelow(this.#ranks, number, true));
  }
}
