import { kurtosis, mean, skewness, type VectorLike, variance } from "@astra-quant/core-linalg";
import { requireKnownOptions, requirePositive } from "@astra-quant/core-linalg/guards";
import { requireCompoundableReturns, requireReturns } from "../returns.ts";
import { calmarRatio, recoveryFactor } from "./calmar-ratio.ts";
import { maxDrawdown } from "./drawdown.ts";
import { less, type RiskFree, riskFreePerPeriod } from "./excess-returns.ts";
import { compoundAnnualGrowthRate, finalEquity } from "./growth.ts";
import { informationRatio } from "./information-ratio.ts";
import { marketRegression } from "./market-regression.ts";
import { sharpeRatio } from "./sharpe-ratio.ts";
import { sortinoRatio } from "./sortino-ratio.ts";
import { profitFactor, winRate } from "./wins-and-losses.ts";

export interface PerformanceSummaryOptions {
  /** Returns in a year: 252 for trading days, 98 280 for minutes of 390-minute sessions. */
  readonly periodsPerYear: number;
  /** An annual rate (a fraction), or one rate a period; taken off before Sharpe, Sortino, beta and alpha. @defaultValue 0 */
  readonly riskFree?: RiskFree;
  /** The benchmark's return of each period: asks for the figures against it. */
  readonly benchmark?: VectorLike;
}

/** The figures against a benchmark. */
export interface BenchmarkFigures {
  /** Mean active return ÷ its standard deviation, annualised. */
  readonly informationRatio: number;
  /** Annualised standard deviation of the active return. */
  readonly trackingError: number;
  readonly beta: number;
  /** Intercept of the regression of excess on excess returns × periodsPerYear. */
  readonly alpha: number;
  /** Of the excess returns. */
  readonly correlation: number;
}

/** Plain numbers, fractions; NaN where a figure is undefined (no variation, no loss, no drawdown). */
export interface PerformanceSummary extends Partial<BenchmarkFigures> {
  readonly observations: number;
  /** Π (1 + r) − 1. */
  readonly totalReturn: number;
  /** Compound annual growth rate; ∞ when a year of such growth is beyond the doubles. */
  readonly cagr: number;
  /** Mean return × periodsPerYear. */
  readonly meanReturn: number;
  /** Annualised standard deviation (ddof 1). */
  readonly volatility: number;
  /** Annualised. */
  readonly sharpe: number;
  /** Of `sharpe`, for independent normal returns. */
  readonly sharpeStandardError: number;
  /** Annualised; downside over all periods. */
  readonly sortino: number;
  /** cagr ÷ |maxDrawdown|. */
  readonly calmar: number;
  /** ≤ 0. */
  readonly maxDrawdown: number;
  /** The longest run of periods below a previous high. */
  readonly longestUnderwater: number;
  /** Share of periods with a positive return. */
  readonly winRate: number;
  /** Gains ÷ losses, by period. */
  readonly profitFactor: number;
  /** totalReturn ÷ |maxDrawdown|. */
  readonly recoveryFactor: number;
  /** Of the returns, biased. */
  readonly skewness: number;
  /** Excess, biased. */
  readonly kurtosis: number;
}

function againstBenchmark(
  returns: Float64Array,
  benchmark: Float64Array,
  rate: Float64Array,
  periodsPerYear: number,
): BenchmarkFigures {
  const active = informationRatio(returns, { benchmark, periodsPerYear });
  const { beta, alpha, correlation } = marketRegression(less(returns, rate), less(benchmark, rate));
  return {
    informationRatio: active.annualized,
    trackingError: active.trackingError,
    beta,
    alpha: alpha * periodsPerYear,
    correlation,
  };
}

/**
 * The usual figures of a series of simple returns, each as its own function defines it by default.
 *
 * @param returns fractions per period, each above −1, none missing.
 * @throws QuantError "shape" for no returns or a riskFree or benchmark of another length, "not-finite" for a NaN,
 *   "range" for a return ≤ −1 or periodsPerYear that is not positive, "option" for an unknown option.
 */
export function performanceSummary(
  returns: VectorLike,
  options: PerformanceSummaryOptions,
): PerformanceSummary {
  requireKnownOptions(options, ["periodsPerYear", "riskFree", "benchmark"]);
  const { periodsPerYear, riskFree = 0, benchmark } = options;
  requirePositive("periodsPerYear", periodsPerYear);
  const r = requireCompoundableReturns("returns", returns);
  const rate = riskFreePerPeriod(riskFree, r.length, periodsPerYear);
  const sharpe = sharpeRatio(r, { periodsPerYear, riskFree: rate });
  const { depth, longestUnderwater } = maxDrawdown(r);
  return {
    observations: r.length,
    totalReturn: finalEquity(r) - 1,
    cagr: compoundAnnualGrowthRate(r, periodsPerYear),
    meanReturn: mean(r) * periodsPerYear,
    volatility: Math.sqrt(variance(r) * periodsPerYear),
    sharpe: sharpe.annualized,
    sharpeStandardError: sharpe.standardError,
    sortino: sortinoRatio(r, { periodsPerYear, riskFree: rate }).annualized,
    calmar: calmarRatio(r, { periodsPerYear }),
    maxDrawdown: depth,
    longestUnderwater,
    winRate: winRate(r),
    profitFactor: profitFactor(r),
    recoveryFactor: recoveryFactor(r),
    skewness: skewness(r),
    kurtosis: kurtosis(r),
    ...(benchmark === undefined
      ? {}
      : againstBenchmark(r, requireReturns("benchmark", benchmark, r.length), rate, periodsPerYear)),
  };
}
