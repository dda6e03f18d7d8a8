import { fixture } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { isoDay } from "../../src/calendar/day.ts";
import { easterSunday } from "../../src/calendar/easter.ts";
import { type Market, MarketCalendar, marketHolidays, marketYears } from "../../src/index.ts";

const { closed, easter, lastYear } = fixture(import.meta.url, "calendars.json") as {
  closed: Record<Market, string[]>;
  easter: string[];
  lastYear: number;
};

describe("QuantLib's calendars", () => {
  test.each(Object.keys(closed) as Market[])("%s closes on the same days of every year", (market) => {
    const { first } = marketYears(market);
    const years = Array.from({ length: lastYear - first + 1 }, (_, i) => first + i);
    const computed = years.flatMap((year) => marketHolidays(market, year).map(({ date }) => date));
    expect(computed).toEqual(closed[market]);
  });

  test.each(Object.keys(closed) as Market[])("%s has business on every other weekday", (market) => {
    const calendar = new MarketCalendar(market);
    const { first } = marketYears(market);
    const shut = new Set(closed[market]);
    const answers = { open: 0, shut: 0 };
    for (let day = Date.UTC(first, 0, 1); day <= Date.UTC(lastYear, 11, 31); day += 86_400_000) {
      const weekend = [0, 6].includes(new Date(day).getUTCDay());
      const open = !weekend && !shut.has(isoDay(day / 86_400_000));
      if (calendar.isBusinessDay(day) === open) answers[open ? "open" : "shut"]++;
    }
    expect(answers.open + answers.shut).toBe(
      (Date.UTC(lastYear + 1, 0, 1) - Date.UTC(first, 0, 1)) / 86_400_000,
    );
  });

  test("Easter falls on the day that dateutil computes, from 1900 to 2099", () => {
    expect(easter.map((_, i) => isoDay(easterSunday(1900 + i)))).toEqual(easter);
  });
});
