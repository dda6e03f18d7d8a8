import { kurtosis, skewness, std, type VectorLike } from "@astra-quant/core-linalg";
import { requireKnownOptions, requireOneOf, requirePositive } from "@astra-quant/core-linalg/guards";
import { requireCompoundableReturns } from "../returns.ts";
import { largestOf, less, type RiskFree, riskFreePerPeriod } from "./excess-returns.ts";
import { annualGrowth, GROWTHS, type Growth } from "./growth.ts";
import { rewardToRisk } from "./reward-to-risk.ts";

export interface AdjustedSharpeRatioOptions {
  /** Returns in a year. */
  readonly periodsPerYear: number;
  /** An annual rate (a fraction), or one rate a period. @defaultValue 0 */
  readonly riskFree?: RiskFree;
  /** How the ratio's excess return is put together to a year's. @defaultValue "arithmetic" */
  readonly growth?: Growth;
}

/** SR · (1 + S ÷ 6 · SR − κ ÷ 24 · SR²), with the skewness S and the excess kurtosis κ of the returns. */
export function adjustedForTails(ratio: number, skew: number, excessKurtosis: number): number {
  return ratio * (1 + (skew / 6) * ratio - (excessKurtosis / 24) * ratio * ratio);
}

/**
 * The annual Sharpe ratio less what negative skewness and fat tails take from it: SR · (1 + S ÷ 6 · SR − κ ÷ 24 · SR²)
 * with S and κ (excess) of the returns of a period, as populations [PerformanceAnalytics]. NaN where returns do not vary.
 *
 * @throws QuantError "shape" for no returns or a riskFree of another length, "not-finite" for a NaN, "range" for a return
 *   ≤ −1 or periodsPerYear that is not positive, "option" for an unknown option.
 */
export function adjustedSharpeRatio(returns: VectorLike, options: AdjustedSharpeRatioOptions): number {
  requireKnownOptions(options, ["periodsPerYear", "riskFree", "growth"]);
  const { periodsPerYear, riskFree = 0, growth = "arithmetic" } = options;
  requirePositive("periodsPerYear", periodsPerYear);
  requireOneOf("growth", growth, GROWTHS);
  const r = requireCompoundableReturns("returns", returns);
  const rate = riskFreePerPeriod(riskFree, r.length, periodsPerYear);
  const excess = less(r, rate);
  const year = Math.sqrt(periodsPerYear);
  const ratio = rewardToRisk(
    annualGrowth(excess, periodsPerYear, growth),
    std(excess) * year,
    largestOf(r, rate) * year,
  );
  return adjustedForTails(ratio, skewness(r), kurtosis(r));
}
