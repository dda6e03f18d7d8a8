import { bits, expectClose, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { type BacktestSpec, backtest } from "../../src/index.ts";

const YEAR = { periodsPerYear: 252 };
const still = [10, 10, 10, 10, 10];

describe("participation", () => {
  const spec: BacktestSpec = {
    prices: still,
    weights: [0.5, 0.5, 0.5, 0.5, 0.5],
    capital: 1000,
    participation: { max: 0.1, dollarVolume: [2000, 1000, Number.NaN, 4000, 4000] },
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
});

describe("borrow", () => {
  const spec: BacktestSpec = {
    prices: still,
    weights: [-0.5, -0.5, -0.5, -0.5, -0.5],
    capital: 1000,
    borrow: { available: [0, 400, 1e9, 100, Number.NaN] },
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
