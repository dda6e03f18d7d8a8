import { expectClose, rounding } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  accrueFunding,
  type FundingCostTermsOptions,
  type FundingScheduleOptions,
  fundingCostSeries,
  fundingCostTerms,
  priceFunding,
} from "../../src/index.ts";
import { refusal } from "../refusal.ts";

const plain: FundingScheduleOptions = {
  baseRate: 0.036,
  longSpreadBps: 50,
  shortSpreadBps: 25,
  borrowFeeBps: { X: 40, Y: 900 },
};
const assets = ["X", "Y"];
const day = { from: "2026-02-04", to: "2026-02-05" };
const dates = ["2026-02-05", "2026-02-06", "2026-02-09", "2026-02-10"];

describe("fundingCostTerms", () => {
  test("a unit of weight costs what a unit of money costs, negative when it is paid", () => {
    const { long, short } = fundingCostTerms(plain, { assets, ...day });
    expectClose(long, [0.041 / 360, 0.041 / 360], rounding(2));
    expectClose(short, [-0.0295 / 360, 0.0565 / 360], rounding(4));
  });

  test("the days of a span add up, weekend included", () => {
    const weekend = fundingCostTerms(plain, { assets, from: "2026-02-06", to: "2026-02-09" });
    expectClose(weekend.long, [(3 * 0.041) / 360, (3 * 0.041) / 360], rounding(2));
    expect(
      Array.from(fundingCostTerms(plain, { assets, from: "2026-02-06", to: "2026-02-06" }).long),
    ).toEqual([0, 0]);
  });

  test("weights × capital × terms is what accrueFunding charges the book", () => {
    const capital = 1_000_000;
    const weight = fc.double({ min: -2, max: 2, noNaN: true }).map((w) => (Math.abs(w) < 1e-9 ? 0 : w));
    const fixings = fc
      .array(fc.integer({ min: -20_000, max: 100_000 }), { minLength: 40, maxLength: 40 })
      .map((rates) => ({
        dates: rates.map((_, i) => Date.UTC(2026, 0, 1 + i)),
        rates: rates.map((rate) => rate / 1e6),
      }));
    const dated = {
      X: [
        { from: "2026-01-01", bps: 40 },
        { from: "2026-01-20", bps: 700 },
      ],
      Y: 30,
    };
    fc.assert(
      fc.property(fixings, weight, weight, fc.nat(20), fc.nat(18), (baseRate, x, y, from, length) => {
        const schedule = {
          ...plain,
          baseRate,
          borrowFeeBps: dated,
          collateral: { ratio: 1.02, roundUpTo: 0 },
        };
        const span = { from: Date.UTC(2026, 0, 1 + from), to: Date.UTC(2026, 0, 1 + from + length) };
        const { long, short } = fundingCostTerms(schedule, { assets, ...span });
        const cost = [x, y].reduce((sum, w, i) => sum + (w > 0 ? w * long[i]! : -w * short[i]!), 0) * capital;
        const book = [
          { asset: "X", notional: x * capital },
          { asset: "Y", notional: y * capital },
        ];
        expectClose(-accrueFunding(book, schedule, span).total, cost, rounding(64), 0.2 * capital);
      }),
    );
  });

  test("tiers are read at the balances of a priced book", () => {
    const schedule = {
      ...plain,
      longSpreadBps: [
        { upTo: 100_000, bps: 150 },
        { above: 100_000, bps: 100 },
      ],
    };
    const book = [{ asset: "X", notional: 600_000 }];
    const { balances, total } = priceFunding(book, schedule);
    const { debit, shortCredit } = balances[0]!;
    const { long } = fundingCostTerms(schedule, { assets, ...day, balances: { debit, shortCredit } });
    expectClose(600_000 * long[0]!, -total, rounding(2));
  });

  test("collateral at rounded prices makes a short of a cheap stock dear", () => {
    const schedule = { ...plain, baseRate: 0, shortSpreadBps: 0, collateral: {} };
    const { short } = fundingCostTerms(schedule, { assets, ...day, prices: [0.25, 100] });
    expectClose(short, [(4 * 0.004) / 360, (1.02 * 0.09) / 360], rounding(2));
  });

  test("each asset has the terms of its currency", () => {
    const currencies = { GBP: { ...plain, baseRate: 0.05, dayCount: "ACT/365F" as const } };
    const { long } = fundingCostTerms({ ...plain, currencies }, { assets, currencies: ["", "GBP"], ...day });
    expectClose(long, [0.041 / 360, 0.055 / 365], rounding(2));
  });

  test.each<[object, object, string]>([
    [
      { netting: "full" },
      {},
      "option: schedule must not have netting for cost terms, since what it costs is not in proportion to a weight; price the book instead",
    ],
    [
      { borrowMinimum: 5 },
      {},
      "option: schedule must not have borrowMinimum for cost terms, since what it costs is not in proportion to a weight; price the book instead",
    ],
    [{}, { assets: [] }, "data: assets must be at least one name, got Array(0)"],
    [
      {},
      { assets: ["X", "Z"] },
      "data: borrowFeeBps must name every asset held short, but has no 'Z'; it names X, Y",
    ],
    [{}, { assets: new Array(2) }, "data: assets must be at least one name, got Array(2)"],
    [{}, { prices: 0 }, "shape: prices must be a vector of numbers, got 0"],
    [{}, { prices: [1] }, "shape: prices must have 2 entries, got 1"],
    [{}, { currencies: [""] }, "shape: currencies must be 2 names, one an asset, got Array(1)"],
    [
      {},
      { currencies: ["", "EUR"] },
      'data: currencies[1] must be one whose terms the schedule has (none), got "EUR"',
    ],
    [
      {},
      { balances: { debit: -1, shortCredit: 0 } },
      "range: balances.debit must be non-negative and finite, got -1",
    ],
    [
      { collateral: {} },
      {},
      "data: prices of X must have shares and a price where collateral is marked at rounded prices",
    ],
    [{}, { to: "2026-02-03" }, "range: to must not be before from, got 2026-02-03 before 2026-02-04"],
  ])("refuses %j with %j", (terms, change, message) => {
    const options = { assets, ...day, ...change } as FundingCostTermsOptions;
    expect(refusal(() => fundingCostTerms({ ...plain, ...terms }, options))).toBe(message);
  });
});

describe("fundingCostSeries", () => {
  test("row t is the span from the row before, row 0 nothing", () => {
    const { long, short } = fundingCostSeries(plain, { assets, dates });
    expectClose(
      long.column(0),
      [0, 1, 3, 1].map((days) => (days * 0.041) / 360),
      rounding(2),
    );
    const monday = fundingCostTerms(plain, { assets, from: dates[1]!, to: dates[2]! });
    expect(Array.from(short.row(2))).toEqual(Array.from(monday.short));
  });

  test("bars within a day carry nothing, and the row before marks the collateral", () => {
    const times = ["2026-02-05T15:00", "2026-02-05T16:00", "2026-02-06T15:00"];
    const { long } = fundingCostSeries(plain, { assets, dates: times });
    expect(Array.from(long.column(0), (cost) => cost > 0)).toEqual([false, false, true]);
    const schedule = { ...plain, baseRate: 0, shortSpreadBps: 0, collateral: {} };
    const { short } = fundingCostSeries(schedule, {
      assets: ["X"],
      dates: dates.slice(0, 3),
      prices: [[0.25], [0.5], [9]],
    });
    expectClose(short.column(0), [0, (4 * 0.004) / 360, (3 * 2 * 0.004) / 360], rounding(2));
  });

  test("refuses dates that go back and prices of another shape", () => {
    expect(refusal(() => fundingCostSeries(plain, { assets, dates: ["2026-02-05", "2026-02-04"] }))).toBe(
      "data: dates[1] must not be before 2026-02-05, got 2026-02-04",
    );
    expect(refusal(() => fundingCostSeries(plain, { assets, dates, prices: [[1, 2]] }))).toBe(
      "shape: prices must be 4×2, got 1×2",
    );
    expect(refusal(() => fundingCostSeries(plain, { assets, dates: "2026" as unknown as string[] }))).toBe(
      'data: dates must be an array of dates, got "2026"',
    );
  });
});
