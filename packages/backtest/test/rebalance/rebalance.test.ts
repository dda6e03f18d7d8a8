import { bits, expectClose, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { type BacktestSpec, backtest, type Rebalance } from "../../src/index.ts";

const YEAR = { periodsPerYear: 252 };
/** Two assets, of which the first doubles once. */
const prices = [
  [10, 10],
  [20, 10],
  [20, 10],
  [20, 10],
  [20, 10],
];
const half = prices.map(() => [0.5, 0.5]);

function turnoverOf(rebalance: Rebalance, change: Partial<BacktestSpec> = {}): Float64Array {
  return backtest({ prices, weights: half, rebalance, ...YEAR, ...change }).turnover;
}

describe("when a book is brought to its weights", () => {
  // After the doubling the weights are 2/3 and 1/3: bringing them back trades a third of the book.
  const third = 1 / 3;

  test("every bar: at the next fill, and paid for", () => {
    expectClose(turnoverOf("every-bar"), [0, 1, third, 0, 0], rounding(4), 1);
  });

  test("on a change of decision alone", () => {
    expectClose(turnoverOf("on-change"), [0, 1, 0, 0, 0], bits);
    const weights = [...half.slice(0, 3), [0.5, 0.4], [0.5, 0.4]];
    expectClose(turnoverOf("on-change", { weights })[4]!, 2 / 3 - 0.5 + 0.4 - third, rounding(8));
  });

  test("every n bars from the first decision on", () => {
    expectClose(turnoverOf({ every: 2 }), [0, 1, 0, third, 0], rounding(4), 1);
  });

  test("at the first row of a calendar period", () => {
    const dates = ["2026-01-28", "2026-01-29", "2026-01-30", "2026-02-02", "2026-02-03"];
    expectClose(turnoverOf({ calendar: "month" }, { dates }), [0, 1, 0, 0, third], rounding(4), 1);
    expectClose(turnoverOf({ calendar: "week" }, { dates }), [0, 1, 0, 0, third], rounding(4), 1);
    expectClose(turnoverOf({ calendar: "year" }, { dates }), [0, 1, 0, 0, 0], bits);
  });

  test("weeks begin on Monday, periods at midnight (UTC), before 1970 as after", () => {
    const first = (calendar: "week" | "month" | "quarter" | "year", dates: string[]) => {
      // One asset that doubles at every row, held at a half: every trade is one of the rule.
      const doubling = dates.map((_, t) => 2 ** t);
      const { turnover } = backtest({
        prices: [...doubling, 2 ** dates.length],
        weights: [...doubling, 0].map(() => 0.5),
        dates: [...dates, "2100-01-01"],
        rebalance: { calendar },
        ...YEAR,
      });
      return dates.filter((_, t) => turnover[t + 1]! > 0);
    };
    const days = ["1969-12-26", "1969-12-28", "1969-12-29", "1970-01-01", "1970-01-04", "1970-01-05"];
    expect(first("week", days)).toEqual(["1969-12-26", "1969-12-29", "1970-01-05"]);
    expect(first("month", days)).toEqual(["1969-12-26", "1970-01-01"]);
    const months = ["1969-02-28", "1969-03-31T23:59Z", "1969-04-01T00:00Z", "1969-06-30", "1969-07-01"];
    expect(first("quarter", months)).toEqual(["1969-02-28", "1969-04-01T00:00Z", "1969-07-01"]);
    expect(first("year", ["1968-12-31", "1969-12-31", "1970-12-31"])).toEqual([
      "1968-12-31",
      "1969-12-31",
      "1970-12-31",
    ]);
  });

  test("when a weight has gone too far, all of them", () => {
    expectClose(turnoverOf({ threshold: 0.16 }), [0, 1, third, 0, 0], rounding(4), 1);
    expectClose(turnoverOf({ threshold: 0.17 }), [0, 1, 0, 0, 0], bits);
  });

  test("within a band each asset for itself, and a wanted 0 is always closed", () => {
    const weights = half.map((row, t) => (t < 1 ? row : [0.64, 0]));
    const { positions, equity } = backtest({ prices, weights, rebalance: { band: 0.05 }, ...YEAR });
    expectClose(positions.value.row(2), [(2 / 3) * equity[1]!, 0], rounding(4), 1);
    const small = half.map((_, t) => (t < 1 ? [0.5, 0.06] : [0.5, 0]));
    const closed = backtest({ prices, weights: small, rebalance: { band: 0.05 }, ...YEAR });
    expect(closed.positions.value.get(2, 1)).toBe(0); // 0.04 of the book by then
  });

  test("weights are kept constant for free unless a rule is asked for", () => {
    const free = backtest({ prices, weights: half, ...YEAR });
    expectClose(free.turnover, [0, 1, 0, 0, 0], bits);
    expectClose(free.positions.value.row(2), [0.75, 0.75], rounding(4));
  });

  test("returns drift as prices do", () => {
    const returns = [
      [0, 0],
      [1, 0],
      [0.1, -0.2],
      [0.05, 0.1],
    ];
    let level = [7, 3];
    const quotes = returns.map(
      (row, t) => (level = t === 0 ? level : level.map((p, j) => p * (1 + row[j]!))),
    );
    const spec = { weights: half.slice(0, 4), rebalance: { every: 2 } as const, ...YEAR };
    const moves = backtest({ returns, ...spec });
    const drifting = backtest({ prices: quotes, ...spec });
    expectClose(moves.equity, drifting.equity, rounding(20));
    expectClose(moves.turnover, drifting.turnover, rounding(20), 1);
  });
});

describe("whole shares", () => {
  test("are cut towards zero, for longs and shorts alike", () => {
    const { positions } = backtest({
      prices: [
        [30, 30],
        [30, 30],
      ],
      weights: [
        [0.5, -0.5],
        [0, 0],
      ],
      shares: "whole",
      capital: 100,
      ...YEAR,
    });
    expectClose(positions.value.row(1), [30, -30], rounding(4));
  });

  test("a target that rounding left a hair below a whole number is that number", () => {
    const { positions } = backtest({
      prices: [0.1, 0.1],
      weights: [0.7, 0.7],
      shares: "whole",
      capital: 0.3 / 0.7,
      ...YEAR,
    });
    expectClose(positions.value.data[1]!, 0.3, rounding(4));
  });
});

describe("misuse is refused with the argument, the rule and the value", () => {
  const refusals: [string, object, string][] = [
    [
      "an unknown rule",
      { rebalance: "monthly" },
      "rebalance must be one of 'constant-weights', 'every-bar', 'on-change', got \"monthly\"",
    ],
    ["no rule", { rebalance: {} }, "rebalance must have one of every, calendar, threshold, band, got none"],
    [
      "two rules",
      { rebalance: { every: 2, band: 0.1 } },
      "rebalance must have one of every, calendar, threshold, band, got every and band",
    ],
    [
      "a misspelt rule",
      { rebalance: { treshold: 2 } },
      "unknown option 'treshold'; did you mean 'threshold'?",
    ],
    ["half a bar", { rebalance: { every: 0.5 } }, "rebalance.every must be an integer ≥ 1, got 0.5"],
    ["a calendar without dates", { rebalance: { calendar: "month" } }, "rebalance { calendar } needs dates"],
    [
      "an unknown period",
      { rebalance: { calendar: "day" }, dates: [1, 2, 3, 4, 5] },
      "rebalance.calendar must be one of 'week', 'month', 'quarter', 'year', got \"day\"",
    ],
    [
      "a threshold of nothing",
      { rebalance: { threshold: 0 } },
      "rebalance.threshold must be positive and finite, got 0",
    ],
    [
      "whole shares of returns",
      { prices: undefined, returns: prices, shares: "whole" },
      "shares 'whole' are counted at prices; got returns",
    ],
    [
      "whole shares of constant weights",
      { shares: "whole", rebalance: "constant-weights" },
      "shares 'whole' cannot keep constant weights: choose another rebalance",
    ],
  ];
  for (const [what, change, message] of refusals) {
    test(what, () => {
      expect(() => backtest({ prices, weights: half, ...YEAR, ...change } as BacktestSpec)).toThrow(message);
    });
  }
});
