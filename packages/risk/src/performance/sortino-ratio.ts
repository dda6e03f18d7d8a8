import { mean, type VectorLike, variance } from "@astra-quant/core-linalg";
import { requireKnownOptions, requireOneOf, requirePositive } from "@astra-quant/core-linalg/guards";
import { requireReturns } from "../returns.ts";
import { largestOf, less, type RiskFree, riskFreePerPeriod } from "./excess-returns.ts";
import { lowerPartialMoment } from "./partial-moments.ts";
import { rewardToRisk } from "./reward-to-risk.ts";

/**
 * What counts as downside risk: the root mean square of min(excess, 0) over all periods, or the standard deviation
 * (ddof 1) of the negative excess returns among themselves.
 */
export type Downside = "all-periods" | "negative-periods";

export interface SortinoRatioOptions {
  /** Returns in a year. */
  readonly periodsPerYear: number;
  /** The return to reach: an annual rate (a fraction), or one rate a period. @defaultValue 0 */
  readonly riskFree?: RiskFree;
  /** @defaultValue "all-periods" */
  readonly downside?: Downside;
}

export interface SortinoRatio {
  /** `perPeriod` × √periodsPerYear. */
  readonly annualized: number;
  /** Mean excess return ÷ downside deviation of one period. */
  readonly perPeriod: number;
  /** A year's: that of one period × √periodsPerYear. */
  readonly downsideDeviation: number;
  readonly observations: number;
}

function downsideDeviation(excess: Float64Array, downside: Downside): number {
  if (downside === "negative-periods") return Math.sqrt(variance(excess.filter((e) => e < 0)));
  return Math.sqrt(lowerPartialMoment(excess, 2));
}

/**
 * The Sortino ratio of simple returns: NaN when no return falls short.
 *
 * @throws QuantError as `sharpeRatio`, and "option" for an unknown downside.
 */
export function sortinoRatio(returns: VectorLike, options: SortinoRatioOptions): SortinoRatio {
  requireKnownOptions(options, ["periodsPerYear", "riskFree", "downside"]);
  const { periodsPerYear, riskFree = 0, downside = "all-periods" } = options;
  requirePositive("periodsPerYear", periodsPerYear);
  requireOneOf("downside", downside, ["all-periods", "negative-periods"]);
  const r = requireReturns("returns", returns);
  const rate = riskFreePerPeriod(riskFree, r.length, periodsPerYear);
  const excess = less(r, rate);
  const deviation = downsideDeviation(excess, downside);
  const perPeriod = rewardToRisk(mean(excess), deviation, largestOf(r, rate));
  const year = Math.sqrt(periodsPerYear);
  return {
    annualized: perPeriod * year,
    perPeriod,
    downsideDeviation: deviation * year,
    observations: r.length,
  };
}
