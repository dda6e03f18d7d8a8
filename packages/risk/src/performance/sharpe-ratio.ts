import { mean, type VectorLike, variance } from "@astra-quant/core-linalg";
import { requireKnownOptions, requirePositive } from "@astra-quant/core-linalg/guards";
import { requireReturns } from "../returns.ts";
import { largestOf, less, type RiskFree, riskFreePerPeriod } from "./excess-returns.ts";
import { rewardToRisk } from "./reward-to-risk.ts";

export interface SharpeRatioOptions {
  /** Returns in a year: 252 for trading days, 98 280 for minutes of 390-minute sessions. */
  readonly periodsPerYear: number;
  /** An annual rate (a fraction), or one rate a period. @defaultValue 0 */
  readonly riskFree?: RiskFree;
  /** @defaultValue 1 */
  readonly ddof?: number;
}

export interface SharpeRatio {
  /** `perPeriod` × √periodsPerYear. */
  readonly annualized: number;
  /** Mean excess return ÷ its standard deviation. */
  readonly perPeriod: number;
  readonly observations: number;
  /**
   * Standard error of `annualized` for independent normal returns: √((1 + perPeriod² ÷ 2) ÷ n) × √periodsPerYear.
   * A ratio of less than two of them says nothing; fat tails and autocorrelation widen it.
   */
  readonly standardError: number;
}

/**
 * The Sharpe ratio of simple returns. All figures are NaN when the excess returns do not vary or are fewer than
 * ddof + 1.
 *
 * @throws QuantError "shape" for no returns or a riskFree of another length, "not-finite" for a NaN, "range" for
 *   periodsPerYear that is not positive, "option" for an unknown option.
 */
export function sharpeRatio(returns: VectorLike, options: SharpeRatioOptions): SharpeRatio {
  requireKnownOptions(options, ["periodsPerYear", "riskFree", "ddof"]);
  const { periodsPerYear, riskFree = 0, ddof = 1 } = options;
  requirePositive("periodsPerYear", periodsPerYear);
  const r = requireReturns("returns", returns);
  const n = r.length;
  const rate = riskFreePerPeriod(riskFree, n, periodsPerYear);
  const excess = less(r, rate);
  const deviation = Math.sqrt(variance(excess, { ddof }));
  const perPeriod = rewardToRisk(mean(excess), deviation, largestOf(r, rate));
  const year = Math.sqrt(periodsPerYear);
  return {
    annualized: perPeriod * year,
    perPeriod,
    observations: n,
    standardError: Math.sqrt((1 + (perPeriod * perPeriod) / 2) / n) * year,
  };
}
