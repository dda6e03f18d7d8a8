import { normalCdf, studentTCdf } from "@astra-quant/core-linalg";
import { expectClose, rounding, solver } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  adjustedSharpeRatio,
  autocorrelationAdjustedSharpe,
  averageLoss,
  averageWin,
  burkeRatio,
  captureRatios,
  deflatedSharpeRatio,
  downsideDeviation,
  drawdownTable,
  gainToPainRatio,
  kappaRatio,
  marketModel,
  martinRatio,
  minimumTrackRecordLength,
  modiglianiMeasure,
  omegaRatio,
  painIndex,
  painRatio,
  payoffRatio,
  performanceSummary,
  probabilisticSharpeRatio,
  returnTable,
  rewardToTailLoss,
  sharpeRatio,
  sortinoRatio,
  sterlingRatio,
  tailRatio,
  treynorRatio,
  ulcerIndex,
  upsidePotentialRatio,
} from "../../src/index.ts";
import { refusal } from "../refusal.ts";

const daily = { periodsPerYear: 252 };

describe("figures about a target", () => {
  const returns = [0.05, -0.03, 0.06, -0.04]; // about 0.01: 0.04, −0.04, 0.05, −0.05

  test("the downside deviation counts every period, those above the target as zeros", () => {
    expectClose(downsideDeviation(returns), 0.025, rounding(4));
    expectClose(downsideDeviation(returns, { target: 0.01 }), Math.sqrt(0.0041 / 4), rounding(4));
    expect(downsideDeviation([0.01, 0.02])).toBe(0);
  });

  test("a target may change from period to period", () => {
    const target = [0.05, -0.03, 0.07, -0.04];
    expectClose(downsideDeviation(returns, { target }), 0.005, rounding(16));
  });

  test("omega is gains over shortfalls: 1 at the mean, the profit factor at 0", () => {
    expectClose(omegaRatio(returns, { target: 0.01 }), 1, rounding(16));
    expectClose(omegaRatio(returns), 0.11 / 0.07, rounding(4));
    expect(omegaRatio([0.01, 0.02])).toBeNaN();
  });

  test("kappa of order 1 is omega less 1, of order 2 the Sortino ratio of a period", () => {
    expectClose(kappaRatio(returns, { order: 1 }), omegaRatio(returns) - 1, rounding(16));
    expectClose(kappaRatio(returns, { order: 2 }), sortinoRatio(returns, daily).perPeriod, rounding(4));
    expectClose(
      kappaRatio([0.5, -0.5, 0.75, -0.5], { order: 3 }),
      0.0625 / (0.25 / 4) ** (1 / 3),
      rounding(8),
    );
  });

  test("the upside potential divides mean gains by the downside deviation", () => {
    expectClose(upsidePotentialRatio(returns), 0.11 / 4 / 0.025, rounding(8));
  });

  test("gain to pain is the sum of all returns over that of the losses", () => {
    expectClose(gainToPainRatio(returns), 0.04 / 0.07, rounding(8));
    expect(gainToPainRatio([0.1, 0])).toBeNaN();
    expect(gainToPainRatio([-0.1, -0.2])).toBe(-1);
  });

  test("average win, average loss and their payoff", () => {
    expectClose([averageWin(returns), averageLoss(returns)], [0.055, -0.035], rounding(4));
    expectClose(payoffRatio(returns), 0.055 / 0.035, rounding(8));
    expect([averageWin([-0.1]), averageLoss([0.1, 0]), payoffRatio([0.1])]).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ]);
  });

  test("the tail ratio is the good quantile over the bad one", () => {
    const grid = Array.from({ length: 21 }, (_, k) => (k - 8) / 100); // −0.08 … 0.12
    expectClose(tailRatio(grid), 0.11 / 0.07, rounding(8));
    expect(tailRatio([0, 0, 0])).toBeNaN();
  });
});

describe("figures of drawdowns", () => {
  const returns = [0.1, -0.5, 1, 0.25, -0.2, 0.05]; // drawdowns 0, −0.5, 0, 0, −0.2, −0.16
  const monthly = { periodsPerYear: 6, growth: "arithmetic" } as const; // a year's growth 0.7

  test("ulcer and pain are the root mean square and the mean of the distance below the high", () => {
    expectClose(ulcerIndex(returns), Math.sqrt((0.25 + 0.04 + 0.0256) / 6), rounding(8));
    expectClose(painIndex(returns), 0.86 / 6, rounding(8));
    expect([ulcerIndex([0.1]), painIndex([0.1, 0])]).toEqual([0, 0]);
  });

  test("Martin, pain, Burke and Sterling divide a year's growth over the rate by them", () => {
    const over = { ...monthly, riskFree: 0.1 };
    expectClose(martinRatio(returns, over), 0.6 / ulcerIndex(returns), rounding(16));
    expectClose(painRatio(returns, over), 0.6 / painIndex(returns), rounding(16));
    expectClose(burkeRatio(returns, over), 0.6 / Math.sqrt(0.29), rounding(16));
    expectClose(
      burkeRatio(returns, { ...over, modified: true }),
      (0.6 / Math.sqrt(0.29)) * Math.sqrt(6),
      rounding(16),
    );
    expectClose(sterlingRatio(returns, over), 0.6 / 0.6, rounding(16));
    expectClose(sterlingRatio(returns, { ...over, largest: 9, allowance: 0 }), 0.6 / 0.35, rounding(16));
  });

  test("a rate a period counts with its mean", () => {
    const rates = [0.01, 0.02, 0.03, 0.02, 0.01, 0.03]; // 0.12 a year
    expectClose(painRatio(returns, { ...monthly, riskFree: rates }), 0.58 / painIndex(returns), rounding(16));
  });

  test("Burke's losing runs are summed, not compounded", () => {
    const got = burkeRatio([-0.1, -0.1, 0.3, -0.2, 0.1], {
      ...monthly,
      periodsPerYear: 5,
      drawdowns: "losing-runs",
    });
    expect(got).toBeCloseTo(0, 12); // the year's growth is 0
    const risen = burkeRatio([-0.1, -0.1, 0.5, -0.2, 0.1], {
      ...monthly,
      periodsPerYear: 5,
      drawdowns: "losing-runs",
    });
    expectClose(risen, 0.2 / Math.sqrt(0.08), rounding(32));
  });

  test("all are NaN for a series that only rises, but for Sterling's allowance", () => {
    const rising = [0.1, 0.2];
    for (const ratio of [martinRatio, painRatio, burkeRatio]) expect(ratio(rising, monthly)).toBeNaN();
    expect(sterlingRatio(rising, { ...monthly, allowance: 0 })).toBeNaN();
    expectClose(sterlingRatio(rising, monthly), 0.9 / 0.1, rounding(16));
  });

  test("the table names start, trough and recovery, deepest first", () => {
    const [first, second, ...rest] = drawdownTable(returns);
    expect(rest).toEqual([]);
    expect(first).toMatchObject({ start: 1, trough: 2, recovery: 3, periods: 2, periodsDown: 1 });
    expect(second).toMatchObject({ start: 4, trough: 5, recovery: null, periods: 2, periodsDown: 1 });
    expectClose([first!.depth, second!.depth], [-0.5, -0.2], rounding(8));
    expect(drawdownTable(returns, { largest: 1 })).toEqual([first]);
    expect(drawdownTable([0.1, 0])).toEqual([]);
  });

  test("with dates it says when; the start of the sample has none", () => {
    const dates = ["2026-01-05", "2026-01-06", new Date("2026-01-07T00:00:00Z")];
    expect(drawdownTable([-0.1, 0.05, 0.2], { dates })[0]!.dates).toEqual({
      start: null,
      trough: "2026-01-05",
      recovery: "2026-01-07",
    });
    expect(drawdownTable([0.2, -0.1, 0.05], { dates })[0]!.dates).toEqual({
      start: "2026-01-05",
      trough: "2026-01-06",
      recovery: null,
    });
  });

  test("equally deep falls come in the order of time", () => {
    expect(drawdownTable([-0.5, 1, -0.5, 1]).map(({ start }) => start)).toEqual([0, 2]);
  });
});

describe("returnTable", () => {
  test("compounds by month and year, in UTC; a month without a return is NaN", () => {
    const dates = ["2024-12-30", "2024-12-31T23:59:59Z", "2025-01-02", Date.UTC(2025, 2, 3)];
    const [first, second] = returnTable([0.1, 0.1, -0.5, 1], dates);
    expect([first!.year, second!.year]).toEqual([2024, 2025]);
    expectClose([first!.months[11]!, first!.total], [0.21, 0.21], rounding(8));
    expect(first!.months.filter((m) => !Number.isNaN(m)).length).toBe(1);
    expectClose([second!.months[0]!, second!.months[2]!, second!.total], [-0.5, 1, 0], rounding(8), 1);
    expect(second!.months[1]).toBeNaN();
  });

  test.each([
    [["2024-01-01"], "shape: dates must hold a date for each of the 2 returns, got 1"],
    [["2024-01-01", "soon"], 'data: dates[1] must be an ISO date, a Date or epoch milliseconds, got "soon"'],
    [
      ["2024-01-02", "2024-01-02"],
      "data: dates[1] must be after the date before it, got 2024-01-02 after 2024-01-02",
    ],
    ["2024", 'shape: dates must hold a date for each of the 2 returns, got "2024"'],
    [[0, Number.NaN], "data: dates[1] must be an ISO date, a Date or epoch milliseconds, got NaN"],
  ])("refuses dates: case %#", (dates, message) => {
    expect(refusal(() => returnTable([0.1, 0.1], dates as never))).toBe(message);
  });
});

describe("the Sharpe ratio's standard error", () => {
  test("of symmetric returns at two values is smaller than the normal one: their kurtosis is −2", () => {
    const returns = Array.from({ length: 40 }, (_, t) => (t % 2 === 0 ? 0.03 : -0.01));
    const { perPeriod, standardError } = sharpeRatio(returns, { periodsPerYear: 4, errors: "independent" });
    expect(perPeriod).toBeGreaterThan(0.4);
    expectClose(standardError, 2 / Math.sqrt(40), rounding(16)); // 1 − 0 + 0 · SR²
  });

  test("grows where gains follow gains and shrinks where they alternate", () => {
    const trending = Array.from({ length: 200 }, (_, t) => (Math.floor(t / 10) % 2 === 0 ? 0.02 : -0.01));
    const alternating = Array.from({ length: 200 }, (_, t) => (t % 2 === 0 ? 0.02 : -0.01));
    const error = (returns: number[], errors: "independent" | "autocorrelated") =>
      sharpeRatio(returns, { ...daily, errors }).standardError;
    expect(error(trending, "autocorrelated")).toBeGreaterThan(1.5 * error(trending, "independent"));
    expect(error(alternating, "autocorrelated")).toBeLessThan(error(alternating, "independent"));
  });

  test("is NaN beside a ratio that is none", () => {
    for (const errors of ["normal", "independent", "autocorrelated"] as const) {
      expect(sharpeRatio([0.1, 0.1], { ...daily, errors }).standardError).toBeNaN();
    }
  });

  test("a year of returns without memory is their root; with an AR(1)'s memory the closed form", () => {
    // η(q)² = q² ÷ (q + 2 Σ (q − k) ρ^k), the sum in closed form.
    const q = 12;
    const n = 4000;
    const phi = 0.3;
    const returns: number[] = [0];
    let seed = 1;
    for (let t = 1; t < n; t++) {
      seed = (seed * 16807) % 2147483647;
      returns.push(phi * returns[t - 1]! + (seed / 2147483647 - 0.49));
    }
    const { scale } = autocorrelationAdjustedSharpe(returns, { periodsPerYear: q });
    const sum = (phi * (q - 1)) / (1 - phi) - (phi * phi * (1 - phi ** (q - 1))) / (1 - phi) ** 2;
    expect(Math.abs(scale - q / Math.sqrt(q + 2 * sum))).toBeLessThan(0.15);
    const without = autocorrelationAdjustedSharpe(returns, { periodsPerYear: q, lags: 0 });
    expectClose(without.scale, Math.sqrt(q), rounding(4));
    expectClose(without.annualized, sharpeRatio(returns, { periodsPerYear: q }).annualized, rounding(8));
  });
});

describe("adjustedSharpeRatio", () => {
  test("takes nothing from symmetric returns but what their kurtosis gives", () => {
    const returns = [0.03, -0.01, 0.03, -0.01];
    const ratio = sharpeRatio(returns, daily).annualized;
    expectClose(adjustedSharpeRatio(returns, daily), ratio * (1 + (2 / 24) * ratio * ratio), rounding(16));
  });
});

describe("how sure a Sharpe ratio is", () => {
  const record = { sharpe: 2.5, observations: 1250, skewness: -3, kurtosis: 7 };

  test("the probabilistic ratio is Φ of its lead over its standard error", () => {
    const ratio = 2.5 / Math.sqrt(252);
    const error = Math.sqrt((1 + 3 * ratio + (9 / 4) * ratio * ratio) / 1249);
    expectClose(
      probabilisticSharpeRatio(record, { ...daily, threshold: 1 }),
      normalCdf((ratio - 1 / Math.sqrt(252)) / error),
      rounding(16),
    );
    expectClose(
      probabilisticSharpeRatio({ sharpe: 1, observations: 50 }, { ...daily, threshold: 1 }),
      0.5,
      rounding(4),
    );
  });

  test("a record of the minimum length has the confidence asked", () => {
    const needed = minimumTrackRecordLength(record, { ...daily, threshold: 2, confidence: 0.99 });
    const ratio = 2.5 / Math.sqrt(252);
    const variance = 1 + 3 * ratio + (9 / 4) * ratio * ratio;
    const lead = 0.5 / Math.sqrt(252);
    expectClose(normalCdf((lead * Math.sqrt(needed - 1)) / Math.sqrt(variance)), 0.99, solver(1e-12));
    expect(minimumTrackRecordLength(record, { ...daily, threshold: 2.5 })).toBeNaN();
  });

  test("of a hundred trials the best is expected to look good, and a single one at nothing", () => {
    const trials = { count: 100, variance: 0.5 };
    const deflated = deflatedSharpeRatio(record, { ...daily, trials });
    // (1 − γ) Φ⁻¹(0.99) + γ Φ⁻¹(1 − 1 ÷ 100e), by mpmath.
    expectClose(deflated.expectedMaximum / Math.sqrt(0.5), 2.530_602_893_201_68, solver(1e-14));
    expect(deflated.probability).toBeLessThan(probabilisticSharpeRatio(record, daily));
    expect(deflated).toMatchObject({ trials: 100, sharpe: 2.5 });
    const one = deflatedSharpeRatio(record, { ...daily, trials: { count: 1, variance: 0.5 } });
    expect(one.expectedMaximum).toBe(0);
    expect(one.probability).toBe(probabilisticSharpeRatio(record, daily));
  });

  test("is NaN for returns that do not vary", () => {
    expect(probabilisticSharpeRatio([0.1, 0.1, 0.1], daily)).toBeNaN();
    expect(minimumTrackRecordLength([0.1, 0.1, 0.1], daily)).toBeNaN();
  });

  test.each([
    [() => probabilisticSharpeRatio([], daily), "shape: returns must have at least one entry, got 0"],
    [
      () => probabilisticSharpeRatio({ sharpe: 1, observations: 1 }, daily),
      "range: record.observations must be an integer ≥ 2, got 1",
    ],
    [
      () => probabilisticSharpeRatio({ sharpe: 1, observations: 9, skew: 0 } as never, daily),
      "option: unknown option 'skew'; known options: sharpe, observations, skewness, kurtosis",
    ],
    [
      () => probabilisticSharpeRatio(record, { ...daily, riskFree: 0 }),
      "option: riskFree is for returns; a track record's ratio is over it already",
    ],
    [
      () => minimumTrackRecordLength(record, { ...daily, confidence: 1 }),
      "range: confidence must be strictly between 0 and 1, got 1",
    ],
    [
      () => deflatedSharpeRatio(record, { ...daily, trials: [1] }),
      "range: the number of trials must be an integer ≥ 2, got 1",
    ],
    [
      () => deflatedSharpeRatio(record, { ...daily, trials: { count: 3, variance: -1 } }),
      "range: trials.variance must be non-negative and finite, got -1",
    ],
    [() => deflatedSharpeRatio(record, daily as never), "option: trials must be an object, got undefined"],
  ])("refuses case %#", (call, message) => {
    expect(refusal(call)).toBe(message);
  });
});

describe("figures against a benchmark", () => {
  const benchmark = [0.01, -0.02, 0.03, -0.01, 0];

  test("a book of half the benchmark has beta ½, no alpha and no residual", () => {
    const half = benchmark.map((b) => b / 2);
    const got = marketModel(half, { ...daily, benchmark });
    expectClose([got.beta, got.correlation, got.rSquared], [0.5, 1, 1], rounding(16));
    expectClose([got.alpha, got.betaStandardError, got.residualVolatility], [0, 0, 0], rounding(64), 1);
    expect(got.appraisalRatio).toBeNaN();
  });

  test("the errors of five points by hand", () => {
    const returns = [0.02, -0.02, 0.03, 0, 0.01];
    const got = marketModel(returns, { periodsPerYear: 1, benchmark });
    // x̄ = 0.002, Sxx = 0.00148; ȳ = 0.008, Sxy = 0.00142
    const beta = 0.001_42 / 0.001_48;
    const residuals = returns.map((y, t) => y - 0.008 - beta * (benchmark[t]! - 0.002));
    const s = Math.sqrt(residuals.reduce((sum, e) => sum + e * e, 0) / 3);
    expectClose([got.beta, got.alpha], [beta, 0.008 - beta * 0.002], rounding(32));
    expectClose(got.betaStandardError, s / Math.sqrt(0.001_48), rounding(32));
    expectClose(got.alphaStandardError, s * Math.sqrt(1 / 5 + 0.000_004 / 0.001_48), rounding(32));
    expect(studentTCdf(got.beta / got.betaStandardError, 3)).toBeGreaterThan(0.98);
  });

  test("two points leave no error to estimate, and a flat benchmark no line", () => {
    expect(marketModel([0.1, 0.2], { ...daily, benchmark: [0, 1] }).betaStandardError).toBeNaN();
    const flat = marketModel(benchmark, { ...daily, benchmark: [0, 0, 0, 0, 0] });
    expect([flat.beta, flat.alpha, flat.betaStandardError]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    expect(treynorRatio(benchmark, { ...daily, benchmark: [0, 0, 0, 0, 0] })).toBeNaN();
  });

  test("Treynor of a book that earns while short of its benchmark is negative", () => {
    const short = benchmark.map((b) => 0.01 - b);
    const got = treynorRatio(short, { periodsPerYear: 1, benchmark });
    expectClose(got, -0.008, rounding(16));
  });

  test("M² is the return at the benchmark's volatility", () => {
    const double = benchmark.map((b) => 2 * b);
    const got = modiglianiMeasure(double, { periodsPerYear: 10, benchmark });
    expectClose(got, 0.02, rounding(16));
    const over = modiglianiMeasure(double, { periodsPerYear: 10, benchmark, riskFree: 0.05 });
    expectClose(over, 0.05 + (0.04 - 0.05) / 2, rounding(16));
  });

  test("capture counts the periods in which the benchmark moved", () => {
    const returns = [0.02, -0.01, 0.03, -0.01, 0.5];
    const means = captureRatios(returns, { benchmark, growth: "arithmetic" });
    expectClose([means.up, means.down, means.ratio], [1.25, 2 / 3, 1.875], rounding(16));
    expect([means.upPeriods, means.downPeriods]).toEqual([2, 2]);
    const compound = captureRatios(returns, { benchmark, perPeriods: 2 });
    expectClose(compound.up, (1.02 * 1.03 - 1) / (1.01 * 1.03 - 1), rounding(32));
  });

  test("a side without periods is NaN; a book that gains when the benchmark falls captures less than nothing", () => {
    const { up, down, ratio } = captureRatios([0.1, 0.2], { benchmark: [0.1, 0.2] });
    expectClose(up, 1, rounding(4));
    expect([down, ratio]).toEqual([Number.NaN, Number.NaN]);
    expectClose(captureRatios([0.1], { benchmark: [-0.1], growth: "arithmetic" }).down, -1, rounding(4));
  });
});

describe("rewardToTailLoss", () => {
  test("divides the mean by the worst twentieth", () => {
    const returns = Array.from({ length: 20 }, (_, t) => (t - 4) / 100); // mean 0.055, worst −0.04
    expectClose(rewardToTailLoss(returns, { periodsPerYear: 4 }), (0.055 / 0.04) * 2, rounding(32));
    expect(
      rewardToTailLoss(
        returns.map((r) => r + 1),
        { periodsPerYear: 4 },
      ),
    ).toBeNaN();
  });
});

describe("huge, tiny and odd returns", () => {
  test("returns of 1e300 and of 1e-300 have their figures", () => {
    for (const unit of [1e-300, 1e100]) {
      const returns = [2 * unit, -unit, 3 * unit];
      expectClose(averageWin(returns) / unit, 2.5, rounding(8));
      expectClose(omegaRatio(returns), 5, rounding(8));
      expectClose(gainToPainRatio(returns), 4, rounding(8));
      expectClose(kappaRatio(returns, { order: 1 }), 4, rounding(8));
    }
  });

  test("−0 is 0, and one return has what one return can have", () => {
    expect(performanceSummary([-0], daily)).toMatchObject({ winRate: 0, totalReturn: 0, maxDrawdown: 0 });
    const one = performanceSummary([0.1], { ...daily, benchmark: [0.1] });
    expect(one.sharpe).toBeNaN();
    expect(one.probabilisticSharpe).toBeNaN();
    expect(one.beta).toBeNaN();
    expectClose(one.upCapture!, 1, rounding(4));
  });

  test("a benchmark changes none of the other figures", () => {
    const returns = [0.01, -0.02, 0.015, 0, 0.03];
    const alone = performanceSummary(returns, { ...daily, riskFree: 0.02 });
    const beside = performanceSummary(returns, {
      ...daily,
      riskFree: 0.02,
      benchmark: [0.1, 0, -0.1, 0, 0.2],
    });
    expect(beside).toMatchObject(alone);
  });
});

describe("refusals", () => {
  const r = [0.1, -0.1];
  test.each([
    [() => downsideDeviation(r, { target: [0] }), "shape: target must have 2 entries, got 1"],
    [
      () => downsideDeviation(r, { target: Number.NaN }),
      "not-finite: target must be a finite number, got NaN",
    ],
    [() => omegaRatio([]), "shape: returns must have at least one entry, got 0"],
    [
      () => omegaRatio(r, { threshold: 0 } as never),
      "option: unknown option 'threshold'; known options: target",
    ],
    [() => kappaRatio(r, { order: 0 }), "range: order must be positive and finite, got 0"],
    [() => tailRatio(r, { tail: 1 }), "range: tail must be strictly between 0 and 1, got 1"],
    [() => ulcerIndex([-1]), "range: returns[0] must be greater than -1 to be compounded, got -1"],
    [() => martinRatio(r, {} as never), "range: periodsPerYear must be positive and finite, got undefined"],
    [() => sterlingRatio(r, { ...daily, largest: 0 }), "range: largest must be an integer ≥ 1, got 0"],
    [
      () => sterlingRatio(r, { ...daily, allowance: -0.1 }),
      "range: allowance must be non-negative and finite, got -0.1",
    ],
    [
      () => burkeRatio(r, { ...daily, drawdowns: "runs" as never }),
      `option: drawdowns must be one of 'episodes', 'losing-runs', got "runs"`,
    ],
    [() => drawdownTable(r, { largest: 1.5 }), "range: largest must be an integer ≥ 1, got 1.5"],
    [
      () => sharpeRatio(r, { ...daily, lags: 1 }),
      "option: lags are for errors: 'autocorrelated', got errors: 'normal'",
    ],
    [
      () => sharpeRatio(r, { ...daily, errors: "autocorrelated", lags: 2 }),
      "range: lags must be an integer ≥ 0 and ≤ 1, got 2",
    ],
    [
      () => marketModel(r, { ...daily, benchmark: r, lags: 1 }),
      "option: lags are for errors: 'autocorrelated', got errors: 'independent'",
    ],
    [
      () => autocorrelationAdjustedSharpe(r, { periodsPerYear: 12.5 }),
      "range: periodsPerYear must be an integer ≥ 1, got 12.5",
    ],
    [() => captureRatios(r, { benchmark: [0.1] }), "shape: benchmark must have 2 entries, got 1"],
    [
      () => captureRatios(r, { benchmark: [0.1, -1] }),
      "range: benchmark[1] must be greater than -1 to be compounded, got -1",
    ],
    [
      () => modiglianiMeasure(r, { ...daily, benchmark: r, growth: "log" as never }),
      `option: growth must be one of 'compound', 'arithmetic', got "log"`,
    ],
    [
      () => rewardToTailLoss(r, { ...daily, measure: "var" as never }),
      `option: measure must be one of 'value-at-risk', 'expected-shortfall', got "var"`,
    ],
  ])("case %#", (call, message) => {
    expect(refusal(call)).toBe(message);
  });
});
