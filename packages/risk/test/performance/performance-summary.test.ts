import { expectClose, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  calmarRatio,
  drawdownSeries,
  informationRatio,
  maxDrawdown,
  performanceSummary,
  profitFactor,
  recoveryFactor,
  sharpeRatio,
  sortinoRatio,
  winRate,
} from "../../src/index.ts";
import { refusal } from "../refusal.ts";

const daily = { periodsPerYear: 252 };

describe("sharpeRatio", () => {
  test("is the mean over the sample deviation, annualised by the root of the periods", () => {
    // Mean 0.02, deviations ±0.01 and 0: variance 0.0001.
    const { perPeriod, annualized, observations } = sharpeRatio([0.01, 0.02, 0.03], { periodsPerYear: 4 });
    expectClose([perPeriod, annualized], [2, 4], rounding(8));
    expect(observations).toBe(3);
  });

  test("takes an annual rate in equal parts, or a rate a period, off the returns", () => {
    const r = [0.01, 0.02, 0.03];
    const annual = sharpeRatio(r, { periodsPerYear: 4, riskFree: 0.04 });
    expectClose(annual.perPeriod, 1, rounding(8));
    expect(sharpeRatio(r, { periodsPerYear: 4, riskFree: [0.01, 0.01, 0.01] })).toEqual(annual);
  });

  test("ddof 0 divides by the number of returns", () => {
    const { perPeriod } = sharpeRatio([0.01, 0.03], { periodsPerYear: 1, ddof: 0 });
    expectClose(perPeriod, 2, rounding(8));
  });

  test("its standard error is that of independent normal returns", () => {
    const { standardError } = sharpeRatio([0.01, 0.02, 0.03], { periodsPerYear: 4 });
    expectClose(standardError, Math.sqrt((1 + 2) / 3) * 2, rounding(8));
  });

  test("is NaN when the excess returns are constant, however they were rounded, and for a single return", () => {
    const rates = Array.from({ length: 50 }, (_, t) => t / 7000);
    const nan = { annualized: Number.NaN, perPeriod: Number.NaN, standardError: Number.NaN };
    expect(sharpeRatio(new Float64Array(10).fill(0.1), daily)).toMatchObject(nan);
    expect(sharpeRatio([0, 0, 0], daily)).toMatchObject(nan);
    expect(
      sharpeRatio(
        rates.map((r) => r + 0.001),
        { ...daily, riskFree: rates },
      ),
    ).toMatchObject(nan);
    expect(sharpeRatio([0.1], daily)).toMatchObject(nan);
  });
});

describe("sortinoRatio", () => {
  test("divides by the root mean square shortfall over all periods", () => {
    const r = [0.05, -0.03, 0.06, -0.04];
    const { perPeriod, downsideDeviation } = sortinoRatio(r, { periodsPerYear: 4 });
    expectClose([perPeriod, downsideDeviation], [0.01 / 0.025, 0.05], rounding(8));
  });

  test("or by the deviation of the negative returns among themselves", () => {
    const options = { periodsPerYear: 1, downside: "negative-periods" } as const;
    expectClose(
      sortinoRatio([0.05, -0.03, 0.06, -0.04], options).perPeriod,
      0.01 / Math.sqrt(0.00005),
      rounding(8),
    );
  });

  test("is NaN when no return falls short", () => {
    expect(sortinoRatio([0.01, 0.02], daily).annualized).toBeNaN();
  });
});

describe("drawdowns", () => {
  const returns = [0.1, -0.5, 1, 0.25, -0.2, 0.05];
  // Equity 1, 1.1, 0.55, 1.1, 1.375, 1.1, 1.155.

  test("measure the distance below the highest equity so far, the starting 1 included", () => {
    expectClose(drawdownSeries(returns), [0, 0, -0.5, 0, 0, -0.2, -0.16], rounding(8));
    expectClose(drawdownSeries([-0.1, 0.05]), [0, -0.1, -0.055], rounding(8));
  });

  test("the deepest one says where it began, bottomed and ended", () => {
    const { depth, ...where } = maxDrawdown(returns);
    expectClose(depth, -0.5, rounding());
    expect(where).toEqual({ peak: 1, trough: 2, recovery: 3, longestUnderwater: 2 });
  });

  test("one that has not ended has no recovery", () => {
    expect(maxDrawdown([0.1, -0.2, 0.05])).toMatchObject({ peak: 1, trough: 2, recovery: null });
  });

  test("a series that only rises has none", () => {
    expect(maxDrawdown([0.1, 0, 0.2])).toEqual({
      depth: 0,
      peak: 0,
      trough: 0,
      recovery: 0,
      longestUnderwater: 0,
    });
  });

  test("is measured where the equity itself is beyond the doubles", () => {
    const grown = [...new Float64Array(2000).fill(1), -0.5, 0.5];
    expect(maxDrawdown(grown)).toEqual({
      depth: -0.5,
      peak: 2000,
      trough: 2001,
      recovery: null,
      longestUnderwater: 2,
    });
  });

  test("the series is written into out", () => {
    const out = new Float64Array(3);
    expect(drawdownSeries([0.1, -0.1], { out })).toBe(out);
    expect(refusal(() => drawdownSeries([0.1], { out }))).toBe(
      "shape: out must be a Float64Array of 2 entries, got Float64Array(3)",
    );
  });
});

describe("ratios to the drawdown", () => {
  const returns = [0.21, -0.1, 0.21]; // equity 1.21, 1.089, 1.31769

  test("Calmar divides a year's compound growth by it, or a year's mean return", () => {
    expectClose(calmarRatio(returns, { periodsPerYear: 6 }), (1.31769 ** 2 - 1) / 0.1, rounding(16));
    const arithmetic = calmarRatio(returns, { periodsPerYear: 6, growth: "arithmetic" });
    expectClose(arithmetic, 0.64 / 0.1, rounding(16));
  });

  test("the recovery factor divides the total return by it", () => {
    expectClose(recoveryFactor(returns), 3.1769, rounding(16));
  });

  test("both are NaN without a drawdown", () => {
    expect(calmarRatio([0.1], daily)).toBeNaN();
    expect(recoveryFactor([0.1])).toBeNaN();
  });
});

describe("wins and losses", () => {
  const returns = [0.03, 0, -0.01, 0.01, 0, -0.01];

  test("a zero return is no win; it can be left out of the count", () => {
    expectClose(winRate(returns), 1 / 3, rounding());
    expect(winRate(returns, { over: "non-zero-periods" })).toBe(0.5);
    expect(winRate([0, 0], { over: "non-zero-periods" })).toBeNaN();
  });

  test("the profit factor is gains over losses, NaN without a loss", () => {
    expectClose(profitFactor(returns), 2, rounding(4));
    expect(profitFactor([0.1, 0])).toBeNaN();
    expect(profitFactor([-0.1])).toBe(0);
  });
});

describe("informationRatio", () => {
  test("is the Sharpe ratio of the return over the benchmark's", () => {
    const benchmark = [0.01, -0.02, 0.005];
    const returns = benchmark.map((b, t) => b + (t + 1) / 100);
    const got = informationRatio(returns, { benchmark, periodsPerYear: 4 });
    expectClose([got.perPeriod, got.annualized, got.trackingError], [2, 4, 0.02], rounding(16));
    expect(got.observations).toBe(3);
  });

  test("is NaN for the benchmark itself, and for a constant lead over it", () => {
    const benchmark = [0.01, -0.02, 0.005];
    expect(informationRatio(benchmark, { benchmark, ...daily }).annualized).toBeNaN();
    const leading = benchmark.map((b) => b + 0.001);
    expect(informationRatio(leading, { benchmark, ...daily }).annualized).toBeNaN();
  });
});

describe("performanceSummary", () => {
  const returns = [0.01, -0.02, 0.015, 0, 0.03];

  test("holds what the single functions say", () => {
    const summary = performanceSummary(returns, { periodsPerYear: 252, riskFree: 0.02 });
    const rate = { periodsPerYear: 252, riskFree: 0.02 };
    expect(summary).toMatchObject({
      observations: 5,
      sharpe: sharpeRatio(returns, rate).annualized,
      sharpeStandardError: sharpeRatio(returns, rate).standardError,
      sortino: sortinoRatio(returns, rate).annualized,
      calmar: calmarRatio(returns, daily),
      maxDrawdown: maxDrawdown(returns).depth,
      longestUnderwater: 3,
      winRate: winRate(returns),
      profitFactor: profitFactor(returns),
      recoveryFactor: recoveryFactor(returns),
    });
  });

  test("speaks of a benchmark only when there is one", () => {
    expect("beta" in performanceSummary(returns, daily)).toBe(false);
    const benchmark = returns.map((r) => r / 2);
    const { beta, alpha, correlation } = performanceSummary(returns, { ...daily, benchmark });
    expectClose([beta!, correlation!], [2, 1], rounding(16));
    expectClose(alpha!, 0, rounding(16), 1);
  });

  test("a book that never moves has no risk figures, and no infinities", () => {
    const {
      totalReturn,
      cagr,
      volatility,
      maxDrawdown: depth,
      ...rest
    } = performanceSummary([0, 0, 0], {
      ...daily,
      benchmark: [0, 0, 0],
    });
    expect([totalReturn, cagr, volatility, depth]).toEqual([0, 0, 0, 0]);
    for (const field of ["sharpe", "sortino", "calmar", "profitFactor", "recoveryFactor", "beta"] as const) {
      expect(rest[field]).toBeNaN();
    }
  });

  test.each([
    [[], daily, "shape: returns must have at least one entry, got 0"],
    [[0.1, Number.NaN], daily, "not-finite: returns[1] must be finite, got NaN"],
    [[0.1, -1], daily, "range: returns[1] must be greater than -1 to be compounded, got -1"],
    [[0.1], {}, "range: periodsPerYear must be positive and finite, got undefined"],
    [[0.1], { periodsPerYear: -252 }, "range: periodsPerYear must be positive and finite, got -252"],
    [[0.1], { ...daily, riskFree: [0.1, 0.1] }, "shape: riskFree must have 1 entries, got 2"],
    [[0.1], { ...daily, riskFree: Number.NaN }, "not-finite: riskFree must be a finite number, got NaN"],
    [[0.1], { ...daily, riskFree: "3%" }, 'range: riskFree must be a finite number, got "3%"'],
    [[0.1], { ...daily, benchmark: [0.1, 0.2] }, "shape: benchmark must have 1 entries, got 2"],
    [
      [0.1],
      { ...daily, rf: 0 },
      "option: unknown option 'rf'; known options: periodsPerYear, riskFree, benchmark",
    ],
  ])("refuses case %#", (input, options, message) => {
    expect(refusal(() => performanceSummary(input, options as never))).toBe(message);
  });
});

describe("the single functions refuse", () => {
  test.each([
    [() => sharpeRatio([], daily), "shape: returns must have at least one entry, got 0"],
    [
      () => sharpeRatio([0.1], { ...daily, ddoff: 1 } as never),
      "option: unknown option 'ddoff'; did you mean 'ddof'?",
    ],
    [() => sharpeRatio([0.1], { ...daily, ddof: -1 }), "range: ddof must be an integer ≥ 0, got -1"],
    [
      () => sortinoRatio([0.1], { ...daily, downside: "all" as never }),
      `option: downside must be one of 'all-periods', 'negative-periods', got "all"; did you mean 'all-periods'?`,
    ],
    [
      () => calmarRatio([0.1], { ...daily, growth: "log" as never }),
      `option: growth must be one of 'compound', 'arithmetic', got "log"`,
    ],
    [
      () => calmarRatio([-1.5], daily),
      "range: returns[0] must be greater than -1 to be compounded, got -1.5",
    ],
    [() => recoveryFactor([-1]), "range: returns[0] must be greater than -1 to be compounded, got -1"],
    [() => maxDrawdown([Number.NaN]), "not-finite: returns[0] must be finite, got NaN"],
    [
      () => winRate([0.1], { over: "days" as never }),
      `option: over must be one of 'all-periods', 'non-zero-periods', got "days"`,
    ],
    [
      () => winRate([0.1], { over: null as never }),
      "option: over must be one of 'all-periods', 'non-zero-periods', got null",
    ],
    [() => sharpeRatio([0.1], undefined as never), "option: options must be an object, got undefined"],
    [() => sortinoRatio([0.1], undefined as never), "option: options must be an object, got undefined"],
    [() => calmarRatio([0.1], undefined as never), "option: options must be an object, got undefined"],
    [() => informationRatio([0.1], undefined as never), "option: options must be an object, got undefined"],
    [() => performanceSummary([0.1], undefined as never), "option: options must be an object, got undefined"],
    [() => profitFactor([Number.POSITIVE_INFINITY]), "not-finite: returns[0] must be finite, got Infinity"],
    [
      () => informationRatio([0.1], { ...daily } as never),
      "shape: benchmark must be a vector of numbers, got undefined",
    ],
  ])("case %#", (call, message) => {
    expect(refusal(call)).toBe(message);
  });
});
