import { Panel } from "@astra-quant/core-linalg";
import { bits, expectClose, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { type BacktestSpec, backtest } from "../../src/index.ts";

const NAN = Number.NaN;
const YEAR = { periodsPerYear: 252 };

describe("a price that is missing", () => {
  // 10 % up, a gap of two rows, then 20 % above the last price known.
  const prices = [100, 110, NAN, NAN, 132, 132];
  const held = { prices, weights: [1, 1, 1, 1, 1, 1], ...YEAR };

  test("is refused by default where something is held", () => {
    expect(() => backtest(held)).toThrow(
      "prices in column 0 must give a finite return wherever a weight is held: row 2 gives NaN for weight 1",
    );
  });

  test("is carried: no move in the gap, the whole move when the price is back", () => {
    const { returns, events } = backtest({ ...held, missingPrices: "carry" });
    expectClose(returns, [NAN, 0.1, 0, 0, 0.2, 0], rounding(4));
    expect(events).toEqual([]);
  });

  test("is not traded at: what changes in the gap waits for the price", () => {
    const { turnover, returns, events } = backtest({
      ...held,
      weights: [1, 1, 0, 0, 0, 0],
      missingPrices: "carry",
    });
    expectClose(turnover, [0, 1, 0, 0, 0, 1], bits);
    expectClose(returns, [NAN, 0.1, 0, 0, 0.2, 0], rounding(4));
    expect(events).toEqual([
      {
        row: 3,
        asset: 0,
        kind: "no-price",
        reason: "no price at row 2 to trade at: the position stays as it is until there is one",
      },
    ]);
  });

  test("that nobody held ends nothing", () => {
    const two = prices.map((price) => [100, price]);
    const { events } = backtest({
      prices: two,
      weights: two.map(() => [1, 0]),
      missingPrices: "close",
      ...YEAR,
    });
    expect(events).toEqual([]);
  });

  test("is no return of row 0: what row 0 decides is traded all the same", () => {
    const returns = [NAN, 0.1, NAN, 0.2];
    for (const missingPrices of ["carry", "close"] as const) {
      const run = backtest({ returns, weights: returns.map(() => 1), missingPrices, ...YEAR });
      expectClose(run.returns.slice(1, 3), [0.1, 0], rounding(4));
    }
  });

  test("does not keep a dividend from being paid, be the price carried or gone", () => {
    const paid = { ...held, dividends: [0, 0, 11, 0, 0, 0] };
    const carried = backtest({ ...paid, missingPrices: "carry" });
    expectClose(carried.returns, [NAN, 0.1, 0.1, 0, 0.2, 0], rounding(4));
    const closed = backtest({ ...paid, missingPrices: "close", delistingReturn: -0.3 });
    expectClose(closed.returns, [NAN, 0.1, -0.2, 0, 0, 0], rounding(4));
  });

  test("closes a position at its last price, and at what the delisting left of it", () => {
    const { returns, turnover, events, trades } = backtest({
      ...held,
      missingPrices: "close",
      delistingReturn: -0.3,
    });
    expectClose(returns, [NAN, 0.1, -0.3, 0, 0, 0], rounding(4));
    expectClose(turnover, [0, 1, 0, 0, 0, 1], bits); // bought again when the price is back
    expect(events[0]).toEqual({
      row: 2,
      asset: 0,
      kind: "delisting",
      reason: "the price is missing from here on: the position is closed",
    });
    expect(trades.map(({ firstRow, lastRow }) => [firstRow, lastRow])).toEqual([
      [1, 2],
      [5, 5],
    ]);
  });

  test("takes a delisting return an asset", () => {
    const { returns } = backtest({
      prices: [
        [1, 1],
        [1, 1],
        [NAN, NAN],
      ],
      weights: [
        [0.5, 0.5],
        [0.5, 0.5],
        [0.5, 0.5],
      ],
      missingPrices: "close",
      delistingReturn: [-1, 0.2],
      ...YEAR,
    });
    expectClose(returns[2]!, -0.4, rounding(4));
  });

  test("of a column not yet listed, or of returns, does the same", () => {
    for (const missingPrices of ["carry", "close"] as const) {
      const young = backtest({
        prices: [NAN, NAN, 50, 55, 55],
        weights: [1, 1, 1, 1, 1],
        missingPrices,
        ...YEAR,
      });
      expectClose(young.returns, [NAN, 0, 0, 0.1, 0], rounding(4));
      const moves = backtest({
        returns: [NAN, NAN, 0.5, 0.1, 0],
        weights: [1, 1, 1, 1, 1],
        missingPrices,
        ...YEAR,
      });
      expectClose(moves.returns, [NAN, 0, 0, 0.1, 0], rounding(4));
    }
    const gap = backtest({
      returns: [0, 0.1, NAN, 0.2],
      weights: [1, 1, 1, 1],
      missingPrices: "carry",
      ...YEAR,
    });
    expectClose(gap.returns, [NAN, 0.1, 0, 0.2], rounding(4));
  });
});

describe("dividends", () => {
  test("are earned by a long and paid by a short, in cash", () => {
    const spec = { prices: [100, 98, 98], dividends: [0, 3, 0], ...YEAR };
    expectClose(backtest({ ...spec, weights: [1, 1, 1] }).returns, [NAN, 0.01, 0], rounding(8));
    expectClose(backtest({ ...spec, weights: [-1, -1, -1] }).returns, [NAN, -0.01, 0], rounding(8));
  });

  test("buy no shares in a book that drifts", () => {
    const { positions } = backtest({
      prices: [100, 50, 50],
      dividends: [0, 50, 0],
      positions: [1, 1, 1],
      capital: 1000,
      ...YEAR,
    });
    expectClose(positions.value.data, [0, 100, 50], rounding(4));
    expectClose(positions.price.data, [0, 0, 0], rounding(4), 100);
  });
});

describe("names and moments", () => {
  const values = { rows: 3, columns: 2, data: Float64Array.of(1, 1, 1, 1, 1, 1) };
  const index = Float64Array.of(0, 86_400_000, 172_800_000);

  test("come from a panel, unless others are given", () => {
    const panel = new Panel({ index, columns: ["A", "B"], values: values as never });
    const weights = Array.from({ length: 3 }, () => [0, 0]);
    const run = backtest({ prices: panel, weights, ...YEAR });
    expect(run.assets).toEqual(["A", "B"]);
    expect(run.dates).toEqual(index);
    expect(backtest({ prices: panel, weights, assets: ["X", "Y"], ...YEAR }).assets).toEqual(["X", "Y"]);
    expect(backtest({ prices: panel.values, weights, ...YEAR }).assets).toBeUndefined();
  });

  test("of two panels must be the same: other assets or other days in the same places are refused", () => {
    const days = [0, 1, 2].map((day) => day * 86_400_000);
    const panel = (columns: string[], moments: number[]) =>
      new Panel({ index: moments, columns, values: values as never });
    const prices = panel(["A", "B"], days);
    const later = days.map((moment) => moment + 86_400_000);
    const attempt = (change: Partial<BacktestSpec>) => () =>
      backtest({ prices, weights: panel(["A", "B"], days), ...YEAR, ...change });
    expect(attempt({})).not.toThrow();
    expect(attempt({ weights: panel(["A", "C"], days) })).toThrow(
      'weights must have the columns of prices: column 1 is "C", not "B"',
    );
    expect(attempt({ weights: panel(["A", "B"], later) })).toThrow(
      "weights must have the moments of prices: row 0 is 1970-01-02T00:00:00.000Z, not 1970-01-01T00:00:00.000Z",
    );
    expect(attempt({ dividends: panel(["B", "A"], days) })).toThrow(
      "dividends must have the columns of prices",
    );
    expect(attempt({ borrow: { available: panel(["B", "A"], days) } })).toThrow(
      "borrow.available must have the columns of prices",
    );
    const plain = { index: Float64Array.from(days), columns: ["B", "A"], values: prices.values };
    expect(attempt({ weights: plain as never })).toThrow("weights must have the columns"); // of another copy
  });

  test("dates are read as they are written", () => {
    const run = backtest({ prices: [1, 1], weights: [0, 0], dates: ["1970-01-01", "1970-01-02"], ...YEAR });
    expect(run.dates).toEqual(Float64Array.of(0, 86_400_000));
  });
});

describe("misuse is refused with the argument, the rule and the value", () => {
  const legal: BacktestSpec = { prices: [1, 2, 3], weights: [1, 1, 1], ...YEAR };
  const refusals: [string, Partial<BacktestSpec>, string | RegExp][] = [
    [
      "dividends on returns",
      { prices: undefined, returns: [0, 0, 0], dividends: [0, 0, 0] } as never,
      "dividends are paid on prices: returns hold them already",
    ],
    [
      "dividends of another shape",
      { dividends: [0, 0] },
      "dividends must be 3×1 like prices (time × assets), got 2×1",
    ],
    [
      "a dividend that is none",
      { dividends: [0, NAN, 0] },
      "dividends[1][0] must be a finite number, got NaN",
    ],
    [
      "a delisting return without a close",
      { delistingReturn: -0.1 },
      "delistingReturn is for missingPrices 'close', not 'refuse'",
    ],
    [
      "a delisting that takes more than all",
      { missingPrices: "close", delistingReturn: -1.1 },
      "delistingReturn must be ≥ -1 and finite, got -1.1",
    ],
    [
      "an unknown policy",
      { missingPrices: "carr" as never },
      "missingPrices must be one of 'refuse', 'carry', 'close', got \"carr\"; did you mean 'carry'?",
    ],
    ["names that are too few", { assets: ["A", "B"] }, /^assets must be 1 names, one a column, got /],
    ["dates that are too few", { dates: ["2026-01-01"] }, "dates must be 3 moments, one a row, got 1"],
    [
      "dates that go back",
      { dates: ["2026-01-02", "2026-01-01", "2026-01-03"] },
      "dates must ascend: dates[1] is not after dates[0]",
    ],
    [
      "a date that is none",
      { dates: ["2026-01-02", "soon", "2026-01-03"] },
      'dates[1] must be an ISO date, a Date or epoch milliseconds, got "soon"',
    ],
  ];
  for (const [what, change, message] of refusals) {
    test(what, () => expect(() => backtest({ ...legal, ...change })).toThrow(message));
  }
});
