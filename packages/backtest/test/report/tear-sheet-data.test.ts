import { bits, expectClose, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { backtest, linearCost, type ReportedResult, tearSheetData } from "../../src/index.ts";
import { days, sampleResult } from "./sample-results.ts";

const YEAR = { periodsPerYear: 252 };

describe("the numbers of a tear sheet by hand", () => {
  // Held from row 2 on: +10 %, −50 %, +20 %, with 1 % paid for entry.
  const prices = [100, 100, 110, 55, 66];
  const weights = [Number.NaN, 1, 1, 1, 1];
  const result = backtest({ prices, weights, costs: [linearCost({ bps: 100 })], capital: 1000, ...YEAR });
  const data = tearSheetData(result);

  test("series begin with the row before the first bar", () => {
    expect(data.firstRow).toBe(1);
    expect(data.bars).toBe(3);
    expectClose(data.equity, [1000, 1090, 545, 654], rounding(8));
    expectClose(data.drawdown, [0, 0, -0.5, -0.4], rounding(8));
    expect(data.span).toEqual({ from: "row 1", to: "row 4" });
  });

  test("profit by source is summed from the start", () => {
    const sources = Object.fromEntries(data.profit.map(({ source, cumulative }) => [source, cumulative]));
    expect(Object.keys(sources)).toEqual(["price", "cost", "carry", "hedge", "cash"]);
    expectClose(sources.price!, [0, 100, -445, -336], rounding(8));
    expectClose(sources.cost!, [0, -10, -10, -10], rounding(8));
    expectClose(sources.carry!, [0, 0, 0, 0], bits);
  });

  test("turnover is annualised, bar by bar where the record is short", () => {
    expect(data.turnover.barsPerBlock).toBe(1);
    expectClose(data.turnover.annual, [252, 0, 0], bits);
    expectClose(data.turnover.mean, 84, rounding());
  });

  test("a drawdown is named by its rows", () => {
    expect(data.drawdowns).toHaveLength(1);
    expect(data.drawdowns[0]!.names).toEqual({ start: "row 2", trough: "row 3", recovery: null });
  });

  test("without dates a line is twelve blocks of bars", () => {
    const { by, barsPerCell, columns, rows } = data.returnGrid;
    expect([by, barsPerCell, columns.length]).toEqual(["block", 1, 12]);
    expect(rows.map(({ name }) => name)).toEqual(["2"]);
    expectClose(rows[0]!.cells.subarray(0, 3), [0.09, -0.5, 0.2], rounding(8));
    expect(rows[0]!.cells.subarray(3).every(Number.isNaN)).toBe(true);
    expectClose(rows[0]!.total, 654 / 1000 - 1, rounding(8));
  });

  test("a record too short for a window has no rolling Sharpe ratio, unless one is asked for", () => {
    expect(data.rollingSharpe).toBeNull();
    expect(tearSheetData(result, { rollingWindow: 2 }).rollingSharpe!.window).toBe(2);
  });

  test("the stamp is the result's", () => {
    expect(data.stamp).toEqual({ hash: result.hash, periodsPerYear: 252, lag: 1, lookAhead: false });
  });

  test("figures of first sight carry the errors of their laws", () => {
    const { summary } = result;
    const named = Object.fromEntries(data.headline.map((figure) => [figure.name, figure]));
    expect(named["Total return"]).toMatchObject({ value: summary.totalReturn, standardError: null });
    expect(named["Sharpe ratio"]).toMatchObject({
      value: summary.sharpe,
      standardError: summary.sharpeStandardError,
    });
    expectClose(
      named.CAGR!.standardError!,
      (1 + summary.cagr) * summary.volatility * Math.sqrt(252 / 3),
      rounding(4),
    );
  });
});

describe("trades", () => {
  const base = sampleResult(40, "trades");
  const trade = (value: number, bars: number, open = false) => ({ return: value, bars, open });
  const of = (...trades: ReportedResult["trades"]) => tearSheetData({ ...base, trades }).trades!;

  test("their shares and means are those of the list", () => {
    const figures = of(trade(0.02, 1), trade(0.04, 3), trade(-0.01, 9), trade(0, 2, true));
    expect(figures).toMatchObject({
      count: 4,
      open: 1,
      winRate: 0.5,
      meanLoss: -0.01,
      best: 0.04,
      worst: -0.01,
    });
    expectClose(figures.meanWin, 0.03, rounding());
    expect(figures.medianBars).toBe(2.5);
    expectClose(figures.barsHistogram.edges, [1, 2, 4, 8, 16], bits);
    expectClose(figures.barsHistogram.counts, [1, 2, 0, 1], bits);
  });

  test("no bin holds both wins and losses, and 0 is the edge between them", () => {
    const { edges, counts } = of(
      trade(-0.013, 1),
      trade(-1e-9, 1),
      trade(0, 1),
      trade(0.021, 1),
    ).returnHistogram;
    const zero = edges.indexOf(0);
    expect(zero).toBeGreaterThan(0);
    expect(counts.subarray(0, zero).reduce((sum, n) => sum + n, 0)).toBe(2);
  });

  test("a mean over no trade is NaN, and no trade at all is null", () => {
    expect(of(trade(-0.1, 1)).meanWin).toBeNaN();
    expect(tearSheetData({ ...base, trades: [] }).trades).toBeNull();
  });

  test("returns that are all 0, or all the same, still have bins", () => {
    for (const value of [0, 0.05, -0.05, 1e-12]) {
      const { counts, edges } = of(trade(value, 1), trade(value, 1)).returnHistogram;
      expect(edges.length).toBe(counts.length + 1);
      expect(counts.reduce((sum, n) => sum + n, 0)).toBe(2);
    }
  });
});

describe("moments", () => {
  test("days have dates, and shorter bars the time of day beside it", () => {
    const daily = { ...sampleResult(30, "moments"), dates: days(30) };
    expect(tearSheetData(daily).span).toEqual({ from: "2020-01-01", to: "2020-01-30" });
    const minutes = daily.dates.map((_, t) => Date.UTC(2024, 0, 5, 23, 50 + t));
    const intraday = { ...daily, dates: minutes, periodsPerYear: 98_280 };
    expect(tearSheetData(intraday).span).toEqual({ from: "2024-01-05 23:50", to: "2024-01-06 00:19" });
  });

  test("a few days of shorter bars are told by day, weeks beginning on Mondays", () => {
    const base = sampleResult(30, "moments");
    // From Saturday 23:50 to Monday.
    const dates = base.equity.map((_, t) => Date.UTC(2024, 0, 6, 23, 50) + t * 6_000_000);
    const { returnGrid } = tearSheetData({ ...base, dates, periodsPerYear: 98_280 });
    expect(returnGrid.by).toBe("day");
    expect(returnGrid.rows.map(({ name }) => name)).toEqual(["2024-01-01", "2024-01-08"]);
    expect(Number.isFinite(returnGrid.rows[0]!.cells[6]!)).toBe(true);
    expect(returnGrid.rows[0]!.cells[0]).toBeNaN();
  });

  test("days before 1970 fall into their weeks too", () => {
    const base = sampleResult(4, "before");
    const dates = base.equity.map((_, t) => Date.UTC(1969, 11, 29) + t * 86_400_000);
    const { rows } = tearSheetData({ ...base, dates, periodsPerYear: 98_280 }).returnGrid;
    expect(rows.map(({ name }) => name)).toEqual(["1969-12-29"]);
    expect(Array.from(rows[0]!.cells, Number.isNaN)).toEqual([true, false, false, false, true]);
  });

  test("events are named by moment and asset", () => {
    const base = { ...sampleResult(30, "events"), dates: days(30) };
    const events = [
      { row: 3, asset: 1, kind: "participation", reason: "half of it" },
      { row: 0, kind: "halt", reason: "before the record" },
    ];
    const named = tearSheetData({ ...base, events, assets: ["A", "B"] }).events;
    expect(named.map(({ moment, assetName }) => [moment, assetName])).toEqual([
      ["2020-01-04", "B"],
      ["2020-01-01", null],
    ]);
    expect(tearSheetData({ ...base, events }).events[0]!.assetName).toBe("column 1");
  });
});

describe("a ruin", () => {
  const result = backtest({ prices: [100, 110, 190, 200, 210], weights: [-2, -2, -2, -2, -2], ...YEAR });

  test("loses everything in what compounds, and what it lost in money", () => {
    const data = tearSheetData(result);
    expect(result.ruinRow).toBe(2);
    expect(data.ruin).toBe(2);
    expectClose(data.drawdown, [0, -0.2, -1, -1, -1], rounding(4));
    expect(data.equity.at(-1)).toBeLessThan(0);
    expectClose(data.returnGrid.rows[0]!.total, -1, rounding(4));
    expectClose(data.drawdowns[0]!.depth, -1, rounding(4));
  });
});

describe("a benchmark", () => {
  const result = sampleResult(60, "benchmark");

  test("that is the backtest itself has beta 1, no alpha, and its equity", () => {
    const { benchmark, equity } = tearSheetData(result, { benchmark: { returns: result.returns } });
    expectClose(benchmark!.equity, equity, rounding(4 * equity.length));
    expectClose(benchmark!.model.beta, 1, rounding(64));
    expectClose(benchmark!.model.alpha, 0, rounding(64));
    expect(benchmark!.name).toBe("benchmark");
  });

  test("needs a return for each row", () => {
    expect(() => tearSheetData(result, { benchmark: { returns: [0.1, 0.2] } })).toThrow(
      "benchmark.returns must have 60 entries, got 2",
    );
    expect(() =>
      tearSheetData(result, { benchmark: { returns: result.returns, nam: "x" } as never }),
    ).toThrow("unknown option 'nam'; did you mean 'name'?");
    expect(() => tearSheetData(result, { benchmark: 7 as never })).toThrow(
      "benchmark must be { name, returns }, got 7",
    );
    expect(() => tearSheetData(result, { benchmark: { returns: result.returns, name: 7 as never } })).toThrow(
      "benchmark.name must be a text, got 7",
    );
    const gap = result.returns.with(7, Number.NaN);
    expect(() => tearSheetData(result, { benchmark: { returns: gap } })).toThrow(/finite/);
  });
});

describe("misuse is named", () => {
  const result = sampleResult(30, "misuse");
  const refused = (change: object) => () => tearSheetData({ ...result, ...change } as ReportedResult);

  test("of the result", () => {
    for (const nothing of [undefined, null, 7, "x", {}, []]) {
      expect(() => tearSheetData(nothing as never)).toThrow(/^result must be that of a backtest, got /);
    }
    expect(refused({ equity: new Float64Array(1) })).toThrow(
      "result.equity must have at least 2 entries, got 1",
    );
    expect(refused({ returns: new Float64Array(29) })).toThrow("result.returns must have 30 entries, got 29");
    expect(refused({ turnover: undefined })).toThrow(
      "result.turnover must be a vector of numbers, got undefined",
    );
    expect(refused({ exposure: { gross: result.equity, net: [1] } })).toThrow(
      "result.exposure.net must have 30 entries, got 1",
    );
    expect(refused({ pnl: { ...result.pnl, carry: [0] } })).toThrow(
      "result.pnl.carry must have 30 entries, got 1",
    );
    expect(refused({ dates: days(31) })).toThrow("result.dates must have 30 entries, got 31");
    expect(refused({ firstBar: 0 })).toThrow("result.firstBar must be an integer ≥ 1 and ≤ 29, got 0");
    expect(refused({ periodsPerYear: -1 })).toThrow(
      "result.periodsPerYear must be positive and finite, got -1",
    );
    expect(refused({ dates: days(30).reverse() })).toThrow(/dates\[1\] must be after the date before it/);
  });

  test("of the options", () => {
    expect(() => tearSheetData(result, { drawdown: 3 } as never)).toThrow(
      "unknown option 'drawdown'; did you mean 'drawdowns'?",
    );
    expect(() => tearSheetData(result, { drawdowns: 0 })).toThrow("drawdowns must be an integer ≥ 1, got 0");
    expect(() => tearSheetData(result, { rollingWindow: 30 })).toThrow(
      "rollingWindow must be an integer ≥ 2 and ≤ 29, got 30",
    );
  });
});
