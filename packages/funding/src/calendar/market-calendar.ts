import { BusinessCalendar, type DateLike, type RollConvention } from "@astra-quant/core-linalg";
import { QuantError, requireKnownOptions, show } from "@astra-quant/core-linalg/guards";
import { civilOf, isoDay, requireDay } from "./day.ts";
import { type Market, marketHolidays, marketYears, requireMarket } from "./market-holidays.ts";

export interface MarketCalendarOptions {
  /** Days without business besides the computed ones: closings that no rule foretells. @defaultValue none */
  readonly holidays?: readonly DateLike[];
}

/**
 * The business days of a market whose closed days follow rules; counts and steps as `BusinessCalendar` does. It answers
 * for the years of `marketYears(market)` only, so that no day is taken for a business day because nobody knew better.
 *
 * @throws QuantError "option" for a market without rules; "range", in every method, for a day outside those years.
 */
export class MarketCalendar {
  readonly market: Market;
  readonly #days: BusinessCalendar;

  constructor(market: Market, options: MarketCalendarOptions = {}) {
    requireKnownOptions(options, ["holidays"]);
    this.market = requireMarket(market);
    const { holidays = [] } = options;
    if (!Array.isArray(holidays)) {
      throw new QuantError("option", `holidays must be an array, got ${show(holidays)}`, {
        argument: "holidays",
      });
    }
    const { first, last } = marketYears(market);
    const computed = Array.from({ length: last - first + 1 }, (_, i) => marketHolidays(market, first + i));
    this.#days = new BusinessCalendar({
      holidays: [...holidays, ...computed.flat().map(({ date }) => date)],
    });
  }

  /** Whether there is business on that day. */
  isBusinessDay(date: DateLike): boolean {
    return this.#days.isBusinessDay(this.#covered("date", date));
  }

  /** The first business day after that day, in epoch milliseconds. */
  next(date: DateLike): number {
    return this.add(date, 1);
  }

  /** The last business day before that day, in epoch milliseconds. */
  previous(date: DateLike): number {
    return this.add(date, -1);
  }

  /** The n-th business day after that day (before it, when n is negative), in epoch milliseconds. */
  add(date: DateLike, n: number): number {
    return this.#answer(this.#days.add(this.#covered("date", date), n));
  }

  /** The number of business days from `from`, counted, to `to`, not counted. */
  between(from: DateLike, to: DateLike): number {
    return this.#days.between(this.#covered("from", from), this.#covered("to", to));
  }

  /** The business days from `from` to `to`, both counted, in epoch milliseconds. */
  range(from: DateLike, to: DateLike): Float64Array {
    return this.#days.range(this.#covered("from", from), this.#covered("to", to));
  }

  /** The day itself if there is business on it, else the one that the convention moves it to. */
  roll(date: DateLike, convention: RollConvention): number {
    return this.#answer(this.#days.roll(this.#covered("date", date), convention));
  }

  #covered(name: string, date: DateLike): DateLike {
    const day = requireDay(name, date);
    const { year } = civilOf(day);
    const { first, last } = marketYears(this.market);
    if (year >= first && year <= last) return date;
    throw new QuantError(
      "range",
      `${name} must lie in the years ${first} … ${last} of the ${this.market} calendar, got ${isoDay(day)}`,
      { argument: name, market: this.market, first, last },
    );
  }

  #answer(epoch: number): number {
    this.#covered("the business day asked for", epoch);
    return epoch;
  }
}
