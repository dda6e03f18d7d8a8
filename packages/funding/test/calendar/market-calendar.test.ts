import { BusinessCalendar, isoTime } from "@astra-quant/core-linalg";
import { describe, expect, test } from "vitest";
import { type Market, MarketCalendar, marketHolidays, marketYears } from "../../src/index.ts";
import { refusal } from "../refusal.ts";

const sifma = new MarketCalendar("US-SIFMA");
const nyse = new MarketCalendar("US-NYSE");
const target = new MarketCalendar("TARGET");

describe("MarketCalendar", () => {
  test("the exchange's own announcement for 2022 to 2024", () => {
    const announced = {
      2022: "01-17 02-21 04-15 05-30 06-20 07-04 09-05 11-24 12-26",
      2023: "01-02 01-16 02-20 04-07 05-29 06-19 07-04 09-04 11-23 12-25",
      2024: "01-01 01-15 02-19 03-29 05-27 06-19 07-04 09-02 11-28 12-25",
    };
    for (const [year, days] of Object.entries(announced)) {
      const dates = marketHolidays("US-NYSE", Number(year)).map(({ date }) => date.slice(5));
      expect(dates.join(" "), year).toBe(days);
    }
  });

  test("a New Year's Day on a Saturday closes nothing; one on a Sunday closes Monday", () => {
    expect(nyse.isBusinessDay("2021-12-31")).toBe(true);
    expect(nyse.isBusinessDay("2022-01-03")).toBe(true);
    expect(nyse.isBusinessDay("2023-01-02")).toBe(false);
  });

  test("Good Friday is no settlement day of bonds, whatever trading does", () => {
    for (const date of ["2012-04-06", "2015-04-03", "2021-04-02", "2026-04-03"]) {
      expect(sifma.isBusinessDay(date), date).toBe(false);
    }
  });

  test("bonds keep Columbus Day and Veterans Day, stocks do not; Juneteenth begins in 2022", () => {
    for (const date of ["2024-10-14", "2024-11-11"]) {
      expect([sifma.isBusinessDay(date), nyse.isBusinessDay(date)], date).toEqual([false, true]);
    }
    expect(nyse.isBusinessDay("2021-06-18") && sifma.isBusinessDay("2021-06-18")).toBe(true);
    expect(sifma.isBusinessDay("2022-06-20")).toBe(false);
  });

  test("the euro's payment system is open on Ascension and closed on 1 May", () => {
    expect(target.isBusinessDay("2026-05-14")).toBe(true);
    expect(target.isBusinessDay("2026-05-01")).toBe(false);
  });

  test("settlement is T+1 and T+2 in business days", () => {
    expect(isoTime(nyse.add("2026-07-01", 1))).toBe("2026-07-02");
    expect(isoTime(nyse.add("2026-07-02", 1))).toBe("2026-07-06"); // the 4th is a Saturday, kept on Friday
    expect(isoTime(nyse.add("2026-07-01", 2))).toBe("2026-07-06");
    expect(isoTime(nyse.previous("2026-07-06"))).toBe("2026-07-02");
    expect(isoTime(nyse.next("2026-07-02"))).toBe("2026-07-06");
    expect(isoTime(nyse.roll("2026-07-04", "preceding"))).toBe("2026-07-02");
    expect(nyse.between("2026-07-01", "2026-07-08")).toBe(4);
    expect(Array.from(nyse.range("2026-07-01", "2026-07-06"), isoTime)).toEqual([
      "2026-07-01",
      "2026-07-02",
      "2026-07-06",
    ]);
  });

  test("a closing that no rule foretells is added by hand", () => {
    const calendar = new MarketCalendar("US-NYSE", { holidays: ["2030-05-06"] });
    expect([nyse.isBusinessDay("2030-05-06"), calendar.isBusinessDay("2030-05-06")]).toEqual([true, false]);
  });

  test("every holiday has a name", () => {
    expect(marketHolidays("US-NYSE", 2025)[1]).toEqual({
      date: "2025-01-09",
      name: "funeral of President Carter",
    });
    expect(marketHolidays("TARGET", 2026).map(({ name }) => name)).toEqual([
      "New Year's Day",
      "Good Friday",
      "Easter Monday",
      "Labour Day",
      "Christmas Day",
    ]);
  });

  test("it agrees with a BusinessCalendar of the same days", () => {
    const holidays = [2025, 2026].flatMap((year) => marketHolidays("US-SIFMA", year).map(({ date }) => date));
    const given = new BusinessCalendar({ holidays });
    expect(given.between("2025-01-01", "2026-12-31")).toBe(sifma.between("2025-01-01", "2026-12-31"));
  });

  test("what it does not know it does not answer", () => {
    expect(marketYears("US-SIFMA")).toEqual({ first: 2000, last: 2099 });
    expect(refusal(() => sifma.isBusinessDay("1999-12-31"))).toBe(
      "range: date must lie in the years 2000 … 2099 of the US-SIFMA calendar, got 1999-12-31",
    );
    expect(refusal(() => target.between("2026-01-01", "2100-01-01"))).toContain(
      "to must lie in the years 2002 … 2099",
    );
    expect(refusal(() => nyse.add("2099-12-31", 1))).toBe(
      "range: the business day asked for must lie in the years 1998 … 2099 of the US-NYSE calendar, got 2100-01-01",
    );
    expect(refusal(() => marketHolidays("US-NYSE", 1997))).toBe(
      "range: year must be an integer ≥ 1998 and ≤ 2099, got 1997",
    );
    expect(refusal(() => new MarketCalendar("LSE" as Market))).toBe(
      `option: market must be one of 'US-SIFMA', 'US-NYSE', 'TARGET', got "LSE"`,
    );
    expect(
      refusal(() => new MarketCalendar("TARGET", { holidays: "2026-01-01" as unknown as string[] })),
    ).toBe('option: holidays must be an array, got "2026-01-01"');
    expect(refusal(() => new MarketCalendar("TARGET", { holidays: ["x"] }))).toBe(
      'data: holidays[0] must be an ISO date, a Date or epoch milliseconds, got "x"',
    );
    expect(refusal(() => nyse.isBusinessDay("2026-02-30"))).toBe(
      'data: date must be an ISO date, a Date or epoch milliseconds, got "2026-02-30"',
    );
  });
});
