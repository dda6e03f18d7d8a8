import { type DateLike, exp, expm1, log1p, QuantError, type VectorLike } from "@astra-quant/core-linalg";
import { requireFiniteVector, requireKnownOptions, requireOneOf } from "@astra-quant/core-linalg/guards";
import { type Dates, requireAscendingDays } from "../calendar/ascending-days.ts";
import {
  type BusinessDays,
  lastBusinessDay,
  nextBusinessDay,
  requireBusinessDays,
  WEEKDAYS,
} from "../calendar/business-days.ts";
import { DAY, isoDay, requireDay, requireSpan } from "../calendar/day.ts";
import { type DayCount, daysAYear, requireDayCount } from "../schedule/day-count.ts";
import type { RateSeries } from "./rate-series.ts";

export interface ForwardCurveOptions {
  /** The day from which the rates are counted. */
  readonly spot: DateLike;
  /** Days on which the quoted deposits or swaps end: after `spot`, strictly ascending. */
  readonly dates: Dates;
  /** Their simple rates, annual fractions: 1 at `spot` is worth 1 + rate × fraction on the date. */
  readonly rates: VectorLike;
  /** @defaultValue "ACT/360" */
  readonly dayCount?: DayCount;
  /**
   * What is straight between two dates: `log-discount` keeps the overnight forward rate constant, `zero-rate` the
   * continuous rate a line. @defaultValue "log-discount"
   */
  readonly interpolation?: "log-discount" | "zero-rate";
}

/**
 * Forward rates from simple rates quoted to a few dates, by interpolation between them. Before the first date the curve
 * takes the first rate, after the last one the last forward rate (or zero rate) goes on.
 *
 * @throws QuantError "data" or "range" for dates that do not ascend from `spot` and rates that discount to nothing;
 *   "shape" when dates and rates differ in number; "option" for an unknown option.
 */
export class ForwardCurve {
  readonly #spot: number;
  readonly #year: number;
  readonly #interpolation: "log-discount" | "zero-rate";
  /** Days from spot, beginning with 0 where discounts are interpolated. */
  readonly #times: Float64Array;
  /** −log discount, or the continuous zero rate a day. */
  readonly #values: Float64Array;

  constructor(options: ForwardCurveOptions) {
    requireKnownOptions(options, ["spot", "dates", "rates", "dayCount", "interpolation"]);
    const { dates, dayCount = "ACT/360", interpolation = "log-discount" } = options;
    requireOneOf("interpolation", interpolation, ["log-discount", "zero-rate"]);
    this.#spot = requireDay("spot", options.spot);
    this.#year = daysAYear(requireDayCount(dayCount));
    this.#interpolation = interpolation;
    const times = requireAscendingDays("dates", dates, { after: this.#spot }).map((day) => day - this.#spot);
    const rates = requireFiniteVector("rates", options.rates, times.length);
    const yields = Array.from(times, (time, i) => {
      const interest = (rates[i]! * time) / this.#year;
      if (interest > -1) return log1p(interest);
      throw new QuantError("range", `rates[${i}] must leave a positive discount factor, got ${rates[i]}`, {
        argument: "rates",
        index: i,
      });
    });
    if (interpolation === "log-discount") {
      this.#times = Float64Array.from([0, ...times]);
      this.#values = Float64Array.from([0, ...yields]);
    } else {
      this.#times = times;
      this.#values = Float64Array.from(yields, (value, i) => value / times[i]!);
    }
  }

  /** What 1 on that day is worth at `spot`. */
  discountFactor(date: DateLike): number {
    return exp(-this.#yieldTo("date", requireDay("date", date)));
  }

  /**
   * The simple forward rate between two days, an annual fraction: what a loan from one to the other costs today.
   *
   * @throws QuantError "range" for a period without days, or days before `spot`.
   */
  forwardRate(from: DateLike, to: DateLike): number {
    const { first, end } = requireSpan(from, to);
    if (first === end) {
      throw new QuantError("range", `to must be after from, got ${isoDay(end)} for both`, { argument: "to" });
    }
    const interest = expm1(this.#yieldTo("to", end) - this.#yieldTo("from", first));
    return (interest * this.#year) / (end - first);
  }

  /**
   * Overnight forward rates on the business days from one day to another (which is not counted), each over the days to
   * the next business day: fixings that a schedule or `compoundedRate` takes where the market has not fixed yet.
   */
  overnightFixings(from: DateLike, to: DateLike, calendar: BusinessDays = WEEKDAYS): RateSeries {
    requireBusinessDays("calendar", calendar);
    const { first, end } = requireSpan(from, to);
    const dates: number[] = [];
    const rates: number[] = [];
    for (let day = lastBusinessDay(calendar, first); day < end; ) {
      const next = nextBusinessDay(calendar, day);
      dates.push(day * DAY);
      rates.push(this.forwardRate(Math.max(day, this.#spot) * DAY, next * DAY));
      day = next;
    }
    return { dates: Float64Array.from(dates), rates: Float64Array.from(rates) };
  }

  /** −log of the discount factor. */
  #yieldTo(name: string, day: number): number {
    const time = day - this.#spot;
    if (time < 0) {
      throw new QuantError(
        "range",
        `${name} must not be before spot ${isoDay(this.#spot)}, got ${isoDay(day)}`,
        {
          argument: name,
        },
      );
    }
    return this.#interpolation === "log-discount" ? this.#at(time, true) : this.#at(time, false) * time;
  }

  /** The line between the two neighbours; beyond the ends the last line goes on, or the last value stays. */
  #at(time: number, extend: boolean): number {
    const [times, values] = [this.#times, this.#values];
    const last = times.length - 1;
    if (!extend && (time <= times[0]! || last === 0)) return values[0]!;
    if (!extend && time >= times[last]!) return values[last]!;
    let i = 1;
    while (i < last && times[i]! < time) i++;
    const share = (time - times[i - 1]!) / (times[i]! - times[i - 1]!);
    return values[i - 1]! + share * (values[i]! - values[i - 1]!);
  }
}
