import type { VectorLike } from "@astra-quant/core-linalg";
import { requireKnownOptions, requireOneOf, requirePositive } from "@astra-quant/core-linalg/guards";
import { requireCompoundableReturns } from "../returns.ts";
import { maxDrawdown } from "./drawdown.ts";
import { annualGrowth, finalEquity, GROWTHS, type Growth } from "./growth.ts";
import { rewardToRisk } from "./reward-to-risk.ts";

export interface CalmarRatioOptions {
  /** Returns in a year. */
  readonly periodsPerYear: number;
  /** Compound annual growth, or the mean return × periodsPerYear. @defaultValue "compound" */
  readonly growth?: Growth;
}

/**
 * A year's growth over the depth of the worst drawdown of the whole sample; NaN without a drawdown.
 *
 * @throws QuantError "shape" for no returns, "not-finite" for a NaN, "range" for a return ≤ −1 or periodsPerYear that
 *   is not positive, "option" for an unknown option.
 */
export function calmarRatio(returns: VectorLike, options: CalmarRatioOptions): number {
  requireKnownOptions(options, ["periodsPerYear", "growth"]);
  const { periodsPerYear, growth = "compound" } = options;
  requirePositive("periodsPerYear", periodsPerYear);
  requireOneOf("growth", growth, GROWTHS);
  const r = requireCompoundableReturns("returns", returns);
  return rewardToRisk(annualGrowth(r, periodsPerYear, growth), -maxDrawdown(r).depth, 0);
}

/**
 * Total compounded return over the depth of the worst drawdown; NaN without a drawdown.
 *
 * @throws QuantError as `calmarRatio`.
 */
export function recoveryFactor(returns: VectorLike): number {
  const r = requireCompoundableReturns("returns", returns);
  return rewardToRisk(finalEquity(r) - 1, -maxDrawdown(r).depth, 0);
}
