import { bits, expectClose, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { type BacktestSpec, backtest } from "../../src/index.ts";

const YEAR = { periodsPerYear: 252 };
const flat = [
  [10, 10],
  [10, 10],
  [10, 10],
];
const book = flat.map(() => [0.6, -0.4]);
const spec: BacktestSpec = { prices: flat, weights: book, capital: 1000, ...YEAR };

describe("financing", () => {
  test("charges longs and shorts on their values, and a negative cost is income", () => {
    const { pnl, positions } = backtest({ ...spec, financing: { long: 0.001, short: [0, -0.0005] } });
    expectClose(positions.carry.row(1), [-0.6, 0.2], rounding(4));
    expectClose(pnl.carry, [0, -0.4, -0.4 * (1 - 0.0004)], rounding(8));
  });

  test("takes a table, row t being what bar t costs", () => {
    const long = [
      [9, 9],
      [0, 0],
      [0.01, 0],
    ];
    expectClose(backtest({ ...spec, financing: { long, short: 0 } }).pnl.carry, [0, 0, -6], rounding(4));
  });

  test("a vector over time belongs to a single asset", () => {
    const one = { prices: [10, 10, 10], weights: [1, 1, 1], ...YEAR };
    const { pnl } = backtest({ ...one, financing: { long: [5, 0.01, 0.02], short: 0 } });
    expectClose(pnl.carry, [0, -0.01, -0.02 * 0.99], rounding(8));
  });

  test("per day counts midnights (UTC): nothing within a day, one day over a night, before 1970 too", () => {
    const hours = ["1969-12-31T10:00Z", "1969-12-31T16:00Z", "1970-01-01T09:00Z", "1970-01-01T23:59Z"];
    const { pnl } = backtest({
      prices: hours.map(() => 10),
      weights: hours.map(() => 1),
      dates: hours,
      financing: { long: 0.001, short: 0, per: "day" },
      capital: 1000,
      periodsPerYear: 252,
    });
    expectClose(pnl.carry, [0, 0, -1, 0], rounding(4));
  });

  test("per day accrues over a weekend", () => {
    const dates = ["2026-02-05", "2026-02-06", "2026-02-09"];
    const { pnl } = backtest({ ...spec, dates, financing: { long: 0.0001, short: 0, per: "day" } });
    expectClose(pnl.carry, [0, -0.06, -0.18 * (1 - 0.00006)], rounding(8));
  });
});

describe("cash", () => {
  test("earns what is in no position, the proceeds of shorts included", () => {
    const { pnl } = backtest({ ...spec, cash: { credit: 0.001 } });
    expectClose(pnl.cash[1]!, 0.001 * (1000 - 600 + 400), rounding(4));
  });

  test("pays for what is borrowed, at its own rate", () => {
    const levered = { ...spec, weights: flat.map(() => [1, 0.5]) };
    expectClose(
      backtest({ ...levered, cash: { credit: 0.001, debit: 0.002 } }).pnl.cash[1]!,
      -1,
      rounding(4),
    );
    expectClose(backtest({ ...levered, cash: { credit: 0.001 } }).pnl.cash[1]!, -0.5, rounding(4));
  });

  test("takes a rate a row", () => {
    const { pnl } = backtest({ ...spec, weights: flat.map(() => [0, 0]), cash: { credit: [7, 0.01, 0.02] } });
    expectClose(pnl.cash, [0, 10, 20.2], rounding(8));
  });

  test("is not charged when nothing was asked", () => {
    expectClose(backtest(spec).pnl.cash, [0, 0, 0], bits);
  });
});

describe("misuse is refused with the argument, the rule and the value", () => {
  const refusals: [string, object, string][] = [
    [
      "half of the terms",
      { financing: { long: 0.01 } },
      "financing.short must be a vector, a matrix or a panel, got undefined",
    ],
    [
      "a rate that is no number",
      { financing: { long: Number.NaN, short: 0 } },
      "financing.long must be a finite number, got NaN",
    ],
    [
      "a hole in the table",
      {
        financing: {
          long: [
            [0, 0],
            [0, Number.NaN],
            [0, 0],
          ],
          short: 0,
        },
      },
      "financing.long[1][1] must be finite, got NaN",
    ],
    ["too few assets", { financing: { long: [0.1], short: 0 } }, "financing.long must have 2 entries, got 1"],
    [
      "days without dates",
      { financing: { long: 0, short: 0, per: "day" } },
      "financing.per 'day' counts calendar days, which need dates",
    ],
    [
      "an unknown unit",
      { cash: { credit: 0, per: "year" } },
      "cash.per must be one of 'bar', 'day', got \"year\"",
    ],
    ["a rate a row too few", { cash: { credit: [0, 0] } }, "cash.credit must have 3 entries, got 2"],
  ];
  for (const [what, change, message] of refusals) {
    test(what, () => expect(() => backtest({ ...spec, ...change } as BacktestSpec)).toThrow(message));
  }
});
