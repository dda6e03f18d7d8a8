import { mean, type VectorLike, variance } from "@astra-quant/core-linalg";
import { requireKnownOptions, requirePositive } from "@astra-quant/core-linalg/guards";
import { requireReturns } from "../returns.ts";
import { largestOf, less } from "./excess-returns.ts";
import { rewardToRisk } from "./reward-to-risk.ts";

export interface InformationRatioOptions {
  /** The benchmark's return of each period. */
  readonly benchmark: VectorLike;
  /** Returns in a year. */
  readonly periodsPerYear: number;
  /** @defaultValue 1 */
  readonly ddof?: number;
}

export interface InformationRatio {
  /** `perPeriod` × √periodsPerYear. */
  readonly annualized: number;
  /** Mean active return ÷ its standard deviation. */
  readonly perPeriod: number;
  /** Annualised standard deviation of the active return. */
  readonly trackingError: number;
  readonly observations: number;
}

/**
 * Mean return over the benchmark's, per unit of its variation. The ratios are NaN when the active return does not
 * vary.
 *
 * @throws QuantError "shape" for no returns or a benchmark of another length, "not-finite" for a NaN, "range" for
 *   periodsPerYear that is not positive, "option" for an unknown option.
 */
export function informationRatio(returns: VectorLike, options: InformationRatioOptions): InformationRatio {
  requireKnownOptions(options, ["benchmark", "periodsPerYear", "ddof"]);
  const { periodsPerYear, ddof = 1 } = options;
  requirePositive("periodsPerYear", periodsPerYear);
  const r = requireReturns("returns", returns);
  const benchmark = requireReturns("benchmark", options.benchmark, r.length);
  const active = less(r, benchmark);
  const deviation = Math.sqrt(variance(active, { ddof }));
  const perPeriod = rewardToRisk(mean(active), deviation, largestOf(r, benchmark));
  const year = Math.sqrt(periodsPerYear);
  return {
    annualized: perPeriod * year,
    perPeriod,
    trackingError: deviation * year,
    observations: r.length,
  };
}
