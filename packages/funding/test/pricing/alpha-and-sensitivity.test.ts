import { expectClose, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  breakevenAlpha,
  type FundingScheduleOptions,
  fundingSensitivity,
  priceFunding,
} from "../../src/index.ts";
import { refusal } from "../refusal.ts";

const terms: FundingScheduleOptions = {
  baseRate: 0.036,
  longSpreadBps: 50,
  shortSpreadBps: 25,
  borrowFeeBps: { Y: 40, Z: 900 },
};
const book = [
  { asset: "X", notional: 720_000 },
  { asset: "Y", notional: -360_000 },
  { asset: "Z", notional: -36_000 },
  { asset: "F", notional: 0 },
];

describe("breakevenAlpha", () => {
  test("each position needs its own rate, a short that is paid needs less than nothing", () => {
    const { rows, onGross, cost } = breakevenAlpha(book, terms, { days: 30 });
    expectClose(
      rows.map(({ alpha }) => alpha),
      [0.041, -0.0295, 0.0565, 0],
      rounding(4),
    );
    const { total, grossRate } = priceFunding(book, terms);
    expect([onGross, cost]).toEqual([-grossRate, -30 * total]);
  });

  test("a long that pays must rise, a short that pays must fall", () => {
    const moves = breakevenAlpha(book, terms, { days: 36 }).rows.map(({ priceMove }) => priceMove);
    expectClose(moves, [0.0041, 0.00295, -0.00565, 0], rounding(4));
  });

  test("on equity it is what the whole book costs", () => {
    const equity = 500_000;
    const { onEquity } = breakevenAlpha(book, terms, { equity });
    expectClose(onEquity, (-priceFunding(book, terms, { equity }).total * 360) / equity, rounding(2));
    expect(breakevenAlpha(book, terms).onEquity).toBeNaN();
  });

  test("refuses a time that is none", () => {
    expect(refusal(() => breakevenAlpha(book, terms, { days: 0 }))).toBe(
      "range: days must be an integer ≥ 1, got 0",
    );
  });
});

describe("fundingSensitivity", () => {
  test("25 bp more cost 25 bp of what they are charged on", () => {
    const { baseRate, longSpreadBps, shortSpreadBps, borrowFeeBps } = fundingSensitivity(book, terms);
    expectClose(
      [baseRate, longSpreadBps, shortSpreadBps, borrowFeeBps].map(({ annual }) => annual),
      [(396_000 - 720_000) * 0.0025, -720_000 * 0.0025, -396_000 * 0.0025, -396_000 * 0.0025],
      rounding(256),
    );
    expectClose(baseRate.rows, [-5, 2.5, 0.25, 0], rounding(512));
    expect(longSpreadBps.rows[1]).toBe(0);
  });

  test("a floor holds while the rate moves below it", () => {
    const floored = { ...terms, baseRate: -0.01, floors: { baseRate: 0 } };
    expect(fundingSensitivity(book, floored).baseRate.daily).toBe(0);
    expect(fundingSensitivity(book, floored, { bps: 150 }).baseRate.annual).toBeLessThan(0);
  });

  test("tiers, series, dated fees and other currencies move alike", () => {
    const rich: FundingScheduleOptions = {
      baseRate: { dates: ["2026-02-02"], rates: [0.036] },
      longSpreadBps: [
        { upTo: 100_000, bps: 150 },
        { above: 100_000, bps: 100 },
      ],
      shortSpreadBps: [
        { upTo: 100_000, rate: 0 },
        { above: 100_000, bps: 50 },
      ],
      borrowFeeBps: { Y: [{ from: "2026-01-01", bps: 10 }], Z: 900 },
      generalCollateralBps: 30,
      currencies: { EUR: { ...terms, borrowFeeBps: 40 } },
    };
    const options = { date: "2026-02-02", fx: { EUR: 2 }, bps: 10 };
    const wide = [
      ...book,
      { asset: "E", notional: -180_000, currency: "EUR" },
      { asset: "G", notional: -1000 },
    ];
    const change = fundingSensitivity(wide, rich, options);
    expectClose(change.longSpreadBps.annual, -720, rounding(512));
    expectClose(change.borrowFeeBps.annual, -(397_000 + 360_000) * 0.001, rounding(512));
    // the first 100,000 of proceeds earn nothing whatever the spread
    expectClose(change.shortSpreadBps.annual, -(297_000 + 360_000) * 0.001, rounding(512));
  });

  test("fees do not fall below nothing", () => {
    expectClose(
      fundingSensitivity(book, terms, { bps: -100 }).borrowFeeBps.annual,
      360_000 * 0.004 + 36_000 * 0.01,
      rounding(256),
    );
  });
});
