import { Matrix } from "@astra-quant/core-linalg";
import { bits, expectClose, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { type BacktestSpec, backtest, type CostTerm, linearCost } from "../src/index.ts";

const NAN = Number.NaN;
const YEAR = { periodsPerYear: 252 };

describe("a backtest by hand", () => {
  // One asset: +10 %, −50 %, +20 %.
  const prices = [100, 110, 55, 66];

  test("earns with the weight decided a bar before", () => {
    const { equity, returns } = backtest({ prices, weights: [1, 0, -1, 1], ...YEAR });
    expectClose(equity, [1, 1.1, 1.1, 1.1 * 0.8], rounding(4));
    expectClose(returns, [NAN, 0.1, 0, -0.2], rounding(4));
  });

  test("with lag 2 earns a bar later", () => {
    const { returns, firstBar } = backtest({ prices, weights: [1, 0, -1, 1], lag: 2, ...YEAR });
    expectClose(returns, [NAN, 0, -0.5, 0], rounding(4));
    expect(firstBar).toBe(2);
  });

  test("charges costs on the change of the weights held, as negative money", () => {
    const { pnl, turnover, equity } = backtest({
      prices,
      weights: [1, -1, -1, 1],
      costs: [linearCost({ bps: 100 })],
      capital: 1000,
      ...YEAR,
    });
    expectClose(turnover, [0, 1, 2, 0], bits);
    expectClose(pnl.price, [0, 100, 545, -0.2 * 1613.2], rounding(8));
    expectClose(pnl.cost, [0, -10, -21.8, 0], rounding(8));
    expectClose(equity, [1000, 1090, 1613.2, 1290.56], rounding(8));
  });

  test("adds the cost terms", () => {
    const fixed: CostTerm = {
      name: "ticket",
      charge: ({ values }, costs) => {
        if (values[0] !== 0) costs[0]! += 0.001;
      },
    };
    const { pnl } = backtest({
      prices,
      weights: [1, 1, 1, 1],
      costs: [linearCost({ bps: 10 }), fixed],
      ...YEAR,
    });
    expectClose(pnl.cost, [0, -0.002, 0, 0], rounding());
  });

  test("from returns is the backtest from prices, row 0 being only the start", () => {
    const spec = { weights: [1, -0.5, 0.25, 0], ...YEAR };
    const fromPrices = backtest({ prices, ...spec });
    const fromReturns = backtest({ returns: [NAN, 110 / 100 - 1, 55 / 110 - 1, 66 / 55 - 1], ...spec });
    expect(fromReturns).toEqual(fromPrices);
  });

  test("keeps its weights at every bar, free of charge", () => {
    const returns = [
      [0, 0],
      [1, 0],
      [1, 0],
    ];
    const half = [
      [0.5, 0.5],
      [0.5, 0.5],
      [0.5, 0.5],
    ];
    const { equity, turnover } = backtest({
      returns,
      weights: half,
      costs: [linearCost({ bps: 5 })],
      ...YEAR,
    });
    expectClose(turnover, [0, 1, 0], bits);
    expectClose(equity[2]! / equity[1]!, 1.5, rounding());
  });

  test("takes matrices of any accepted kind", () => {
    const rows = [
      [100, 50],
      [110, 45],
      [99, 54],
    ];
    const weights = [
      [0.5, -0.5],
      [0.2, 0.3],
      [0, 0],
    ];
    const expected = backtest({ prices: rows, weights, ...YEAR }).hash;
    expect(backtest({ prices: Matrix.fromRows(rows), weights: Matrix.fromRows(weights), ...YEAR }).hash).toBe(
      expected,
    );
  });
});

describe("trades", () => {
  test("run from entry to exit or reversal, and stay open at the end", () => {
    const prices = [
      [100, 10],
      [110, 10],
      [121, 11],
      [121, 11],
      [133.1, 11],
    ];
    const weights = [
      [0.5, 0],
      [0.7, 0.1],
      [-0.5, 0],
      [-0.5, 0],
      [0, 1],
    ];
    const { trades, barsInPosition, pnl } = backtest({ prices, weights, capital: 100, ...YEAR });
    expect(
      trades.map(({ asset, side, firstRow, lastRow, open }) => ({ asset, side, firstRow, lastRow, open })),
    ).toEqual([
      { asset: 0, side: 1, firstRow: 1, lastRow: 2, open: false },
      { asset: 0, side: -1, firstRow: 3, lastRow: 4, open: true },
      { asset: 1, side: 1, firstRow: 2, lastRow: 2, open: false },
    ]);
    expectClose(trades[0]!.pricePnl, 5 + 0.07 * 105, rounding(8));
    expectClose(trades[2]!.pricePnl, 0.01 * 105, rounding(8));
    expectClose(
      trades.reduce((sum, { pricePnl }) => sum + pricePnl, 0),
      pnl.price.reduce((sum, value) => sum + value, 0),
      rounding(8),
    );
    expect(barsInPosition).toBe(4);
  });
});

describe("missing values", () => {
  test("weights that are NaN at the beginning hold nothing, and the summary begins with the first decision", () => {
    const prices = [
      [100, 10],
      [101, 11],
      [102, 12],
      [103, 13],
      [105, 14],
    ];
    const weights = [
      [NAN, NAN],
      [NAN, NAN],
      [0.5, NAN],
      [0.5, 0.1],
      [0.5, 0.1],
    ];
    const { returns, firstBar, summary, turnover } = backtest({ prices, weights, ...YEAR });
    expect(firstBar).toBe(3);
    expect(summary.observations).toBe(2);
    expectClose(returns.slice(0, 3), [NAN, 0, 0], bits);
    expectClose(turnover, [0, 0, 0, 0.5, 0.1], rounding());
  });

  test("a decision to be flat counts as one", () => {
    const { summary } = backtest({ prices: [1, 2, 3, 2], weights: [0, 0, 1, 0], ...YEAR });
    expect(summary.observations).toBe(3);
  });

  test("a price may be missing while nothing is held", () => {
    const { returns } = backtest({ prices: [1, NAN, 2, 3], weights: [0, 0, 1, 0], ...YEAR });
    expectClose(returns, [NAN, 0, 0, 0.5], rounding());
  });

  test("a held asset without a return is refused by row and column", () => {
    const prices = [
      [1, 1],
      [1, 1],
      [1, NAN],
      [1, 1],
    ];
    const weights = [
      [0, 0],
      [0.5, 0.5],
      [0, 0],
      [0, 0],
    ];
    const attempt = () => backtest({ prices, weights, ...YEAR });
    expect(attempt).toThrow(
      "prices in column 1 must give a finite return wherever a weight is held: row 2 gives NaN for weight 0.5",
    );
    expect(attempt).toThrow(expect.objectContaining({ code: "not-finite", name: "QuantError" }));
    expect(() => backtest({ returns: [0, NAN], weights: [1, 1], ...YEAR })).toThrow(
      "returns in column 0 must give a finite return wherever a weight is held: row 1 gives NaN for weight 1",
    );
  });

  test("a gap in the weights is refused by row and column", () => {
    const weights = [
      [0, NAN],
      [0, 1],
      [0, NAN],
    ];
    expect(() =>
      backtest({
        prices: [
          [1, 1],
          [1, 1],
          [1, 1],
        ],
        weights,
        ...YEAR,
      }),
    ).toThrow("weights[2][1] must be finite (NaN only before the first number of its column), got NaN");
  });
});

describe("look-ahead", () => {
  const spec = { prices: [1, 2, 1, 2, 1], weights: [0, 1, -1, 1, -1], ...YEAR };

  test("is refused unless it is asked for by name", () => {
    expect(() => backtest({ ...spec, lag: 0 })).toThrow(
      /^lag must be an integer ≥ 1, got 0: .*allowLookAhead/,
    );
  });

  test("is stamped on the result and warned of", () => {
    const cheat = backtest({ ...spec, lag: 0, allowLookAhead: true });
    expect(cheat.lookAhead).toBe(true);
    expect(cheat.warnings[0]).toMatch(/^Look-ahead: lag 0/);
    expectClose(cheat.equity, [1, 2, 3, 6, 9], rounding(4));
  });

  test("is not stamped on a result with a lag", () => {
    expect(backtest({ ...spec, weights: [0, 0, 0, 0.1, 0], allowLookAhead: true }).lookAhead).toBe(false);
  });
});

describe("a ruin", () => {
  const ruined = backtest({ prices: [100, 50, 100, 200], weights: [3, 3, 3, 3], ...YEAR });

  test("ends the trading and is said", () => {
    expectClose(ruined.equity, [1, -0.5, -0.5, -0.5], bits);
    expectClose(ruined.turnover, [0, 3, 0, 0], bits);
    expect(ruined.ruinRow).toBe(1);
    expect(ruined.trades.length).toBe(1);
    expect(ruined.warnings).toEqual(["Ruin: no capital is left at row 1; nothing is held after it"]);
  });

  test("leaves a total return and no figure that needs compounding", () => {
    expect(ruined.summary.totalReturn).toBe(-1.5);
    expect(ruined.summary.sharpe).toBeNaN();
    expect(ruined.summary.maxDrawdown).toBeNaN();
  });

  test("is also the loss of exactly everything", () => {
    expect(backtest({ prices: [100, 50, 60], weights: [2, 2, 2], ...YEAR }).ruinRow).toBe(1);
  });
});

describe("warnings", () => {
  /** Alternating small gains and losses around a mean, one a bar. */
  const wobble = (bars: number, mean: number, swing: number) =>
    Float64Array.from({ length: bars }, (_, t) => mean + (t % 2 === 0 ? swing : -swing));

  test("a Sharpe from few trades of a mostly flat book rests on them, in words", () => {
    const returns = wobble(400, 0.01, 0.005);
    const weights = returns.map((_, t) => (t % 50 === 0 ? 1 : 0));
    const { warnings, trades, summary } = backtest({ returns, weights, ...YEAR });
    expect(trades.length).toBe(8);
    expect(warnings).toEqual([
      `Sharpe rests on 8 trades: ${summary.sharpe.toFixed(2)} was earned in 8 of 399 bars, and fewer than 30 trades say little of the next`,
    ]);
  });

  test("a book is mostly flat when it is so on more than half of its bars", () => {
    const returns = wobble(401, 0.01, 0.005);
    const heldFor = (bars: number) =>
      backtest({ returns, weights: returns.map((_, t) => (t < bars ? 1 : 0)), ...YEAR }).warnings;
    expect(heldFor(199)[0]).toMatch(/^Sharpe rests on 1 trade: .* 199 of 400 bars/);
    expect(heldFor(200)).toEqual([]);
  });

  test("a Sharpe within two standard errors of zero is not told from luck", () => {
    const returns = wobble(252, 0.0001, 0.01);
    const { warnings, summary } = backtest({ returns, weights: returns.map(() => 1), ...YEAR });
    expect(Math.abs(summary.sharpe)).toBeLessThan(2 * summary.sharpeStandardError);
    expect(warnings).toEqual([
      `Sharpe ${summary.sharpe.toFixed(2)} has a standard error of ${summary.sharpeStandardError.toFixed(2)} over 251 bars (1.00 years): closer than 2 of them to 0, it is not told from luck`,
    ]);
  });

  test("a high Sharpe of less than a quarter is an extrapolation", () => {
    const returns = wobble(60, 0.002, 0.005);
    const { warnings, summary } = backtest({ returns, weights: returns.map(() => 1), ...YEAR });
    expect(summary.sharpe).toBeGreaterThan(2 * summary.sharpeStandardError);
    expect(warnings).toEqual([
      `Sharpe ${summary.sharpe.toFixed(2)} is extrapolated from 59 bars (0.23 years) to a year of the same: its standard error counts noise, not other markets`,
    ]);
  });

  test("a long record of a book that is always held has none", () => {
    const returns = wobble(1000, 0.002, 0.005);
    expect(backtest({ returns, weights: returns.map(() => 1), ...YEAR }).warnings).toEqual([]);
  });

  test("a book that is never held, or never moves, has no Sharpe", () => {
    const flat = backtest({ prices: [1, 2, 3], weights: [0, 0, 0], ...YEAR });
    expect(flat.warnings).toEqual(["Sharpe is undefined: no position was ever held"]);
    expect(flat.summary.sharpe).toBeNaN();
    const still = backtest({ prices: [1, 1, 1], weights: [1, 1, 1], ...YEAR });
    expect(still.warnings).toEqual(["Sharpe is undefined: the returns do not vary"]);
  });
});

describe("misuse is refused with the argument, the rule and the value", () => {
  const legal: BacktestSpec = { prices: [1, 2, 3], weights: [1, 1, 1], ...YEAR };
  const refusals: [string, object, string | RegExp][] = [
    ["neither prices nor returns", { prices: undefined }, "give either prices or returns, got neither"],
    ["prices and returns", { returns: [0, 0, 0] }, "give either prices or returns, got both"],
    ["no data", { prices: [], weights: [] }, "prices must have at least 2 rows, got 0"],
    ["one row", { prices: [1], weights: [1] }, "prices must have at least 2 rows, got 1"],
    ["no columns", { prices: [[], []], weights: [[], []] }, "prices must have at least 1 column, got 0"],
    [
      "capital beyond the doubles",
      { capital: 1e308 },
      "capital must stay within the doubles: row 1 adds 1e+308 to 1e+308",
    ],
    [
      "positions of which each is within the doubles, but not their sum",
      {
        prices: [
          [1, 1],
          [1.9, 1.9],
        ],
        weights: [
          [1, 1],
          [1, 1],
        ],
        capital: 1e308,
      },
      "capital must stay within the doubles: row 1 adds Infinity to 1e+308",
    ],
    ["ragged prices", { prices: [[1, 2], [1]] }, "row 1 has 1 entries, expected 2 as in row 0"],
    [
      "weights of another length",
      { weights: [1, 1] },
      "weights must be 3×1 like prices (time × assets), got 2×1",
    ],
    ["no weights", { weights: undefined }, /^weights must be a vector, a matrix or a panel, got undefined/],
    [
      "a price of zero",
      { prices: [1, 0, 1] },
      "prices must be positive and finite, got 0 in row 1, column 0",
    ],
    [
      "an infinite weight",
      { weights: [1, Number.POSITIVE_INFINITY, 1] },
      /^weights\[1\]\[0\] must be finite .* got Infinity$/,
    ],
    [
      "weights without a number",
      { weights: [NAN, NAN, 1] },
      "weights must hold a number 1 or more rows before the last (row 2): nothing is decided in time to earn",
    ],
    ["a lag that is no integer", { lag: 1.5 }, "lag must be an integer ≥ 1, got 1.5"],
    [
      "no periods",
      { periodsPerYear: undefined },
      "periodsPerYear must be positive and finite, got undefined",
    ],
    ["capital of zero", { capital: 0 }, "capital must be positive and finite, got 0"],
    ["an unknown option", { lags: 2 }, "unknown option 'lags'; did you mean 'lag'?"],
    ["text for a switch", { allowLookAhead: "yes" }, 'allowLookAhead must be true or false, got "yes"'],
    [
      "costs that are no list",
      { costs: linearCost({ bps: 1 }) },
      "costs must be an array of cost terms, got Object",
    ],
    ["a cost that is no term", { costs: [5] }, "costs[0] must be a cost term { name, charge }, got 5"],
    [
      "a hole among the costs",
      { costs: new Array(1) },
      "costs[0] must be a cost term { name, charge }, got undefined",
    ],
    [
      "a cost term that loses count",
      { costs: [{ name: "broken", charge: (_: unknown, costs: Float64Array) => costs.fill(NAN) }] },
      'cost term "broken" must charge finite money, got NaN for column 0 at row 1',
    ],
  ];
  for (const [what, change, message] of refusals) {
    test(what, () => {
      const attempt = () => backtest({ ...legal, ...change } as BacktestSpec);
      expect(attempt).toThrow(message);
      expect(attempt).toThrow(expect.objectContaining({ name: "QuantError" }));
    });
  }

  test("linear costs that are negative, missing or misspelt", () => {
    expect(() => linearCost({ bps: -1 })).toThrow("bps must be non-negative and finite, got -1");
    expect(() => linearCost({} as { bps: number })).toThrow(
      "bps must be non-negative and finite, got undefined",
    );
    expect(() => linearCost({ bp: 1 } as unknown as { bps: number })).toThrow(
      "unknown option 'bp'; did you mean 'bps'?",
    );
  });
});

test("inputs are not changed", () => {
  const prices = Float64Array.of(1, 2, 3);
  const weights = Float64Array.of(NAN, 1, 1);
  backtest({ prices, weights, ...YEAR });
  expectClose(
    [prices, weights],
    [
      [1, 2, 3],
      [NAN, 1, 1],
    ],
    bits,
  );
});
