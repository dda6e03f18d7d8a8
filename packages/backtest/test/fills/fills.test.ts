import { bits, expectClose, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { type BacktestSpec, backtest } from "../../src/index.ts";

const NAN = Number.NaN;
const YEAR = { periodsPerYear: 252 };
const still = [10, 10, 10, 10, 10];

describe("participation", () => {
  const spec: BacktestSpec = {
    prices: still,
    weights: [0.5, 0.5, 0.5, 0.5, 0.5],
    capital: 1000,
    participation: { max: 0.1, dollarVolume: [2000, 1000, NAN, 4000, 4000] },
    ...YEAR,
  };

  test("fills its part of the fill row's volume and carries the rest over", () => {
    const { positions, events } = backtest(spec);
    expectClose(positions.value.data, [0, 200, 300, 300, 500], rounding(4));
    expect(events).toEqual([
      {
        row: 1,
        asset: 0,
        kind: "participation",
        reason: "at most 200 can be traded, 0.1 of the volume of row 0: the rest is carried over",
      },
    ]);
  });

  test("slows a sale as it slows a purchase", () => {
    const { positions } = backtest({ ...spec, weights: [-0.5, -0.5, 0, 0, 0] });
    expectClose(positions.value.data, [0, -200, -300, -300, 0], rounding(4));
  });

  test("does not let what is left over wait for the rule of rebalancing", () => {
    const filled = [0, 200, 300, 300, 500];
    for (const rebalance of ["on-change", { every: 4 }, { calendar: "year" }, { threshold: 9 }] as const) {
      const dates = still.map((_, t) => Date.UTC(2026, 5, 1 + t));
      const { positions } = backtest({ ...spec, dates, rebalance });
      expectClose(positions.value.data, filled, rounding(4));
    }
  });

  test("goes on filling a decision that is given once and then held", () => {
    const weights = [0.5, NAN, NAN, NAN, NAN];
    const { positions } = backtest({
      ...spec,
      weights,
      missingWeights: "hold",
      rebalance: "every-bar",
    });
    expectClose(positions.value.data, [0, 200, 300, 300, 500], rounding(4));
  });

  test("leaves alone what was filled, and what prices moved since", () => {
    const prices = [10, 10, 20, 20, 20];
    const { turnover } = backtest({ ...spec, prices, weights: still.map(() => 0.2), rebalance: "on-change" });
    expectClose(turnover, [0, 0.2, 0, 0, 0], bits);
  });
});

describe("a missing price", () => {
  const prices = [10, NAN, 10, 10, 10];
  const YEARLY = { missingPrices: "carry", capital: 1000, ...YEAR } as const;

  test("puts a trade off until there is one, whatever the rule of rebalancing", () => {
    const weights = [0, 0.5, 0.5, 0.5, 0.5];
    const { positions, events } = backtest({ prices, weights, rebalance: "on-change", ...YEARLY });
    expectClose(positions.value.data, [0, 0, 0, 500, 500], rounding(4));
    expect(events.map(({ row, reason }) => [row, reason])).toEqual([
      [2, "no price at row 1 to trade at: the position stays as it is until there is one"],
    ]);
  });

  test("puts off what lenders recall", () => {
    const { positions, events } = backtest({
      prices,
      weights: still.map(() => -0.5),
      borrow: { available: [0, 1e9, 100, 100, 100] },
      ...YEARLY,
    });
    expectClose(positions.value.data, [0, -500, -500, -100, -100], rounding(4));
    expect(events.map(({ row, kind }) => [row, kind])).toEqual([[3, "borrow"]]);
  });
});

describe("whole shares", () => {
  const whole = (weight: number, capital: number, price: number) =>
    backtest({
      prices: [price, price],
      weights: [weight, weight],
      shares: "whole",
      capital,
      ...YEAR,
    }).positions.value.data[1]! / price;

  test("cut a target towards zero, long and short", () => {
    expect(whole(0.55, 100, 10)).toBe(5);
    expect(whole(-0.55, 100, 10)).toBe(-5);
  });

  test("take a target that rounding left just below a whole number for that number", () => {
    expectClose(whole(0.29, 100, 1), 29, rounding(4)); // 0.29 × 100 is 28.999999999999996
  });

  test("are never more than was wanted, of coins by the billion either", () => {
    expect(whole(0.123456789123, 1e11, 1)).toBe(12_345_678_912);
    expect(whole(-0.123456789127, 1e11, 1)).toBe(-12_345_678_912);
  });
});

describe("borrow", () => {
  const spec: BacktestSpec = {
    prices: still,
    weights: [-0.5, -0.5, -0.5, -0.5, -0.5],
    capital: 1000,
    borrow: { available: [0, 400, 1e9, 100, NAN] },
    ...YEAR,
  };

  test("limits what is short over a bar, and what falls short of it is recalled", () => {
    const { positions, events } = backtest(spec);
    expectClose(positions.value.data, [0, -400, -500, -100, 0], rounding(4));
    expect(events.map(({ row, reason }) => [row, reason])).toEqual([
      [1, "400 can be borrowed: no more is sold short"],
      [3, "100 can be borrowed: the rest of the short is recalled and bought in"],
    ]);
  });

  test("says nothing about longs", () => {
    const { turnover } = backtest({ ...spec, weights: [0.5, 0.5, 0.5, 0.5, 0.5] });
    expectClose(turnover, [0, 0.5, 0, 0, 0], bits);
  });
});

describe("a cash account", () => {
  test("buys what its cash pays for, in proportion, and sells nothing short", () => {
    const { positions, events } = backtest({
      prices: [
        [10, 10, 10],
        [10, 10, 10],
        [10, 10, 10],
      ],
      weights: [
        [1, 0.6, -0.4],
        [0.2, 0.8, 0],
        [0, 0, 0],
      ],
      account: "cash",
      ...YEAR,
    });
    expectClose(positions.value.row(1), [0.625, 0.375, 0], rounding(4));
    expectClose(positions.value.row(2), [0.2, 0.8, 0], rounding(4));
    expect(new Set(events.map(({ row, kind }) => `${row} ${kind}`))).toEqual(new Set(["1 cash-account"]));
  });

  test("pays for a purchase with what the same fill sells", () => {
    const { exposure } = backtest({
      prices: [
        [10, 10],
        [10, 10],
        [10, 10],
      ],
      weights: [
        [1, 0],
        [0, 1],
        [0, 1],
      ],
      account: "cash",
      rebalance: "every-bar",
      ...YEAR,
    });
    expectClose(exposure.net, [0, 1, 1], rounding(4));
  });
});

describe("misuse is refused with the argument, the rule and the value", () => {
  const refusals: [string, object, string][] = [
    [
      "a part beyond all",
      { participation: { max: 1.5, dollarVolume: still } },
      "participation.max must be in (0, 1], got 1.5",
    ],
    [
      "a negative volume",
      { participation: { max: 0.1, dollarVolume: [1, -1, 1, 1, 1] } },
      "participation.dollarVolume[1][0] must not be negative, got -1",
    ],
    [
      "a volume of another shape",
      { participation: { max: 0.1, dollarVolume: [1] } },
      "participation.dollarVolume must be 5×1 like prices (time × assets), got 1×1",
    ],
    [
      "a misspelt part",
      { participation: { maximum: 0.1, dollarVolume: still } },
      "unknown option 'maximum'; known options: max, dollarVolume",
    ],
    [
      "a negative loan",
      { borrow: { available: [1, 1, -2, 1, 1] } },
      "borrow.available[2][0] must not be negative, got -2",
    ],
    ["an unknown account", { account: "retail" }, "account must be one of 'margin', 'cash', got \"retail\""],
  ];
  for (const [what, change, message] of refusals) {
    test(what, () => {
      expect(() =>
        backtest({ prices: still, weights: still.map(() => 0), ...YEAR, ...change } as BacktestSpec),
      ).toThrow(message);
    });
  }
});
