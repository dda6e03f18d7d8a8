import { forwardFill, mean, readCsvPanel, simpleReturns } from "@astra-quant/core-linalg";
import {
  describeGolden,
  describeRealData,
  expectClose,
  fixture,
  solver,
  type Tolerance,
} from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  calmarRatio,
  drawdownSeries,
  historicalVar,
  informationRatio,
  maxDrawdown,
  type PerformanceSummary,
  performanceSummary,
  rollingSharpe,
  sharpeRatio,
  sortinoRatio,
  winRate,
} from "../../src/index.ts";

// biome-ignore lint/suspicious/noExplicitAny: a fixture has a shape of its own
type Json = any;
const periodsPerYear = 252;

/** The figures that do not depend on a rate or a benchmark. */
function expectOwnFigures(returns: readonly number[], wanted: Json, tolerance: Tolerance): void {
  const got = performanceSummary(returns, { periodsPerYear });
  const pairs: [number, number][] = [
    [got.observations, wanted.n],
    [got.totalReturn, wanted.total_return],
    [got.cagr, wanted.cagr_252],
    [got.meanReturn, wanted.mean_annual_arithmetic],
    [got.volatility, wanted.vol_annual_ddof1],
    [got.sharpe, wanted.sharpe_rf0_ddof1],
    [got.sortino, wanted.sortino_rms_all_obs_mar0],
    [got.calmar, wanted.calmar_cagr],
    [got.maxDrawdown, wanted.max_drawdown],
    [got.longestUnderwater, wanted.longest_underwater_days],
    [got.winRate, wanted.win_rate_all_days],
    [got.profitFactor, wanted.profit_factor],
    [got.recoveryFactor, wanted.recovery_factor_total_over_mdd],
    [got.averageWin, wanted.average_win],
    [got.averageLoss, wanted.average_loss],
    [got.downsideDeviation, wanted.downside_deviation_annual_mar0],
    [got.kurtosis, wanted.kurtosis_excess_biased],
    [
      sharpeRatio(returns, { periodsPerYear, ddof: 0 }).annualized,
      wanted.mean_annual_arithmetic / wanted.vol_annual_ddof0,
    ],
    [
      sortinoRatio(returns, { periodsPerYear, downside: "negative-periods" }).annualized,
      wanted.sortino_std_of_negative_returns_ddof1,
    ],
    [sortinoRatio(returns, { periodsPerYear }).downsideDeviation, wanted.downside_deviation_annual_mar0],
    [calmarRatio(returns, { periodsPerYear, growth: "arithmetic" }), wanted.calmar_arithmetic],
    [winRate(returns, { over: "non-zero-periods" }), wanted.win_rate_nonzero_days],
  ];
  for (const [actual, expected] of pairs) expectClose(actual, expected, tolerance);
  expectClose(got.skewness, wanted.skew_biased, tolerance, 1); // that of a symmetric series is rounding
  const { peak, trough, recovery } = maxDrawdown(returns);
  expect([peak, trough, recovery]).toEqual([
    wanted.mdd_peak_index_in_equity,
    wanted.mdd_trough_index_in_equity,
    wanted.mdd_recovery_index_in_equity,
  ]);
  if (wanted.n < 20) return; // no twentieth of it is a return
  const tail = historicalVar(returns, { confidence: 0.95, shortfall: "tail-mean" });
  expectClose(
    [tail.valueAtRisk, tail.expectedShortfall],
    [-wanted.var95_historical, -wanted.cvar95_historical],
    tolerance,
  );
}

function expectAgainstBenchmark(got: PerformanceSummary, wanted: Json, tolerance: Tolerance): void {
  expectClose(got.informationRatio!, wanted.information_ratio_ddof1, tolerance);
  expectClose(got.trackingError!, wanted.tracking_error_annual, tolerance);
  expectClose(got.beta!, wanted.beta, tolerance);
  expectClose(got.alpha!, wanted.alpha_annual_regression_rf0, tolerance, 1);
  expectClose(got.correlation!, wanted.correlation, tolerance);
}

describeGolden("metrics.json", (truth, tolerance) => {
  const tiny = truth.tiny_series;

  test("the eight-point series: every figure, equity and drawdown by hand", () => {
    expectOwnFigures(tiny.returns, tiny.metrics, tolerance);
    const { benchmark } = tiny;
    expectAgainstBenchmark(
      performanceSummary(tiny.returns, { periodsPerYear, benchmark }),
      tiny.metrics,
      tolerance,
    );
    expectClose(drawdownSeries(tiny.returns), tiny.drawdown, tolerance);
  });

  describeRealData(["prices_daily.csv", "tbill_3m.csv"], ([pricesText, billsText]) => {
    const names = truth.series.match(/of ([A-Z,]+):/)[1].split(",") as string[];
    const prices = readCsvPanel(pricesText!);
    const returns = simpleReturns(prices.select(names))
      .values.toRows()
      .map((row) => mean(row));
    const benchmark = simpleReturns(prices.column("SPY"));
    const bills = forwardFill(readCsvPanel(billsText!));
    const rateOn = new Map(Array.from(bills.index, (day, t) => [day, bills.values.get(t, 0)]));
    const riskFree = Array.from(prices.index.slice(1), (day) => rateOn.get(day)! / 100 / periodsPerYear);

    test("the equal-weight series is the golden one", () => {
      const { rows, values } = truth.returns_sampled;
      expectClose(
        rows.map((t: number) => returns[t]!),
        values,
        tolerance,
      );
    });

    test("its figures, with their rivals under options of their own", () => {
      expectOwnFigures(returns, truth.metrics, tolerance);
    });

    test("the benchmark's figures", () => {
      expectOwnFigures(Array.from(benchmark), truth.benchmark_alone, tolerance);
    });

    test("the rolling Sharpe ratio of a year", () => {
      const { rows, values } = truth.rolling_sharpe_252;
      const rolling = rollingSharpe(returns, 252, { periodsPerYear });
      expectClose(
        rows.map((t: number) => rolling[t]!),
        values,
        tolerance,
      );
    });

    test("over Treasury bills, and against the benchmark", () => {
      const excess = performanceSummary(returns, { periodsPerYear, riskFree });
      expectClose(excess.sharpe, truth.metrics.sharpe_excess_tbill_ddof1, tolerance);
      expectClose(excess.sortino, truth.metrics.sortino_excess_rms_all_obs, tolerance);
      const population = sharpeRatio(returns, { periodsPerYear, riskFree, ddof: 0 });
      expectClose(population.annualized, truth.metrics.sharpe_excess_tbill_ddof0, tolerance);
      expectAgainstBenchmark(
        performanceSummary(returns, { periodsPerYear, benchmark }),
        truth.metrics,
        tolerance,
      );
    });

    test("the drawdown, day by day", () => {
      const { rows_in_equity_with_leading_1, values } = truth.drawdown_sampled;
      const drawdown = drawdownSeries(returns);
      expectClose(
        rows_in_equity_with_leading_1.map((t: number) => drawdown[t]!),
        values,
        tolerance,
      );
    });
  });
});

describe("numpy, scipy and statsmodels on the project's own data", () => {
  const truth: Json = fixture(import.meta.url, "performance.json");
  const { returns, benchmark } = truth;
  const riskFree = truth.annualRate.map((rate: number) => rate / periodsPerYear);
  const close = solver(1e-12);

  test.each([
    ["without a rate", 0, truth.plain],
    ["over a rate that changes daily", riskFree, truth.excess],
  ])("%s", (_, rate, wanted) => {
    const got = performanceSummary(returns, { periodsPerYear, riskFree: rate, benchmark });
    expect(Object.keys(got)).toEqual(Object.keys(wanted.summary));
    for (const [figure, value] of Object.entries<number>(wanted.summary)) {
      expectClose(got[figure as keyof PerformanceSummary]!, value, close);
    }
  });

  test("the rivals of Sortino and Calmar, and the drawdown day by day", () => {
    const negative = sortinoRatio(returns, { periodsPerYear, downside: "negative-periods" });
    expectClose(negative.annualized, truth.rival.sortinoOfNegativePeriods, close);
    const arithmetic = calmarRatio(returns, { periodsPerYear, growth: "arithmetic" });
    expectClose(arithmetic, truth.rival.calmarArithmetic, close);
    expectClose(drawdownSeries(returns), truth.drawdown, close);
    const active = informationRatio(returns, { benchmark, periodsPerYear });
    expectClose(active.trackingError, truth.plain.summary.trackingError, close);
  });

  test("empyrical's figures, where its definitions are these", () => {
    const got = performanceSummary(returns, { periodsPerYear, benchmark });
    for (const [figure, value] of Object.entries<number>(truth.empyrical)) {
      expectClose(got[figure as keyof PerformanceSummary]!, value, close);
    }
  });
});
