import { mean, normalCdf, type VectorLike, variance } from "@astra-quant/core-linalg";
import { requireKnownOptions, requirePositive } from "@astra-quant/core-linalg/guards";
import { requireCompoundableReturns } from "../returns.ts";
import { adjustedForTails } from "./adjusted-sharpe-ratio.ts";
import { captureRatios } from "./capture-ratios.ts";
import { underwater } from "./drawdown-ratios.ts";
import { largestOf, less, type RiskFree, riskFreePerPeriod, riskFreePerYear } from "./excess-returns.ts";
import { annualGrowthTo, finalEquity } from "./growth.ts";
import { informationRatio } from "./information-ratio.ts";
import { againstBenchmark, regressionErrors, treynorOf } from "./market-model.ts";
import { modiglianiOf } from "./modigliani-measure.ts";
import { lowerPartialMoment, upperPartialMean } from "./partial-moments.ts";
import { returnMoments } from "./return-moments.ts";
import { rewardToRisk } from "./reward-to-risk.ts";
import { sharpeVariance } from "./sharpe-ratio.ts";
import { winsAndLosses } from "./wins-and-losses.ts";

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
  /** Of `beta`, by ordinary least squares. */
  readonly betaStandardError: number;
  /** Of `alpha`. */
  readonly alphaStandardError: number;
  /** Annual excess return ÷ beta. */
  readonly treynor: number;
  /** M²: the annual return at the benchmark's volatility. */
  readonly modigliani: number;
  /** Geometric mean return over the benchmark's, in the periods in which it rose. */
  readonly upCapture: number;
  /** And in those in which it fell. */
  readonly downCapture: number;
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
  /** Annualised; of the excess returns, over all periods. */
  readonly downsideDeviation: number;
  /** `sharpe` less what skewness and kurtosis take from it. */
  readonly adjustedSharpe: number;
  /** The probability that the true Sharpe ratio is positive, in [0, 1], for independent returns. */
  readonly probabilisticSharpe: number;
  /** What lies above the risk-free rate over what lies below it, by period. */
  readonly omega: number;
  /** Sum of the returns ÷ sum of the losses. */
  readonly gainToPain: number;
  /** Mean of the positive returns of a period. */
  readonly averageWin: number;
  /** Mean of the negative ones, < 0. */
  readonly averageLoss: number;
  /** Root mean square drawdown, ≥ 0. */
  readonly ulcerIndex: number;
  /** cagr over the risk-free rate ÷ ulcerIndex. */
  readonly martin: number;
  /** Mean |drawdown|, ≥ 0. */
  readonly painIndex: number;
}

function benchmarkFigures(
  returns: Float64Array,
  benchmark: Float64Array,
  rate: Float64Array,
  periodsPerYear: number,
): BenchmarkFigures {
  const active = informationRatio(returns, { benchmark, periodsPerYear });
  const seen = againstBenchmark(returns, { benchmark, periodsPerYear, riskFree: rate });
  const { beta, alpha, correlation } = seen.regression;
  const errors = regressionErrors(seen);
  const annualExcess = mean(seen.excess) * periodsPerYear;
  const [deviation, market] = [Math.sqrt(variance(seen.excess)), Math.sqrt(variance(seen.market))];
  const { up, down } = captureRatios(returns, { benchmark });
  return {
    informationRatio: active.annualized,
    trackingError: active.trackingError,
    beta,
    alpha: alpha * periodsPerYear,
    correlation,
    betaStandardError: errors.beta,
    alphaStandardError: errors.alpha * periodsPerYear,
    treynor: treynorOf(annualExcess, beta),
    modigliani: modiglianiOf(annualExcess, seen.rate, deviation, market, largestOf(seen.excess)),
    upCapture: up,
    downCapture: down,
  };
}

/**
 * The usual figures of a series of simple returns, each as its own function defines it by default. A benchmark adds its
 * figures and changes none of the others.
 *
 * @param returns fractions per period, each above −1, none missing.
 * @throws QuantError "shape" for no returns or a riskFree or benchmark of another length, "not-finite" for a NaN,
 *   "range" for a return ≤ −1 (of the benchmark too) or periodsPerYear that is not positive, "option" for an unknown option.
 */
export function performanceSummary(
  returns: VectorLike,
  options: PerformanceSummaryOptions,
): PerformanceSummary {
  requireKnownOptions(options, ["periodsPerYear", "riskFree", "benchmark"]);
  const { periodsPerYear, riskFree = 0, benchmark } = options;
  requirePositive("periodsPerYear", periodsPerYear);
  const r = requireCompoundableReturns("returns", returns);
  const n = r.length;
  // Without a rate the excess returns are the returns.
  const rate = riskFree === 0 ? undefined : riskFreePerPeriod(riskFree, n, periodsPerYear);
  const excess = rate === undefined ? r : less(r, rate);
  const scale = rate === undefined ? largestOf(r) : largestOf(r, rate);
  const year = Math.sqrt(periodsPerYear);

  const moments = returnMoments(r);
  const ofExcess = rate === undefined ? moments : returnMoments(excess);
  const { skewness: skew, kurtosis: fat } = typeof riskFree === "number" ? moments : ofExcess;
  const perPeriod = rewardToRisk(ofExcess.mean, Math.sqrt(ofExcess.variance), scale);
  const sharpeError = Math.sqrt(sharpeVariance(perPeriod, skew, fat));
  const [shortfall, squaredShortfall] = [lowerPartialMoment(excess, 1), lowerPartialMoment(excess, 2)];
  const downside = Math.sqrt(squaredShortfall);

  const { depth, longestUnderwater, pain, ulcer } = underwater(r);
  const equity = finalEquity(r);
  const totalReturn = equity - 1;
  const cagr = annualGrowthTo(equity, n, periodsPerYear);
  const { wins, losses, gained, lost } = winsAndLosses(r);
  return {
    observations: n,
    totalReturn,
    cagr,
    meanReturn: moments.mean * periodsPerYear,
    volatility: Math.sqrt(moments.variance * periodsPerYear),
    sharpe: perPeriod * year,
    sharpeStandardError: Math.sqrt((1 + (perPeriod * perPeriod) / 2) / n) * year,
    sortino: rewardToRisk(ofExcess.mean, downside, scale) * year,
    calmar: rewardToRisk(cagr, -depth, 0),
    maxDrawdown: depth,
    longestUnderwater,
    winRate: wins / n,
    profitFactor: rewardToRisk(gained, lost, 0),
    recoveryFactor: rewardToRisk(totalReturn, -depth, 0),
    skewness: moments.skewness,
    kurtosis: moments.kurtosis,
    downsideDeviation: downside * year,
    adjustedSharpe: adjustedForTails(perPeriod * year, moments.skewness, moments.kurtosis),
    probabilisticSharpe: normalCdf((perPeriod * Math.sqrt(n - 1)) / sharpeError),
    omega: rewardToRisk(upperPartialMean(excess), shortfall, scale / n),
    gainToPain: rewardToRisk(moments.mean, lost / n, 0),
    averageWin: rewardToRisk(gained, wins, 0),
    averageLoss: rewardToRisk(-lost, losses, 0),
    ulcerIndex: ulcer,
    martin: rewardToRisk(cagr - riskFreePerYear(riskFree, n, periodsPerYear), ulcer, 0),
    painIndex: pain,
    ...(benchmark === undefined
      ? {}
      : benchmarkFigures(
          r,
          requireCompoundableReturns("benchmark", benchmark, n),
          rate ?? new Float64Array(n),
          periodsPerYear,
        )),
  };
}
