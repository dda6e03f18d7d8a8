import { type LagRule, mean, neweyWest, type VectorLike, variance } from "@astra-quant/core-linalg";
import {
  QuantError,
  requireKnownOptions,
  requireOneOf,
  requirePositive,
} from "@astra-quant/core-linalg/guards";
import { requireReturns } from "../returns.ts";
import { largestOf, less, type RiskFree, riskFreePerPeriod } from "./excess-returns.ts";
import { type MarketRegression, marketRegression } from "./market-regression.ts";
import { rewardToRisk } from "./reward-to-risk.ts";

export interface BenchmarkOptions {
  /** The benchmark's return of each period. */
  readonly benchmark: VectorLike;
  /** Returns in a year. */
  readonly periodsPerYear: number;
  /** An annual rate (a fraction), or one rate a period. @defaultValue 0 */
  readonly riskFree?: RiskFree;
}

export interface MarketModelOptions extends BenchmarkOptions {
  /**
   * What the standard errors take residuals to be: independent and of one variance (ordinary least squares, n − 2 degrees
   * of freedom), or stationary with memory and changing variance (Newey–West, Bartlett weights, no small-sample factor).
   *
   * @defaultValue "independent"
   */
  readonly errors?: "independent" | "autocorrelated";
  /** Of `autocorrelated` errors: a number of lags below that of the returns, or a rule. @defaultValue "automatic" */
  readonly lags?: number | LagRule;
}

export interface MarketModel {
  /** Return of the book for one of the benchmark. */
  readonly beta: number;
  readonly betaStandardError: number;
  /** Jensen's: the intercept × periodsPerYear. */
  readonly alpha: number;
  readonly alphaStandardError: number;
  /** In [−1, 1]. */
  readonly correlation: number;
  /** The share of the variance that the benchmark explains: correlation². */
  readonly rSquared: number;
  /** Annualised standard deviation of what it does not explain (n − 2 degrees of freedom). */
  readonly residualVolatility: number;
  /** alpha ÷ residualVolatility. */
  readonly appraisalRatio: number;
  readonly observations: number;
}

/** Excess returns of a book and of its benchmark, looked at. */
export interface AgainstBenchmark {
  readonly excess: Float64Array;
  readonly market: Float64Array;
  readonly regression: MarketRegression;
  /** The annual risk-free rate. */
  readonly rate: number;
}

export function againstBenchmark(returns: VectorLike, options: BenchmarkOptions): AgainstBenchmark {
  const { periodsPerYear, riskFree = 0 } = options;
  requirePositive("periodsPerYear", periodsPerYear);
  const r = requireReturns("returns", returns);
  const benchmark = requireReturns("benchmark", options.benchmark, r.length);
  const rate = riskFreePerPeriod(riskFree, r.length, periodsPerYear);
  const [excess, market] = [less(r, rate), less(benchmark, rate)];
  return {
    excess,
    market,
    regression: marketRegression(excess, market),
    rate: mean(rate) * periodsPerYear,
  };
}

/** Standard errors of intercept and slope, per period, and the standard deviation of the residuals. */
export interface RegressionErrors {
  readonly alpha: number;
  readonly beta: number;
  readonly residual: number;
}

/** NaN for fewer than three returns, or a benchmark that does not vary. */
export function regressionErrors(
  { excess, market, regression }: AgainstBenchmark,
  errors: "independent" | "autocorrelated" = "independent",
  lags: number | LagRule = "automatic",
): RegressionErrors {
  const n = excess.length;
  const centre = mean(market);
  const spread = variance(market, { ddof: 0 });
  const { alpha, beta } = regression;
  const residuals = new Float64Array(n);
  let squares = 0;
  for (let t = 0; t < n; t++) {
    residuals[t] = excess[t]! - alpha - beta * market[t]!;
    squares += residuals[t]! * residuals[t]!;
  }
  if (!(n > 2) || Number.isNaN(beta)) return { alpha: Number.NaN, beta: Number.NaN, residual: Number.NaN };
  const residual = Math.sqrt(squares / (n - 2));
  if (errors === "independent") {
    const root = residual / Math.sqrt(n);
    return {
      alpha: root * Math.sqrt(1 + (centre * centre) / spread),
      beta: root / Math.sqrt(spread),
      residual,
    };
  }
  // (β, α) move with the means of e (x − x̄) ÷ s² and of e (1 − x̄ (x − x̄) ÷ s²): the sandwich, one figure at a time.
  const slopes = residuals.map((e, t) => (e * (market[t]! - centre)) / spread);
  const intercepts = residuals.map((e, t) => e - centre * slopes[t]!);
  return {
    alpha: neweyWest(intercepts, { lags }).standardError,
    beta: neweyWest(slopes, { lags }).standardError,
    residual,
  };
}

/**
 * The line through excess returns against the benchmark's, by least squares, with the standard error of its slope (beta)
 * and intercept (Jensen's alpha). Fractions; alpha is annual. NaN where the benchmark does not vary; standard errors are NaN
 * for fewer than three returns.
 *
 * @throws QuantError "shape" for no returns or a benchmark or riskFree of another length, "not-finite" for a NaN, "range"
 *   for periodsPerYear that is not positive or lags that are no integer in [0, n − 1], "option" for an unknown option, or
 *   lags where the errors know none.
 */
export function marketModel(returns: VectorLike, options: MarketModelOptions): MarketModel {
  requireKnownOptions(options, ["benchmark", "periodsPerYear", "riskFree", "errors", "lags"]);
  const { periodsPerYear, errors = "independent", lags } = options;
  requireOneOf("errors", errors, ["independent", "autocorrelated"]);
  if (lags !== undefined && errors !== "autocorrelated") {
    throw new QuantError("option", `lags are for errors: 'autocorrelated', got errors: '${errors}'`, {
      argument: "lags",
    });
  }
  const seen = againstBenchmark(returns, options);
  const { alpha, beta, correlation } = seen.regression;
  const error = regressionErrors(seen, errors, lags);
  const residualVolatility = error.residual * Math.sqrt(periodsPerYear);
  return {
    beta,
    betaStandardError: error.beta,
    alpha: alpha * periodsPerYear,
    alphaStandardError: error.alpha * periodsPerYear,
    correlation,
    rSquared: correlation * correlation,
    residualVolatility,
    appraisalRatio: rewardToRisk(alpha * periodsPerYear, residualVolatility, largestOf(seen.excess)),
    observations: seen.excess.length,
  };
}

/**
 * The mean annual excess return per unit of beta, a fraction; NaN where beta is 0 or undefined. Negative for a book that
 * earns while short of its benchmark.
 *
 * @throws QuantError as `marketModel`.
 */
export function treynorRatio(returns: VectorLike, options: BenchmarkOptions): number {
  requireKnownOptions(options, ["benchmark", "periodsPerYear", "riskFree"]);
  const { excess, regression } = againstBenchmark(returns, options);
  return treynorOf(mean(excess) * options.periodsPerYear, regression.beta);
}

export function treynorOf(annualExcess: number, beta: number): number {
  return Math.sign(beta) * rewardToRisk(annualExcess, Math.abs(beta), 1);
}
