import { bits, expectClose, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { type BacktestSpec, backtest } from "../../src/index.ts";

const NAN = Number.NaN;
const YEAR = { periodsPerYear: 252 };

describe("positions are shares", () => {
  const prices = [10, 20, 20, 10];

  test("that drift with their price and are traded where they change", () => {
    const { equity, turnover, exposure, positions } = backtest({
      prices,
      positions: [5, 5, 2, 2],
      capital: 100,
      ...YEAR,
    });
    expectClose(equity, [100, 150, 150, 130], rounding(4));
    expectClose(turnover, [0, 0.5, 0, 60 / 150], rounding(4));
    expectClose(exposure.gross, [0, 0.5, 100 / 150, 40 / 150], rounding(4));
    expectClose(positions.value.data, [0, 50, 100, 40], rounding(4));
  });

  test("that stay make no trade at all, whatever rounding does to their weights", () => {
    const wild = Array.from({ length: 300 }, (_, t) => 1 + (t % 7) / 3 + t / 11);
    const { turnover } = backtest({ prices: wild, positions: wild.map(() => 0.3), capital: 7, ...YEAR });
    expect(turnover.slice(2).every((traded) => traded === 0)).toBe(true);
  });

  test("are the very shares that were decided", () => {
    const shares = Array.from({ length: 200 }, (_, j) => (j + 1) / 7);
    const quotes = [1, 2].map((t) => shares.map((_, j) => 1 + t / 3 + j / 11));
    const { positions } = backtest({ prices: quotes, positions: [shares, shares], capital: 7e5, ...YEAR });
    const same = {
      prices: [...quotes, quotes[1]!],
      positions: [shares, shares, shares],
      capital: 7e5,
      ...YEAR,
    };
    expect(backtest(same).turnover[2]).toBe(0);
    expectClose(
      positions.value.row(1),
      shares.map((held, j) => held * quotes[0]![j]!),
      rounding(4),
    );
  });
});

describe("signals are scores", () => {
  test("whose weights are in proportion to them and add up to the gross", () => {
    const { exposure, positions } = backtest({
      prices: [
        [1, 1, 1],
        [1, 1, 1],
        [1, 1, 1],
      ],
      signals: [
        [3, -1, NAN],
        [0, 0, 0],
        [0, 0, 0],
      ],
      gross: 2,
      ...YEAR,
    });
    expectClose(positions.value.data, [0, 0, 0, 1.5, -0.5, 0, 0, 0, 0], bits);
    expectClose(exposure.net, [0, 1, 0], bits);
  });

  test("a row without any of them decides nothing", () => {
    const { turnover, firstBar } = backtest({
      prices: [1, 1, 1, 1, 1],
      signals: [NAN, 2, NAN, NAN, 0],
      ...YEAR,
    });
    expect(firstBar).toBe(2);
    expectClose(turnover, [0, 0, 1, 0, 0], bits);
  });
});

describe("a weight that is missing after the first", () => {
  const spec: BacktestSpec = { prices: [10, 10, 20, 20], weights: [0.5, NAN, NAN, NAN], ...YEAR };

  test("is an error by default", () => {
    expect(() => backtest(spec)).toThrow(
      "weights[1][0] must be finite (NaN only before the first number of its column), got NaN",
    );
  });

  test("or holds: the last weight where weights are constant, the shares where they drift", () => {
    const constant = backtest({ ...spec, missingWeights: "hold" });
    expectClose(constant.exposure.gross, [0, 0.5, 0.5, 0.5], bits);
    const drifting = backtest({ ...spec, missingWeights: "hold", rebalance: "every-bar" });
    expectClose(drifting.exposure.gross, [0, 0.5, 0.5, 2 / 3], rounding(4));
    expectClose(drifting.turnover, [0, 0.5, 0, 0], bits);
  });
});

describe("misuse is refused with the argument, the rule and the value", () => {
  const refusals: [string, object, string | RegExp][] = [
    [
      "two kinds of decisions",
      { signals: [1, 1, 1] },
      "give one of weights, positions and signals, got weights and signals",
    ],
    ["a gross for weights", { gross: 2 }, "gross sizes signals; weights have their own"],
    [
      "shares without prices",
      { weights: undefined, positions: [1, 1, 1], prices: undefined, returns: [0, 0, 0] },
      "positions are shares, whose worth needs prices; got returns",
    ],
    [
      "a rule for shares",
      { weights: undefined, positions: [1, 1, 1], rebalance: "every-bar" },
      "rebalance is for weights and signals: positions are traded where they change",
    ],
    [
      "an infinite score",
      { weights: undefined, signals: [1, Number.POSITIVE_INFINITY, 1] },
      "signals[1][0] must be finite or NaN, got Infinity",
    ],
    [
      "a policy for scores",
      { weights: undefined, signals: [1, 1, 1], missingWeights: "hold" },
      "missingWeights is for weights and positions: a missing score is no opinion",
    ],
    [
      "shares of what has no price",
      { prices: [NAN, 2, 3], weights: undefined, positions: [5, 5, 5] },
      "prices in column 0 must give a finite return wherever a weight is held: row 1 gives NaN for 5 shares",
    ],
    [
      "scores beyond the doubles",
      { weights: undefined, signals: [1e308, 1, 1], gross: 10 },
      "signals[0] must have sizes that add up within the doubles",
    ],
    [
      "an unknown policy",
      { missingWeights: "zero" },
      "missingWeights must be one of 'refuse', 'hold', got \"zero\"",
    ],
  ];
  for (const [what, change, message] of refusals) {
    test(what, () => {
      const attempt = () =>
        backtest({ prices: [1, 2, 3], weights: [1, 1, 1], ...YEAR, ...change } as BacktestSpec);
      expect(attempt).toThrow(message);
    });
  }
});
