import { BusinessCalendar } from "@astra-quant/core-linalg";
import { expectClose, rounding } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CompoundedRateOptions, compoundedRate } from "../../src/index.ts";
import { refusal } from "../refusal.ts";

const fixings = {
  dates: ["2026-02-02", "2026-02-03", "2026-02-04", "2026-02-05", "2026-02-06", "2026-02-09", "2026-02-10"],
  rates: [0.036, 0.0361, 0.0362, 0.0363, 0.0364, 0.0365, 0.0366],
};
const week = { from: "2026-02-04", to: "2026-02-11" };

describe("compoundedRate", () => {
  test("each rate counts for the days until the next business day", () => {
    const { rate, interest, fraction, rates, weights } = compoundedRate(fixings, week);
    expect(Array.from(rates)).toEqual([0.0362, 0.0363, 0.0364, 0.0365, 0.0366]);
    expect(Array.from(weights)).toEqual([1, 1, 3, 1, 1]);
    const growth =
      (1 + 0.0362 / 360) *
      (1 + 0.0363 / 360) *
      (1 + (0.0364 * 3) / 360) *
      (1 + 0.0365 / 360) *
      (1 + 0.0366 / 360);
    expectClose(interest, growth - 1, rounding(8), 1);
    expect(fraction).toBe(7 / 360);
    expectClose(rate, (growth - 1) / (7 / 360), rounding(8), 1);
  });

  test("the simple average weighs the same rates and days without interest on interest", () => {
    const { rate } = compoundedRate(fixings, { ...week, average: "simple" });
    expectClose(rate, (0.0362 + 0.0363 + 3 * 0.0364 + 0.0365 + 0.0366) / 7, rounding(8));
  });

  test("a lookback takes the rate, and with an observation shift its days, from earlier", () => {
    const looked = compoundedRate(fixings, { ...week, lookback: 2 });
    expect(Array.from(looked.rates)).toEqual([0.036, 0.0361, 0.0362, 0.0363, 0.0364]);
    expect(Array.from(looked.weights)).toEqual([1, 1, 3, 1, 1]);
    const shifted = compoundedRate(fixings, { ...week, lookback: 2, observationShift: true });
    expect(Array.from(shifted.weights)).toEqual([1, 1, 1, 1, 3]);
  });

  test("a lockout repeats the rate before the last ones", () => {
    const { rates, fixingDates } = compoundedRate(fixings, { ...week, lockout: 2 });
    expect(Array.from(rates)).toEqual([0.0362, 0.0363, 0.0364, 0.0364, 0.0364]);
    expect(new Date(fixingDates[4]!).toISOString().slice(0, 10)).toBe("2026-02-06");
  });

  test("a spread is added at the end, or compounds", () => {
    const { rate } = compoundedRate(fixings, week);
    const added = compoundedRate(fixings, { ...week, spreadBps: 50 }).rate;
    expectClose(added, rate + 0.005, rounding());
    expect(compoundedRate(fixings, { ...week, spreadBps: 50, compoundSpread: true }).rate).toBeGreaterThan(
      added,
    );
  });

  test("a period that begins on a Saturday takes Friday's fixing for the weekend", () => {
    const { rates, weights } = compoundedRate(fixings, { from: "2026-02-07", to: "2026-02-10" });
    expect([Array.from(rates), Array.from(weights)]).toEqual([
      [0.0364, 0.0365],
      [2, 1],
    ]);
  });

  test("an observation shift of a period that ends on a Saturday looks back from Monday", () => {
    const weekend = { from: "2026-02-06", to: "2026-02-07", observationShift: true };
    expect(Array.from(compoundedRate(fixings, weekend).weights)).toEqual([1]);
    const { weights, rates, fraction } = compoundedRate(fixings, { ...weekend, lookback: 2 });
    expect([Array.from(weights), Array.from(rates), fraction]).toEqual([[1], [0.0362], 1 / 360]);
  });

  test("a constant rate of simple interest is itself, negative or not, whatever the lookback and lockout", () => {
    const dates = Array.from({ length: 400 }, (_, i) => Date.UTC(2025, 0, 1) + i * 86_400_000);
    const span = fc.tuple(fc.integer({ min: 30, max: 200 }), fc.integer({ min: 1, max: 180 }));
    const constant = fc.integer({ min: -20_000, max: 200_000 }).map((millionths) => millionths / 1e6);
    fc.assert(
      fc.property(
        span,
        constant,
        fc.nat(5),
        fc.boolean(),
        ([start, days], rate, lookback, observationShift) => {
          const { rate: got } = compoundedRate(
            { dates, rates: dates.map(() => rate) },
            { from: dates[start]!, to: dates[start + days]!, lookback, observationShift, average: "simple" },
          );
          expectClose(got, rate, rounding(200, 1), Math.abs(rate) || 1);
        },
      ),
    );
  });

  test("compounding never earns less than simple interest, negative rates included", () => {
    const rates = fc.array(fc.double({ min: -0.05, max: 0.2, noNaN: true }), {
      minLength: 40,
      maxLength: 40,
    });
    const dates = Array.from({ length: 40 }, (_, i) => Date.UTC(2026, 0, 1) + i * 86_400_000);
    const calendar = new BusinessCalendar({ weekend: [] });
    fc.assert(
      fc.property(rates, (values) => {
        const sameSign = values.map(Math.abs);
        for (const sign of [1, -1]) {
          const series = { dates, rates: sameSign.map((rate) => sign * rate) };
          const span = { from: dates[0]!, to: dates[39]!, calendar };
          const simple = compoundedRate(series, { ...span, average: "simple" }).rate;
          const compounded = compoundedRate(series, span).rate;
          expect(compounded - simple).toBeGreaterThanOrEqual(-rounding(40).relative);
        }
      }),
    );
  });

  test.each<[object, string]>([
    [{ from: "2026-01-30" }, "data: fixings must be known on or before 2026-01-30, but begins on 2026-02-02"],
    [
      { to: "2026-02-13" },
      `data: fixings must have a fixing for the business day 2026-02-11, but the last one before it is of 2026-02-10; missingFixing: "carry-forward" lets that one hold on`,
    ],
    [{ to: "2026-02-04" }, "range: to must be after from, got 2026-02-04 for both"],
    [{ to: "2026-02-03" }, "range: to must not be before from, got 2026-02-03 before 2026-02-04"],
    [{ lockout: 5 }, "range: lockout must leave a rate before it, got 5 of 5"],
    [{ lookback: -1 }, "range: lookback must be an integer ≥ 0, got -1"],
    [{ lookback: 3 }, "data: fixings must be known on or before 2026-01-30, but begins on 2026-02-02"],
    [{ average: "mean" }, `option: average must be one of 'compounded', 'simple', got "mean"`],
    [{ observationShift: "yes" }, 'option: observationShift must be true or false, got "yes"'],
    [{ missingFixing: "skip" }, `option: missingFixing must be one of 'error', 'carry-forward', got "skip"`],
    [{ dayCount: "30/360" }, `option: dayCount must be one of 'ACT/360', 'ACT/365F', got "30/360"`],
    [{ lookBack: 1 }, "option: unknown option 'lookBack'; did you mean 'lookback'?"],
  ])("refuses %j", (change, message) => {
    expect(refusal(() => compoundedRate(fixings, { ...week, ...change } as CompoundedRateOptions))).toBe(
      message,
    );
  });

  test("refuses a calendar that stands still", () => {
    const calendar = { isBusinessDay: () => true, add: (date: number) => date, between: () => 0 };
    const still = calendar as unknown as BusinessCalendar;
    expect(refusal(() => compoundedRate(fixings, { ...week, calendar: still }))).toBe(
      "data: calendar must move on from 2026-02-04, got 1770163200000",
    );
  });

  test("a missing fixing may be carried forward", () => {
    const { rates } = compoundedRate(fixings, { ...week, to: "2026-02-13", missingFixing: "carry-forward" });
    expect(Array.from(rates)).toEqual([0.0362, 0.0363, 0.0364, 0.0365, 0.0366, 0.0366, 0.0366]);
  });

  test.each<[unknown, string]>([
    [{ dates: [], rates: [] }, "data: fixings.dates must be at least one date, got Array(0)"],
    [{ dates: ["2026-02-04"], rates: [1, 2] }, "shape: fixings.rates must have 1 entries, got 2"],
    [
      { dates: ["2026-02-04"], rates: [Number.NaN] },
      "not-finite: fixings.rates[0] must be a finite number, got NaN",
    ],
    [
      { dates: ["2026-02-04", "2026-02-04"], rates: [1, 2] },
      "data: fixings.dates[1] must be after 2026-02-04, got 2026-02-04",
    ],
    [
      { dates: ["x"], rates: [1] },
      'data: fixings.dates[0] must be an ISO date, a Date or epoch milliseconds, got "x"',
    ],
    [
      {
        dates: ["2026-02-02", "2026-02-04", "2026-02-05", "2026-02-06", "2026-02-09", "2026-02-10"],
        rates: [0, 0, -400, 0, 0, 0],
      },
      "range: fixings must leave money to compound, got the rate -400 for 1 days",
    ],
    [
      {
        dates: ["2026-02-02", "2026-02-04", "2026-02-05", "2026-02-06", "2026-02-09", "2026-02-10"],
        rates: Array(6).fill(1e200),
      },
      "not-finite: the compounded rate must be a finite number, got Infinity",
    ],
    [0.03, "data: fixings must be a series { dates, rates }, got 0.03"],
    [{ date: [], rates: [] }, "option: unknown option 'date'; did you mean 'dates'?"],
  ])("refuses the fixings %j", (series, message) => {
    expect(refusal(() => compoundedRate(series as typeof fixings, week))).toBe(message);
  });
});
