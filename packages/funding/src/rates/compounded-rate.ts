import { compensatedSum, type DateLike, QuantError } from "@astra-quant/core-linalg";
import {
  requireBoolean,
  requireFinite,
  requireInteger,
  requireKnownOptions,
  requireOneOf,
} from "@astra-quant/core-linalg/guards";
import {
  type BusinessDays,
  lastBusinessDay,
  moveBusinessDays,
  nextBusinessDay,
  requireBusinessDays,
  WEEKDAYS,
} from "../calendar/business-days.ts";
import { DAY, isoDay, requireSpan } from "../calendar/day.ts";
import { type DayCount, daysAYear, requireDayCount } from "../schedule/day-count.ts";
import {
  fixingOn,
  type MissingFixing,
  type RateSeries,
  requireFixings,
  requireMissingFixing,
} from "./rate-series.ts";

export interface CompoundedRateOptions {
  /** First day of the interest period. */
  readonly from: DateLike;
  /** Day after the last one of it: the day on which it is paid, before any delay. */
  readonly to: DateLike;
  /** The days on which the rate is fixed. @defaultValue every weekday */
  readonly calendar?: BusinessDays;
  /** Business days by which each rate is taken earlier. @defaultValue 0 */
  readonly lookback?: number;
  /** How many of the last rates are replaced by the one before them. @defaultValue 0 */
  readonly lockout?: number;
  /** Whether the days that weigh a rate are shifted by `lookback` too. @defaultValue false */
  readonly observationShift?: boolean;
  /** `compounded` (interest earns interest each business day) or `simple` (a weighted mean). @defaultValue "compounded" */
  readonly average?: "compounded" | "simple";
  /** Basis points a year on top. @defaultValue 0 */
  readonly spreadBps?: number;
  /** Whether the spread compounds with the rate each day, or is added at the end. @defaultValue false */
  readonly compoundSpread?: boolean;
  /** @defaultValue "ACT/360" */
  readonly dayCount?: DayCount;
  /** @defaultValue "error" */
  readonly missingFixing?: MissingFixing;
}

/** A term rate made of overnight fixings. */
export interface CompoundedRate {
  /** The annual rate of the period, spread included. */
  readonly rate: number;
  /** What 1 earns over the interest period: rate × its fraction of a year. */
  readonly interest: number;
  /** The interest period as a fraction of a year. */
  readonly fraction: number;
  /** Epoch milliseconds of the day whose fixing each rate was taken from, one a business day of the period. */
  readonly fixingDates: Float64Array;
  /** The fixings used, annual fractions, without the spread. */
  readonly rates: Float64Array;
  /** Calendar days for which each of them counted. */
  readonly weights: Float64Array;
}

/** The first day of the period and the business days after it. */
function interestDays(first: number, end: number, calendar: BusinessDays): number[] {
  const days: number[] = [];
  for (let day = first; day < end; day = nextBusinessDay(calendar, day)) days.push(day);
  return days;
}

interface Observations {
  readonly fixingDays: number[];
  readonly weights: number[];
}

function observe(
  first: number,
  end: number,
  calendar: BusinessDays,
  lookback: number,
  shifted: boolean,
): Observations {
  const days = interestDays(first, end, calendar);
  const earlier = (day: number): number => {
    const open = lastBusinessDay(calendar, day);
    return lookback === 0 ? open : moveBusinessDays(calendar, open, -lookback);
  };
  const fixingDays = days.map(earlier);
  // an end without business is looked at from the business day after it, so that the last rate counts for a day at least
  const open = calendar.isBusinessDay(end * DAY) ? end : nextBusinessDay(calendar, end);
  const boundaries = shifted && lookback > 0 ? [...fixingDays, earlier(open)] : [...days, end];
  return { fixingDays, weights: days.map((_, i) => boundaries[i + 1]! - boundaries[i]!) };
}

/**
 * The rate of an interest period from overnight fixings, in arrears: compounded on business days, each rate weighted by
 * the calendar days until the next one, as SOFR is [Arrc2021], or the simple weighted mean. Rates may be negative.
 *
 *     1 + interest = Π (1 + r_i · n_i ÷ D)        rate = interest ÷ (Σ n_i ÷ D)
 *
 * With `lookback` k the rate of a day is the fixing k business days before it, weighted by the day's own n_i; with
 * `observationShift` also by the n_i of that earlier day, and the rate is annualised over the shifted days. With
 * `lockout` k the last k rates are the one before them.
 *
 * @throws QuantError "data" for a fixing that is missing, or before the first one; "range" for a period without days, a
 *   lockout as long as the period, or rates that leave nothing to compound; "option" for an unknown option.
 */
export function compoundedRate(fixings: RateSeries, options: CompoundedRateOptions): CompoundedRate {
  requireKnownOptions(options, [
    "from",
    "to",
    "calendar",
    "lookback",
    "lockout",
    "observationShift",
    "average",
    "spreadBps",
    "compoundSpread",
    "dayCount",
    "missingFixing",
  ]);
  const { lookback = 0, lockout = 0, observationShift = false, average = "compounded" } = options;
  const { spreadBps = 0, compoundSpread = false, dayCount = "ACT/360", missingFixing = "error" } = options;
  const known = requireFixings("fixings", fixings);
  const calendar = requireBusinessDays("calendar", options.calendar ?? WEEKDAYS);
  requireInteger("lookback", lookback, 0);
  requireInteger("lockout", lockout, 0);
  requireOneOf("average", average, ["compounded", "simple"]);
  requireMissingFixing(missingFixing);
  requireBoolean("observationShift", observationShift);
  requireBoolean("compoundSpread", compoundSpread);
  const { first, end } = requireSpan(options.from, options.to);
  if (first === end) {
    throw new QuantError("range", `to must be after from, got ${isoDay(end)} for both`, { argument: "to" });
  }
  const { fixingDays, weights } = observe(first, end, calendar, lookback, observationShift);
  if (lockout >= fixingDays.length) {
    throw new QuantError(
      "range",
      `lockout must leave a rate before it, got ${lockout} of ${fixingDays.length}`,
      { argument: "lockout" },
    );
  }
  fixingDays.fill(fixingDays[fixingDays.length - 1 - lockout]!, fixingDays.length - lockout);

  const spread = requireFinite("spreadBps", spreadBps) / 10_000;
  const rates = Float64Array.from(fixingDays, (day) => fixingOn(known, day, calendar, missingFixing));
  const year = daysAYear(requireDayCount(dayCount));
  const observed = weights.reduce((sum, days) => sum + days, 0) / year;
  const daily = compoundSpread ? spread : 0;
  const interest = weights.map((days, i) => ((rates[i]! + daily) * days) / year);
  interest.forEach((growth, i) => {
    if (growth > -1 && growth < Number.POSITIVE_INFINITY) return;
    throw new QuantError(
      "range",
      `fixings must leave money to compound, got the rate ${rates[i]} for ${weights[i]} days`,
      { argument: "fixings", rate: rates[i] },
    );
  });
  const earned =
    average === "compounded"
      ? interest.reduce((sum, next) => sum + (1 + sum) * next, 0)
      : compensatedSum(interest);
  const rate = requireFinite("the compounded rate", earned / observed + (compoundSpread ? 0 : spread));
  const fraction = (end - first) / year;
  return {
    rate,
    interest: rate * fraction,
    fraction,
    fixingDates: Float64Array.from(fixingDays, (day) => day * DAY),
    rates,
    weights: Float64Array.from(weights),
  };
}
