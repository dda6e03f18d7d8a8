import { isoTime } from "@astra-quant/core-linalg";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { calendarTicks } from "../../../src/report/page/calendar-ticks.ts";

const between = (from: string, to: string, most = 6) =>
  calendarTicks(Date.parse(from), Date.parse(to), most).map(({ at, text }) => `${isoTime(at)} ${text}`);

describe("ticks of the calendar", () => {
  test("are years, or each second of them", () => {
    expect(between("2017-03-01", "2021-02-01")).toEqual([
      "2018-01-01 2018",
      "2019-01-01 2019",
      "2020-01-01 2020",
      "2021-01-01 2021",
    ]);
    expect(between("2004-01-02", "2014-06-01")).toEqual([
      "2006-01-01 2006",
      "2008-01-01 2008",
      "2010-01-01 2010",
      "2012-01-01 2012",
      "2014-01-01 2014",
    ]);
  });

  test("are months, a year standing where one begins", () => {
    expect(between("2023-09-15", "2024-02-15")).toEqual([
      "2023-10-01 Oct",
      "2023-11-01 Nov",
      "2023-12-01 Dec",
      "2024-01-01 2024",
      "2024-02-01 Feb",
    ]);
  });

  test("are Mondays, days and hours", () => {
    expect(between("2024-03-01", "2024-03-30")).toEqual([
      "2024-03-04 4 Mar",
      "2024-03-11 11 Mar",
      "2024-03-18 18 Mar",
      "2024-03-25 25 Mar",
    ]);
    expect(between("2024-03-04T14:30:00Z", "2024-03-07T21:00:00Z", 4)).toEqual([
      "2024-03-05 5 Mar",
      "2024-03-06 6 Mar",
      "2024-03-07 7 Mar",
    ]);
    expect(between("2024-03-04T21:30:00Z", "2024-03-05T02:30:00Z", 6)).toEqual([
      "2024-03-04T22:00:00Z 22:00",
      "2024-03-04T23:00:00Z 23:00",
      "2024-03-05 5 Mar",
      "2024-03-05T01:00:00Z 01:00",
      "2024-03-05T02:00:00Z 02:00",
    ]);
  });

  test("of any two moments: ascending, between them, and few", () => {
    const moment = fc.integer({ min: Date.UTC(-2000, 0), max: Date.UTC(4000, 0) });
    fc.assert(
      fc.property(moment, moment, fc.integer({ min: 2, max: 12 }), (a, b, most) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const ticks = calendarTicks(from, to, most).map(({ at }) => at);
        expect(ticks.length).toBeLessThanOrEqual(2 * most + 1);
        ticks.forEach((at, i) => {
          expect(at >= from && at <= to && (i === 0 || at > ticks[i - 1]!)).toBe(true);
        });
      }),
    );
  });
});
