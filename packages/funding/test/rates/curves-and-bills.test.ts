import { log } from "@astra-quant/core-linalg";
import { expectClose, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  billPrice,
  bondEquivalentYield,
  compoundedRate,
  ForwardCurve,
  type ForwardCurveOptions,
  moneyMarketYield,
} from "../../src/index.ts";
import { refusal } from "../refusal.ts";

describe("bills", () => {
  test("the desk's ^IRX of 3.595 % is 3.628 % in money-market terms and 3.678 % as bonds count", () => {
    expect(moneyMarketYield(0.03595, { days: 91 }).toFixed(5)).toBe("0.03628");
    expect(bondEquivalentYield(0.03595, { days: 91 }).toFixed(5)).toBe("0.03678");
  });

  test("the two formulas of the bond-equivalent yield meet at half a year", () => {
    const [short, long] = [182, 183].map((days) => bondEquivalentYield(0.04, { days, daysInYear: 365 }));
    expect(Math.abs(long! - short!)).toBeLessThan(2e-4);
  });

  test("a bill at a discount of nothing is worth its face and yields nothing", () => {
    expect([
      billPrice(0, { days: 91 }),
      moneyMarketYield(0, { days: 91 }),
      bondEquivalentYield(0, { days: 364 }),
    ]).toEqual([1, 0, 0]);
  });

  test("refuses days and rates that no bill has", () => {
    expect(refusal(() => billPrice(0.04, { days: 0 }))).toBe(
      "range: days must be an integer ≥ 1 and ≤ 366, got 0",
    );
    expect(refusal(() => moneyMarketYield(4, { days: 91 }))).toBe(
      "range: discountRate must leave the bill a positive price, got 4 for 91 days",
    );
    expect(refusal(() => moneyMarketYield(Number.NaN, { days: 91 }))).toBe(
      "not-finite: discountRate must be a finite number, got NaN",
    );
    expect(refusal(() => bondEquivalentYield(0.04, { days: 91, daysInYear: 360 as 365 }))).toBe(
      `option: daysInYear must be one of '365', '366', got "360"`,
    );
  });
});

const options: ForwardCurveOptions = {
  spot: "2026-02-04",
  dates: ["2026-02-11", "2026-03-04", "2026-05-06"],
  rates: [0.0366, 0.0365, 0.0362],
};

describe("ForwardCurve", () => {
  test("gives back the rates that it was made of", () => {
    for (const interpolation of ["log-discount", "zero-rate"] as const) {
      const curve = new ForwardCurve({ ...options, interpolation });
      options.dates.forEach((date, i) => {
        expectClose(curve.forwardRate(options.spot, date), (options.rates as number[])[i]!, rounding(8));
      });
      expect(curve.discountFactor(options.spot)).toBe(1);
    }
  });

  test("its overnight fixings compound back to the rates of its dates", () => {
    const curve = new ForwardCurve(options);
    const fixings = curve.overnightFixings(options.spot, "2026-05-06");
    const { rate } = compoundedRate(fixings, { from: options.spot, to: "2026-05-06" });
    expectClose(rate, 0.0362, rounding(64));
  });

  test("with straight log discounts the overnight rate is constant between dates, and goes on after the last", () => {
    const curve = new ForwardCurve(options);
    const overnight = (day: number) => curve.forwardRate(Date.UTC(2026, 2, day), Date.UTC(2026, 2, day + 1));
    expectClose(overnight(10), overnight(20), rounding(4096));
    const beyond = (month: number) => curve.forwardRate(Date.UTC(2026, month, 10), Date.UTC(2026, month, 11));
    expectClose(beyond(5), beyond(8), rounding(8192));
  });

  test("with straight zero rates the last one holds beyond its date, the first before it", () => {
    const curve = new ForwardCurve({ ...options, interpolation: "zero-rate" });
    const zero = (days: number) => -log(curve.discountFactor(Date.UTC(2026, 1, 4 + days))) / days;
    expectClose([zero(300), zero(3)], [zero(91), zero(7)], rounding(1024));
  });

  test.each<[Partial<ForwardCurveOptions>, string]>([
    [{ dates: [] }, "data: dates must be at least one date, got Array(0)"],
    [{ rates: [0.03] }, "shape: rates must have 3 entries, got 1"],
    [
      { dates: ["2026-02-04", "2026-03-04", "2026-05-06"] },
      "data: dates[0] must be after 2026-02-04, got 2026-02-04",
    ],
    [
      { dates: ["2026-02-11", "2026-02-10", "2026-05-06"] },
      "data: dates[1] must be after 2026-02-11, got 2026-02-10",
    ],
    [{ rates: [0.03, -20, 0.03] }, "range: rates[1] must leave a positive discount factor, got -20"],
    [
      { interpolation: "cubic" as "zero-rate" },
      `option: interpolation must be one of 'log-discount', 'zero-rate', got "cubic"`,
    ],
  ])("refuses %j", (change, message) => {
    expect(refusal(() => new ForwardCurve({ ...options, ...change }))).toBe(message);
  });

  test("takes dates as the index of a panel has them", () => {
    const dates = Float64Array.from(options.dates, (date) => Date.parse(date as string));
    expect(new ForwardCurve({ ...options, dates }).discountFactor("2026-04-01")).toBe(
      new ForwardCurve(options).discountFactor("2026-04-01"),
    );
  });

  test("refuses days before spot and periods without days", () => {
    const curve = new ForwardCurve(options);
    expect(refusal(() => curve.discountFactor("2026-02-03"))).toBe(
      "range: date must not be before spot 2026-02-04, got 2026-02-03",
    );
    expect(refusal(() => curve.forwardRate("2026-02-04", "2026-02-04"))).toBe(
      "range: to must be after from, got 2026-02-04 for both",
    );
  });
});
