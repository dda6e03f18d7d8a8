import {
  kurtosis,
  type LagRule,
  mean,
  neweyWest,
  skewness,
  type VectorLike,
  variance,
} from "@astra-quant/core-linalg";
import {
  QuantError,
  requireKnownOptions,
  requireOneOf,
  requirePositive,
} from "@astra-quant/core-linalg/guards";
import { requireReturns } from "../returns.ts";
import { largestOf, less, type RiskFree, riskFreePerPeriod } from "./excess-returns.ts";
import { rewardToRisk } from "./reward-to-risk.ts";

/**
 * What the standard error of a Sharpe ratio takes returns to be.
 *
 * | name | returns are | variance × n of the ratio of a period |
 * |---|---|---|
 * | `normal` | independent and normal | 1 + SR² ÷ 2 |
 * | `independent` | independent, of any law | 1 − skewness · SR + (kurtosis + 2) ÷ 4 · SR² |
 * | `autocorrelated` | stationary, of any law | the long-run variance of the ratio's influence (Newey–West) |
 */
export type SharpeErrors = "normal" | "independent" | "autocorrelated";

export interface SharpeRatioOptions {
  /** Returns in a year: 252 for trading days, 98 280 for minutes of 390-minute sessions. */
  readonly periodsPerYear: number;
  /** An annual rate (a fraction), or one rate a period. @defaultValue 0 */
  readonly riskFree?: RiskFree;
  /** @defaultValue 1 */
  readonly ddof?: number;
  /** What the standard error takes for granted. @defaultValue "normal" */
  readonly errors?: SharpeErrors;
  /** Of `autocorrelated` errors: a number of lags below that of the returns, or a rule. @defaultValue "automatic" */
  readonly lags?: number | LagRule;
}

export interface SharpeRatio {
  /** `perPeriod` × √periodsPerYear. */
  readonly annualized: number;
  /** Mean excess return ÷ its standard deviation. */
  readonly perPeriod: number;
  readonly observations: number;
  /**
   * Standard error of `annualized` under `errors`; for independent normal returns √((1 + perPeriod² ÷ 2) ÷ n) ×
   * √periodsPerYear. A ratio of less than two of them says nothing; fat tails and autocorrelation widen it.
   */
  readonly standardError: number;
}

/** The mean of excess returns over their deviation, with what it was made of. */
export function sharpeOf(excess: Float64Array, scale: number, ddof: number): number {
  return rewardToRisk(mean(excess), Math.sqrt(variance(excess, { ddof })), scale);
}

/**
 * What each return adds to the ratio, to first order: (e − μ) ÷ σ − SR ÷ 2 · ((e − μ)² ÷ σ² − 1), the derivative of μ ÷ σ
 * along the moments (e, (e − μ)²).
 */
function influence(excess: Float64Array, ratio: number): Float64Array {
  const centre = mean(excess);
  const sigma = Math.sqrt(variance(excess, { ddof: 0 }));
  const out = new Float64Array(excess.length);
  for (let t = 0; t < excess.length; t++) {
    const z = (excess[t]! - centre) / sigma;
    out[t] = z - (ratio / 2) * (z * z - 1);
  }
  return out;
}

function errorOf(excess: Float64Array, ratio: number, errors: SharpeErrors, lags: number | LagRule): number {
  const n = excess.length;
  if (Number.isNaN(ratio)) return Number.NaN;
  if (errors === "normal") return Math.sqrt((1 + (ratio * ratio) / 2) / n);
  if (errors === "independent") {
    return Math.sqrt(sharpeVariance(ratio, skewness(excess), kurtosis(excess)) / n);
  }
  return neweyWest(influence(excess, ratio), { lags }).standardError;
}

/** n × the variance of a ratio from n independent returns: 1 − γ₃ SR + (κ + 2) ÷ 4 · SR², κ the excess kurtosis. */
export function sharpeVariance(ratio: number, skew: number, excessKurtosis: number): number {
  return Math.max(0, 1 - skew * ratio + ((excessKurtosis + 2) / 4) * ratio * ratio);
}

/**
 * The Sharpe ratio of simple returns. All figures are NaN when the excess returns do not vary or are fewer than
 * ddof + 1.
 *
 * @throws QuantError "shape" for no returns or a riskFree of another length, "not-finite" for a NaN, "range" for
 *   periodsPerYear that is not positive or lags that are no integer in [0, n − 1], "option" for an unknown option, or lags
 *   where the errors know none.
 */
export function sharpeRatio(returns: VectorLike, options: SharpeRatioOptions): SharpeRatio {
  requireKnownOptions(options, ["periodsPerYear", "riskFree", "ddof", "errors", "lags"]);
  const { periodsPerYear, riskFree = 0, ddof = 1, errors = "normal", lags } = options;
  requirePositive("periodsPerYear", periodsPerYear);
  requireOneOf("errors", errors, ["normal", "independent", "autocorrelated"]);
  if (lags !== undefined && errors !== "autocorrelated") {
    throw new QuantError("option", `lags are for errors: 'autocorrelated', got errors: '${errors}'`, {
      argument: "lags",
    });
  }
  const r = requireReturns("returns", returns);
  const n = r.length;
  const rate = riskFreePerPeriod(riskFree, n, periodsPerYear);
  const excess = less(r, rate);
  const perPeriod = sharpeOf(excess, largestOf(r, rate), ddof);
  const year = Math.sqrt(periodsPerYear);
  return {
    annualized: perPeriod * year,
    perPeriod,
    observations: n,
    standardError: errorOf(excess, perPeriod, errors, lags ?? "automatic") * year,
  };
}
