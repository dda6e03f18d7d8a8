import { BusinessCalendar } from "@astra-quant/core-linalg";
import { expectClose, rounding } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type DayCountBasis, type DayCountOptions, dayCountFraction } from "../../src/index.ts";
import { refusal } from "../refusal.ts";

describe("dayCountFraction", () => {
  test("a week is 7/360, 7/365 or 5/252", () => {
    const calendar = new BusinessCalendar();
    expect(dayCountFraction("2026-02-04", "2026-02-11", "ACT/360")).toBe(7 / 360);
    expect(dayCountFraction("2026-02-04", "2026-02-11", "ACT/365F")).toBe(7 / 365);
    expect(dayCountFraction("2026-02-04", "2026-02-11", "BUS/252", { calendar })).toBe(5 / 252);
  });

  test("a whole year of ACT/ACT ISDA is 1 whichever year it is", () => {
    for (const year of [2023, 2024]) {
      expect(dayCountFraction(`${year}-01-01`, `${year + 1}-01-01`, "ACT/ACT ISDA")).toBe(1);
    }
  });

  test("a maturity at the end of February is not moved by 30E/360 ISDA, and is by the German rule", () => {
    const days = (basis: DayCountBasis, options: DayCountOptions = {}) =>
      Math.round(360 * dayCountFraction("2026-01-31", "2026-02-28", basis, options));
    expect(days("30E/360 ISDA")).toBe(30);
    expect(days("30E/360 ISDA", { maturity: "2026-02-28" })).toBe(28);
    expect(days("30/360 German", { maturity: "2026-02-28" })).toBe(30);
  });

  test("a Date, epoch milliseconds and an ISO text are the same day; the time of day does not count", () => {
    const wanted = dayCountFraction("2026-02-04", "2026-03-04", "ACT/360");
    expect(dayCountFraction(new Date("2026-02-04T00:00Z"), Date.UTC(2026, 2, 4, 23), "ACT/360")).toBe(wanted);
  });

  test("the fraction over two spans that meet is the sum, for counts of actual days", () => {
    const calendar = new BusinessCalendar();
    const couponPeriod = { from: "2020-02-29", to: "2020-08-31", frequency: 2, endOfMonth: true };
    const day = fc.integer({ min: 10_000, max: 30_000 }).map((n) => n * 86_400_000);
    const bases = fc.constantFrom<DayCountBasis>(
      "ACT/360",
      "ACT/365F",
      "ACT/ACT ISDA",
      "ACT/ACT ICMA",
      "BUS/252",
    );
    fc.assert(
      fc.property(day, day, day, bases, (a, b, c, basis) => {
        const fraction = (from: number, to: number) =>
          dayCountFraction(from, to, basis, { calendar, couponPeriod });
        expectClose(fraction(a, b) + fraction(b, c), fraction(a, c), rounding(256), 60);
      }),
    );
  });

  test("no 30/360 count is further than 4 days from another", () => {
    const day = fc.integer({ min: 10_000, max: 30_000 }).map((n) => n * 86_400_000);
    const variants: DayCountBasis[] = ["30/360", "30U/360", "30E/360", "30E/360 ISDA", "30/360 German"];
    fc.assert(
      fc.property(day, day, (a, b) => {
        const counts = variants.map((basis) => 360 * dayCountFraction(a, b, basis));
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThan(4.5);
      }),
    );
  });

  const period = { from: "2026-01-15", to: "2026-07-15", frequency: 2 };
  test.each([
    [
      ["ACT/364"],
      `option: basis must be one of 'ACT/360', 'ACT/365F', 'ACT/ACT ISDA', 'ACT/ACT ICMA', '30/360', '30U/360', '30E/360', '30E/360 ISDA', '30/360 German', 'BUS/252', got "ACT/364"; did you mean 'ACT/360'?`,
    ],
    [
      ["ACT/365"],
      `option: basis must be one of 'ACT/360', 'ACT/365F', 'ACT/ACT ISDA', 'ACT/ACT ICMA', '30/360', '30U/360', '30E/360', '30E/360 ISDA', '30/360 German', 'BUS/252', got "ACT/365"; did you mean 'ACT/365F'?`,
    ],
    [
      ["BUS/252", { calendar: { isBusinessDay: () => true, add: () => 0, between: () => Number.NaN } }],
      "not-finite: calendar.between must be a finite number, got NaN",
    ],
    [
      ["ACT/ACT ICMA", { couponPeriod: { ...period, frequency: 4 } }],
      "data: couponPeriod must be a regular one, of 3 months for frequency 4, got 2026-01-15 to 2026-07-15",
    ],
    [["BUS/252"], "option: calendar must be given for BUS/252, got undefined"],
    [
      ["BUS/252", { calendar: {} }],
      "option: calendar must be a calendar (a BusinessCalendar or a MarketCalendar), got Object",
    ],
    [["ACT/ACT ICMA"], "option: couponPeriod must be given for ACT/ACT ICMA, got undefined"],
    [
      ["ACT/ACT ICMA", { couponPeriod: { ...period, frequency: 5 } }],
      "option: couponPeriod.frequency must be 1, 2, 3, 4, 6 or 12, got 5",
    ],
    [
      ["ACT/ACT ICMA", { couponPeriod: { ...period, to: "2026-01-15" } }],
      "range: couponPeriod.to must be after couponPeriod.from, got 2026-01-15 and 2026-01-15",
    ],
    [
      ["ACT/ACT ICMA", { couponPeriod: { ...period, endOfMonth: 1 } }],
      "option: couponPeriod.endOfMonth must be true or false, got 1",
    ],
    [
      ["ACT/ACT ICMA", { couponPeriod: { ...period, endOfMonth: true } }],
      "data: couponPeriod must begin and end with a month where endOfMonth is true, got 2026-01-15 to 2026-07-15",
    ],
    [["ACT/360", { calender: 1 }], "option: unknown option 'calender'; did you mean 'calendar'?"],
    [
      ["30E/360 ISDA", { maturity: "soon" }],
      'data: maturity must be an ISO date, a Date or epoch milliseconds, got "soon"',
    ],
  ])("refuses %j", ([basis, options], message) => {
    expect(
      refusal(() =>
        dayCountFraction("2026-02-04", "2026-02-11", basis as DayCountBasis, options as DayCountOptions),
      ),
    ).toBe(message);
  });

  test("days that count as none are 0 in both directions, and no negative zero", () => {
    expect(dayCountFraction("2026-01-30", "2026-01-31", "30/360")).toBe(0);
    expect(dayCountFraction("2026-01-31", "2026-01-30", "30/360")).toBe(0);
  });

  test("a coupon period that ends or begins with a shorter month is regular", () => {
    const fractionOf = (from: string, to: string) =>
      dayCountFraction(from, to, "ACT/ACT ICMA", { couponPeriod: { from, to, frequency: 2 } });
    expect([fractionOf("2026-08-31", "2027-02-28"), fractionOf("2027-02-28", "2027-08-31")]).toEqual([
      0.5, 0.5,
    ]);
  });

  test("refuses what is no date", () => {
    expect(refusal(() => dayCountFraction("2026-02-04", "yesterday", "ACT/360"))).toBe(
      'data: to must be an ISO date, a Date or epoch milliseconds, got "yesterday"',
    );
  });
});
