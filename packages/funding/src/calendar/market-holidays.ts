import { requireInteger, requireOneOf } from "@astra-quant/core-linalg/guards";
import { dayOf, isoDay, requireDay, weekdayOf } from "./day.ts";
import { easterSunday } from "./easter.ts";
import type { NamedDay } from "./holiday-rules.ts";
import { bondHolidays, commonUsHolidays } from "./us-holidays.ts";

/**
 * Markets whose closed days follow rules:
 *
 * - `US-SIFMA`: good settlement days of US government securities, on which SOFR is published. Good Friday always
 *   closes, also in years whose recommendation is an early close of trading [Sifma2015].
 * - `US-NYSE`: days on which the New York Stock Exchange is closed all day [NyseRule72].
 * - `TARGET`: closing days of the euro's payment system since its long-term calendar [EcbTarget2000].
 */
export type Market = "US-SIFMA" | "US-NYSE" | "TARGET";

/** A day without business. */
export interface Holiday {
  /** ISO date. */
  readonly date: string;
  readonly name: string;
}

interface MarketRules {
  /** The first year for which the rules of today hold. */
  readonly firstYear: number;
  readonly rules: (year: number) => NamedDay[];
  /** Days that no rule foretells. */
  readonly special: Readonly<Record<string, string>>;
}

/** Rules change; beyond this year nobody has announced any. */
const LAST_YEAR = 2099;

const MARKETS: Readonly<Record<Market, MarketRules>> = {
  "US-SIFMA": {
    firstYear: 2000,
    rules: (year) => [...commonUsHolidays(year), ...bondHolidays(year)],
    special: {
      "2004-06-11": "funeral of President Reagan",
      "2012-10-30": "hurricane Sandy",
      "2018-12-05": "funeral of President G. H. W. Bush",
    },
  },
  "US-NYSE": {
    firstYear: 1998,
    rules: commonUsHolidays,
    special: {
      "2001-09-11": "attacks of 11 September",
      "2001-09-12": "attacks of 11 September",
      "2001-09-13": "attacks of 11 September",
      "2001-09-14": "attacks of 11 September",
      "2004-06-11": "funeral of President Reagan",
      "2007-01-02": "funeral of President Ford",
      "2012-10-29": "hurricane Sandy",
      "2012-10-30": "hurricane Sandy",
      "2018-12-05": "funeral of President G. H. W. Bush",
      "2025-01-09": "funeral of President Carter",
    },
  },
  TARGET: {
    firstYear: 2002,
    rules: (year) => {
      const easter = easterSunday(year);
      return [
        { name: "New Year's Day", day: dayOf(year, 1, 1) },
        { name: "Good Friday", day: easter - 2 },
        { name: "Easter Monday", day: easter + 1 },
        { name: "Labour Day", day: dayOf(year, 5, 1) },
        { name: "Christmas Day", day: dayOf(year, 12, 25) },
        { name: "26 December", day: dayOf(year, 12, 26) },
      ];
    },
    special: {},
  },
};

/** The market, if its rules are known. */
export function requireMarket(market: unknown): Market {
  return requireOneOf("market", market, Object.keys(MARKETS) as Market[]);
}

/** The years for which a market's closed days are computed, both included. */
export function marketYears(market: Market): { readonly first: number; readonly last: number } {
  return { first: MARKETS[requireMarket(market)].firstYear, last: LAST_YEAR };
}

/**
 * The weekdays of a year on which a market is closed all day, ascending. Early closes are business days. Special
 * closings of the past are included as far as they are known at this release; those of the future are not.
 *
 * @throws QuantError "option" for a market without rules, "range" for a year outside {@link marketYears}.
 */
export function marketHolidays(market: Market, year: number): readonly Holiday[] {
  const { firstYear, rules, special } = MARKETS[requireMarket(market)];
  requireInteger("year", year, firstYear, LAST_YEAR);
  const known = rules(year);
  for (const [date, name] of Object.entries(special)) {
    if (date.startsWith(`${year}-`)) known.push({ name, day: requireDay("special", date) });
  }
  return known
    .filter(({ day }) => weekdayOf(day) !== 0 && weekdayOf(day) !== 6)
    .sort((a, b) => a.day - b.day)
    .map(({ name, day }) => ({ date: isoDay(day), name }));
}
