import { describeGolden, expectClose, fixture, printed, solver } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  adjustedSharpeRatio,
  autocorrelationAdjustedSharpe,
  burkeRatio,
  captureRatios,
  deflatedSharpeRatio,
  downsideDeviation,
  drawdownTable,
  kappaRatio,
  marketModel,
  martinRatio,
  minimumTrackRecordLength,
  modiglianiMeasure,
  omegaRatio,
  painIndex,
  painRatio,
  probabilisticSharpeRatio,
  profitFactor,
  returnTable,
  rewardToTailLoss,
  rollingMaxDrawdown,
  rollingSharpe,
  rollingSortino,
  rollingVolatility,
  sharpeRatio,
  sterlingRatio,
  tailRatio,
  treynorRatio,
  upsidePotentialRatio,
} from "../../src/index.ts";

// biome-ignore lint/suspicious/noExplicitAny: a fixture has a shape of its own
type Json = any;
const close = solver(1e-12);
const daily = { periodsPerYear: 252 };
const truth: Json = fixture(import.meta.url, "performance.json");
const { returns, benchmark } = truth;
const rates = truth.annualRate.map((rate: number) => rate / 252);

describe.each([
  ["without a rate", 0, truth.plain],
  ["over a rate that changes daily", rates, truth.excess],
])("numpy, scipy, statsmodels and empyrical %s", (_, riskFree, wanted: Json) => {
  const over = { ...daily, riskFree };

  test("partial moments about a target", () => {
    const { target } = wanted;
    expectClose(downsideDeviation(returns, { target }), wanted.downsideDeviation, close);
    expectClose(omegaRatio(returns, { target }), wanted.omega, close);
    expectClose(upsidePotentialRatio(returns, { target }), wanted.upsidePotential, close);
    for (const [order, value] of Object.entries<number>(wanted.kappa)) {
      expectClose(kappaRatio(returns, { target, order: Number(order) }), value, close);
    }
  });

  test("tails", () => {
    expectClose(tailRatio(returns), wanted.tail.empyrical, close);
    expectClose(tailRatio(returns, { tail: 0.1 }), wanted.tail.tenPercent, close);
    expectClose(rewardToTailLoss(returns, { ...over, measure: "value-at-risk" }), wanted.rewardToVar, close);
    expectClose(rewardToTailLoss(returns, over), wanted.rewardToShortfall, close);
  });

  test("ratios to drawdowns", () => {
    expectClose(martinRatio(returns, over), wanted.martin, close);
    expectClose(painRatio(returns, over), wanted.pain, close);
    expectClose(burkeRatio(returns, over), wanted.burke, close);
    expectClose(burkeRatio(returns, { ...over, modified: true }), wanted.burkeModified, close);
    expectClose(burkeRatio(returns, { ...over, drawdowns: "losing-runs" }), wanted.burkeOfRuns, close);
    expectClose(sterlingRatio(returns, over), wanted.sterling, close);
    expectClose(sterlingRatio(returns, { ...over, largest: 3, allowance: 0 }), wanted.sterlingOfThree, close);
  });

  test("standard errors of the Sharpe ratio: of any law, and under autocorrelation by the delta method", () => {
    const independent = sharpeRatio(returns, { ...over, errors: "independent" });
    expectClose(independent.standardError, wanted.independentError, close);
    for (const [lags, value] of Object.entries<number>(wanted.autocorrelatedError)) {
      const got = sharpeRatio(returns, { ...over, errors: "autocorrelated", lags: Number(lags) });
      expectClose(got.standardError, value, close);
    }
  });

  test("the annual ratio of returns with memory", () => {
    for (const [lags, value] of Object.entries<number>(wanted.aggregation)) {
      expectClose(
        autocorrelationAdjustedSharpe(returns, { ...over, lags: Number(lags) }).scale,
        value,
        close,
      );
    }
  });

  test("the ratio adjusted for tails, by compound growth", () => {
    const got = adjustedSharpeRatio(returns, { ...over, growth: "compound" });
    expectClose(got, wanted.adjustedSharpeCompound, close);
    expectClose(adjustedSharpeRatio(returns, over), wanted.summary.adjustedSharpe, close);
  });

  test("how sure a ratio is, how long that takes, and what choosing the best of several leaves of it", () => {
    const probability = probabilisticSharpeRatio(returns, { ...over, threshold: 0.5 });
    expectClose(probability, wanted.probabilisticSharpe, close);
    expectClose(minimumTrackRecordLength(returns, over), wanted.minimumTrackRecord, solver(1e-9));
    const deflated = deflatedSharpeRatio(returns, { ...over, trials: wanted.trials });
    expectClose(deflated.expectedMaximum, wanted.expectedMaximum, close);
    expectClose(deflated.probability, wanted.deflatedSharpe, close);
  });

  test("the line against the benchmark: statsmodels' OLS, and its Newey-West errors", () => {
    const plain = marketModel(returns, { ...over, benchmark });
    expectClose(
      [plain.alpha, plain.beta, plain.alphaStandardError, plain.betaStandardError],
      [
        wanted.summary.alpha,
        wanted.summary.beta,
        wanted.summary.alphaStandardError,
        wanted.summary.betaStandardError,
      ],
      close,
    );
    expectClose(plain.residualVolatility, wanted.residualVolatility, close);
    expectClose(plain.rSquared, wanted.rSquared, close);
    expectClose(plain.appraisalRatio, wanted.summary.alpha / wanted.residualVolatility, solver(1e-11));
    const robust = marketModel(returns, { ...over, benchmark, errors: "autocorrelated", lags: 5 });
    expectClose(robust.alphaStandardError, wanted.newey.alpha, close);
    expectClose(robust.betaStandardError, wanted.newey.beta, close);
    expectClose(treynorRatio(returns, { ...over, benchmark }), wanted.summary.treynor, close);
    expectClose(modiglianiMeasure(returns, { ...over, benchmark }), wanted.summary.modigliani, close);
    const compound = modiglianiMeasure(returns, { ...over, benchmark, growth: "compound" });
    expectClose(compound, wanted.modiglianiCompound, close);
  });

  test("capture of gains and losses: empyrical's annual growth, and plain means", () => {
    const yearly = captureRatios(returns, { benchmark, perPeriods: 252 });
    expectClose([yearly.up, yearly.down], [wanted.capture.up, wanted.capture.down], close);
    const means = captureRatios(returns, { benchmark, growth: "arithmetic" });
    expectClose([means.up, means.down], [wanted.capture.upMean, wanted.capture.downMean], close);
    expect([means.upPeriods, means.downPeriods]).toEqual(wanted.capture.periods);
    expectClose(means.ratio, wanted.capture.upMean / wanted.capture.downMean, close);
  });
});

describe("pandas", () => {
  test("the table of drawdowns, deepest first", () => {
    const got = drawdownTable(returns);
    expect(
      got.map(({ start, trough, recovery, periods, periodsDown }) => [
        start,
        trough,
        recovery,
        periods,
        periodsDown,
      ]),
    ).toEqual(truth.episodes.map((row: number[]) => row.slice(1)));
    expectClose(
      got.map(({ depth }) => depth),
      truth.episodes.map(([depth]: number[]) => depth),
      close,
    );
  });

  test("returns by calendar month and year", () => {
    const table = returnTable(returns, truth.dates);
    const cells = table.flatMap(({ year, months }) =>
      Array.from(months, (value, month) => [year, month + 1, value]).filter(
        ([, , value]) => !Number.isNaN(value),
      ),
    );
    expectClose(cells as number[][], truth.months, close, 1);
    expectClose(
      table.map(({ year, total }) => [year, total]),
      truth.years,
      close,
      1,
    );
  });

  test("rolling windows", () => {
    const { window, sharpe, sortino, volatility, maxDrawdown } = truth.rolling;
    const x = returns.slice(0, sharpe.length);
    expectClose(rollingSharpe(x, window, daily), sharpe, solver(1e-10));
    expectClose(rollingSortino(x, window, daily), sortino, solver(1e-10));
    expectClose(rollingVolatility(x, window, daily), volatility, solver(1e-10));
    expectClose(rollingMaxDrawdown(x, window), maxDrawdown, close);
  });
});

describeGolden("oracles.json", ({ bacon }) => {
  const [book, index] = [0, 1].map((column) => bacon.values.map((row: number[]) => row[column]! / 100));
  const compound = { periodsPerYear: 12, growth: "compound" } as const;
  const bacons = { ...compound, drawdowns: "losing-runs" } as const;

  test("Bacon's portfolio, to the decimals printed", () => {
    const { expected } = bacon;
    const target = 0.005;
    expectClose(downsideDeviation(book, { target }), expected["downsideDeviation_mar0.5pct"], printed(4));
    expectClose(burkeRatio(book, bacons), expected.burkeRatio, printed(2));
    expectClose(adjustedSharpeRatio(book, compound), expected.adjustedSharpe, printed(7));
  });

  test("and to those that PerformanceAnalytics prints beside its functions", () => {
    const target = 0.005;
    expectClose(burkeRatio(book, { ...bacons, modified: true }), 3.65, printed(2));
    expectClose(modiglianiMeasure(book, { ...compound, benchmark: index }), 0.10062, printed(5));
    expectClose(kappaRatio(book, { target, order: 2 }), 0.157, printed(3));
    expectClose(omegaRatio(book, { target }) - 1, 0.29, printed(2));
    expectClose(profitFactor(book), 1.78, printed(2));
    expectClose(painIndex(book), 0.04, printed(2));
  });
});

describeGolden("metrics.json", ({ tiny_series: tiny }, tolerance) => {
  test("Treynor of the eight-point series", () => {
    const got = treynorRatio(tiny.returns, { ...daily, benchmark: tiny.benchmark });
    expectClose(got, tiny.metrics.treynor_rf0, tolerance);
  });
});
