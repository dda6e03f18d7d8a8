import type { VectorLike } from "@astra-quant/core-linalg";
import { excessOverTarget, lowerPartialMoment } from "./partial-moments.ts";
import type { TargetOptions } from "./target.ts";

/**
 * √(Σ min(r − target, 0)² ÷ n) over all n periods, those above the target included as zeros: a fraction of one period,
 * ≥ 0, and 0 where every return reaches its target.
 *
 * @param returns fractions per period.
 * @throws QuantError "shape" for no returns or targets of another length, "not-finite" for a NaN, "option" for an unknown
 *   option.
 */
export function downsideDeviation(returns: VectorLike, options: TargetOptions = {}): number {
  return Math.sqrt(lowerPartialMoment(excessOverTarget(returns, options).excess, 2));
}
