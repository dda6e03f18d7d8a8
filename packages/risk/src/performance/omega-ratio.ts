import { mean, type VectorLike } from "@astra-quant/core-linalg";
import { excessOverTarget, lowerPartialMoment, upperPartialMean } from "./partial-moments.ts";
import { rewardToRisk } from "./reward-to-risk.ts";
import type { TargetOptions } from "./target.ts";

/**
 * What lies above the target over what lies below it: Σ max(r − target, 0) ÷ Σ max(target − r, 0). 1 where the mean
 * return is the target; NaN where every return reaches it. With target 0 it is the profit factor.
 *
 * @throws QuantError as `downsideDeviation`.
 */
export function omegaRatio(returns: VectorLike, options: TargetOptions = {}): number {
  const { excess, scale } = excessOverTarget(returns, options);
  return rewardToRisk(upperPartialMean(excess), lowerPartialMoment(excess, 1), scale / excess.length);
}

/**
 * The mean gain over the target per unit of downside deviation: (Σ max(r − target, 0) ÷ n) ÷ √(Σ min(r − target, 0)² ÷ n).
 * NaN where every return reaches the target.
 *
 * @throws QuantError as `downsideDeviation`.
 */
export function upsidePotentialRatio(returns: VectorLike, options: TargetOptions = {}): number {
  const { excess, scale } = excessOverTarget(returns, options);
  return rewardToRisk(
    upperPartialMean(excess),
    Math.sqrt(lowerPartialMoment(excess, 2)),
    scale / excess.length,
  );
}

/**
 * The sum of all returns over the sum of the losses: Σ r ÷ Σ max(−r, 0), one less than the profit factor. Schwager states
 * it for monthly returns; of shorter periods it is smaller. NaN without a loss.
 *
 * @throws QuantError "shape" for no returns, "not-finite" for a NaN.
 */
export function gainToPainRatio(returns: VectorLike): number {
  const { excess } = excessOverTarget(returns, {});
  return rewardToRisk(mean(excess), lowerPartialMoment(excess, 1), 0);
}
