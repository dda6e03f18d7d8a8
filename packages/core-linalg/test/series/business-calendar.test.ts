import { bits, expectClose } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { BusinessCalendar, isoTime, type RollConvention } from "../../src/index.ts";

describe("BusinessCalendar", () => {
  // 2024-03-29 was Good Friday, 2024-04-01 Easter Monday; the Saturday changes nothing.
  const calendar = new BusinessCalendar({
    holidays: ["2024-04-01", new Date("2024-03-29"), "2024-03-30", "2024-03-29"],
  });

  test("knows weekends and holidays, whatever the time of day", () => {
    expect(calendar.isBusinessDay("2024-03-28")).toBe(true);
    expect(calendar.isBusinessDay("2024-03-29")).toBe(false);
    expect(calendar.isBusinessDay("2024-03-29T23:59:59.999")).toBe(false);
    expect(calendar.isBusinessDay(new Date("2024-03-31"))).toBe(false);
    expect(calendar.isBusinessDay(Date.UTC(2024, 3, 2))).toBe(true);
    expect(calendar.isBusinessDay(-0.5)).toBe(true); // the evening of Wednesday, 31 December 1969
  });

  test("steps over them", () => {
    expect(isoTime(calendar.next("2024-03-28T17:00"))).toBe("2024-04-02");
    expect(isoTime(calendar.previous("2024-04-02"))).toBe("2024-03-28");
    expect(isoTime(calendar.next("2024-03-30"))).toBe("2024-04-02");
    expect(isoTime(calendar.add("2024-03-28", 2))).toBe("2024-04-03");
    expect(isoTime(calendar.add("2024-03-30", -1))).toBe("2024-03-28");
    expect(isoTime(calendar.add("2024-03-30", 0))).toBe("2024-04-02");
    expect(isoTime(calendar.add("2024-03-28T12:00", 0))).toBe("2024-03-28");
  });

  test("counts the first day and not the last, and backwards with a minus sign", () => {
    expect(calendar.between("2024-03-28", "2024-04-03")).toBe(2);
    expect(calendar.between("2024-04-03", "2024-03-28")).toBe(-2);
    expect(calendar.between("2024-03-29", "2024-04-02")).toBe(0);
    expect(Object.is(calendar.between("2024-04-02", "2024-04-02"), 0)).toBe(true);
  });

  test("lists the days of a span, both ends counted", () => {
    expect(Array.from(calendar.range("2024-03-28", "2024-04-03"), isoTime)).toEqual([
      "2024-03-28",
      "2024-04-02",
      "2024-04-03",
    ]);
    expect(calendar.range("2024-03-29", "2024-04-01").length).toBe(0);
    expect(calendar.range("2024-04-03", "2024-03-28").length).toBe(0);
    const out = new Float64Array(1);
    expect(calendar.range("2024-04-02", "2024-04-02", { out })).toBe(out);
    expectClose(out, [Date.UTC(2024, 3, 2)], bits);
    expect(() => calendar.range("2024-04-02", "2024-04-03", { out })).toThrow(
      "out must be a Float64Array of 2 entries, got Float64Array(1)",
    );
  });

  test("rolls by the four conventions; the modified ones stay in the month", () => {
    const rolled = (date: string, convention: RollConvention) => isoTime(calendar.roll(date, convention));
    expect(rolled("2024-03-29", "following")).toBe("2024-04-02");
    expect(rolled("2024-03-29", "modified-following")).toBe("2024-03-28");
    expect(rolled("2024-04-01", "preceding")).toBe("2024-03-28");
    expect(rolled("2024-04-01", "modified-preceding")).toBe("2024-04-02");
    expect(rolled("2024-04-02", "preceding")).toBe("2024-04-02");
    expect(rolled("2024-05-11", "modified-following")).toBe("2024-05-13");
    expect(rolled("2024-05-11", "modified-preceding")).toBe("2024-05-10");
  });

  test("rolls back from a year without business rather than on into its next January", () => {
    const thursdays = Array.from({ length: 52 }, (_, week) => Date.UTC(2024, 0, 11 + 7 * week));
    const rare = new BusinessCalendar({ weekend: [5, 6, 0, 1, 2, 3], holidays: thursdays });
    expect(isoTime(rare.roll("2024-01-05", "following"))).toBe("2025-01-09");
    expect(isoTime(rare.roll("2024-01-05", "modified-following"))).toBe("2024-01-04");
  });

  test("knows the weekends of other places", () => {
    const gulf = new BusinessCalendar({ weekend: [5, 6] });
    expect(isoTime(gulf.next("2024-05-16"))).toBe("2024-05-19");
    const always = new BusinessCalendar({ weekend: [] });
    expect(always.between("2024-01-01", "2025-01-01")).toBe(366);
  });

  test("holds centuries and the ends of the calendar", () => {
    const plain = new BusinessCalendar();
    expect(plain.between("0001-01-01", "9999-12-31")).toBe(2_608_614);
    expect(isoTime(plain.add("0001-01-01", 2_608_614))).toBe("9999-12-31");
    expect(() => plain.add(8.64e15, 1)).toThrow(
      "the business day is beyond the calendar, 100000002 days from 1970",
    );
  });

  test("refuses what is no calendar and no day", () => {
    expect(() => new BusinessCalendar({ weekend: [0, 1, 2, 3, 4, 5, 6] })).toThrow(
      "weekend must leave a day for business, got all seven",
    );
    expect(() => new BusinessCalendar({ weekend: [7] })).toThrow(
      "weekend[0] must be an integer ≥ 0 and ≤ 6, got 7",
    );
    expect(() => new BusinessCalendar({ weekend: 6 as never })).toThrow("weekend must be an array, got 6");
    expect(() => new BusinessCalendar({ holidays: "2024-01-01" as never })).toThrow(
      'holidays must be an array, got "2024-01-01"',
    );
    expect(() => new BusinessCalendar({ holidays: ["2024-01-01", "2024-02-30"] })).toThrow(
      'holidays[1] must be an ISO date, a Date or epoch milliseconds, got "2024-02-30"',
    );
    expect(() => new BusinessCalendar({ holiday: [] } as never)).toThrow(
      "unknown option 'holiday'; did you mean 'holidays'?",
    );
    expect(() => calendar.isBusinessDay("29.3.2024")).toThrow("date must be an ISO date");
    expect(() => calendar.add("2024-03-28", 1.5)).toThrow(
      "n must be an integer ≥ -100000000 and ≤ 100000000, got 1.5",
    );
    expect(() => calendar.between(0, Number.NaN)).toThrow("to must be an ISO date");
    expect(() => calendar.roll(0, "nearest" as never)).toThrow("convention must be one of 'following', ");
  });
});
