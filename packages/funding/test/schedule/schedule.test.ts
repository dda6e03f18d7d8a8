import { describe, expect, test } from "vitest";
import { type FundingScheduleOptions, fundingSchedule } from "../../src/index.ts";

const terms = { baseRate: 0.036, longSpreadBps: 50, shortSpreadBps: 25, borrowFeeBps: 40 };

describe("fundingSchedule", () => {
  test("counts actual days over 360 unless told otherwise", () => {
    expect(fundingSchedule(terms)).toEqual({ ...terms, dayCount: "ACT/360" });
    expect(fundingSchedule({ ...terms, dayCount: "ACT/365F" }).dayCount).toBe("ACT/365F");
  });

  test("is frozen, and does not follow its input", () => {
    const fees = { X: 30 };
    const schedule = fundingSchedule({ ...terms, borrowFeeBps: fees });
    fees.X = 900;
    expect(schedule.borrowFeeBps).toEqual({ X: 30 });
    expect(Object.isFrozen(schedule) && Object.isFrozen(schedule.borrowFeeBps)).toBe(true);
  });

  test("a base rate of negative zero is zero", () => {
    expect(fundingSchedule({ ...terms, baseRate: -0 }).baseRate).toBe(0);
    const series = { dates: ["2026-02-04"], rates: [-0] };
    expect(fundingSchedule({ ...terms, baseRate: series }).baseRate).toMatchObject({
      rates: Float64Array.of(0),
    });
  });

  test("a negative base rate and a negative spread are rates like others", () => {
    expect(fundingSchedule({ ...terms, baseRate: -0.005, longSpreadBps: -10 }).baseRate).toBe(-0.005);
  });

  test.each([
    [{ dayCount: "30/360" }, "option", `dayCount must be one of 'ACT/360', 'ACT/365F', got "30/360"`],
    [
      { dayCount: "act/360" },
      "option",
      `dayCount must be one of 'ACT/360', 'ACT/365F', got "act/360"; did you mean 'ACT/360'?`,
    ],
    [
      { borrowFeeBps: new Map([["X", 40]]) },
      "data",
      "borrowFeeBps must be a number, or an object of numbers by asset name, got Map",
    ],
    [{ borrowFee: 3 }, "option", "unknown option 'borrowFee'; did you mean 'borrowFeeBps'?"],
    [{ baseRate: undefined }, "range", "baseRate must be a finite number, got undefined"],
    [{ longSpreadBps: Number.NaN }, "not-finite", "longSpreadBps must be a finite number, got NaN"],
    [{ shortSpreadBps: "25" }, "range", 'shortSpreadBps must be a finite number, got "25"'],
    [{ borrowFeeBps: -1 }, "range", "borrowFeeBps must be non-negative and finite, got -1"],
    [{ borrowFeeBps: { X: -1 } }, "range", "borrowFeeBps.X must be non-negative and finite, got -1"],
    [
      { borrowFeeBps: [40] },
      "data",
      "borrowFeeBps must be a number, or an object of numbers by asset name, got Array(1)",
    ],
  ])("refuses %j", (change, code, message) => {
    const attempt = () => fundingSchedule({ ...terms, ...change } as FundingScheduleOptions);
    expect(attempt).toThrow(expect.objectContaining({ name: "QuantError", code, message }));
  });
});
