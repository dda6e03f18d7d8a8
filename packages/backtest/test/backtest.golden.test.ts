import { Matrix, readCsvPanel, simpleReturns } from "@astra-quant/core-linalg";
import { performanceSummary } from "@astra-quant/risk";
import { describeGolden, describeRealData, expectClose, fixture, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { backtest, linearCost } from "../src/index.ts";

const truth = fixture(import.meta.url, "backtest.json");

/** NaN for JSON's null. */
function table(rows: readonly (readonly (number | null)[])[]): number[][] {
  return rows.map((row) => row.map((value) => value ?? Number.NaN));
}

describe("the backtest against pandas", () => {
  for (const name of ["momentum", "ragged"]) {
    const wanted = truth[name];
    const result = backtest({
      prices: table(wanted.prices),
      weights: table(wanted.weights),
      lag: wanted.lag,
      costs: [linearCost({ bps: wanted.bps })],
      capital: wanted.capital,
      periodsPerYear: 252,
    });
    const compounding = rounding(wanted.prices.length);

    test(`${name}: equity, returns, P&L and turnover agree at every row`, () => {
      expectClose(result.equity, wanted.equity, compounding);
      expectClose(result.returns.slice(1), wanted.returns, compounding);
      expectClose(result.pnl.price, wanted.price, compounding);
      expectClose(result.pnl.cost, wanted.cost, compounding);
      expectClose(result.turnover, wanted.turnover, compounding);
    });

    test(`${name}: Sharpe, trades and bars in position agree`, () => {
      expectClose(result.summary.sharpe, wanted.sharpe, compounding);
      expect(result.firstBar).toBe(wanted.firstBar);
      expect(result.trades.length).toBe(wanted.trades);
      expect(result.barsInPosition).toBe(wanted.barsInPosition);
    });
  }
});

/** Sign of the sum of the last 20 returns, a sixth each; NaN until there are 20. */
function momentumSign(prices: Matrix): Matrix {
  const returns = simpleReturns(prices, { firstRow: "nan" });
  const weights = new Matrix(prices.rows, prices.columns);
  for (let t = 0; t < prices.rows; t++) {
    for (let j = 0; j < prices.columns; j++) {
      let sum = t < 20 ? Number.NaN : 0;
      for (let k = 0; k < 20 && t >= 20; k++) sum += returns.get(t - k, j);
      weights.set(t, j, Math.sign(sum) / 6);
    }
  }
  return weights;
}

describeRealData(["prices_daily.csv"], ([text]) => {
  describeGolden("metrics.json", ({ backtest_momentum_sign: golden }, tolerance) => {
    const panel = readCsvPanel(text!);
    const columns = golden.tickers.map((ticker: string) => panel.column(ticker));
    const prices = new Matrix(panel.rows, columns.length);
    columns.forEach((column: Float64Array, j: number) => {
      for (let t = 0; t < panel.rows; t++) prices.set(t, j, column[t]!);
    });
    const spec = { prices, weights: momentumSign(prices), periodsPerYear: 252 };
    const net = backtest({ ...spec, costs: [linearCost({ bps: 5 })] });
    const gross = backtest(spec);

    test("total returns before and after costs", () => {
      expect(net.summary.observations).toBe(golden.n);
      expectClose(gross.summary.totalReturn, golden.gross_total, tolerance);
      expectClose(net.summary.totalReturn, golden.net_total, tolerance);
      expectClose(net.equity.at(-1)! - 1, golden.net_total, tolerance);
    });

    test("Sharpe ratios before and after costs", () => {
      expectClose(gross.summary.sharpe, golden.gross_sharpe, tolerance);
      expectClose(net.summary.sharpe, golden.net_sharpe, tolerance);
      const record = performanceSummary(net.returns.slice(net.firstBar), { periodsPerYear: 252 });
      expect(net.summary).toEqual(record);
    });

    test("turnover", () => {
      expectClose(
        net.turnover.reduce((sum, value) => sum + value, 0),
        golden.turnover_sum,
        tolerance,
      );
    });

    test("sampled net returns", () => {
      const sampled = golden.sample_rows.map((row: number) => net.returns[net.firstBar + row]!);
      expectClose(sampled, golden.sample_net, tolerance);
    });

    test("what look-ahead is worth: 52 668 % instead of 41 %", () => {
      const cheat = backtest({ ...spec, lag: 0, allowLookAhead: true });
      expectClose(cheat.summary.totalReturn, golden.lookahead_total_without_lag, tolerance);
      expect(cheat.lookAhead).toBe(true);
    });
  });
});
