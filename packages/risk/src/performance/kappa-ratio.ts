import { mean, pow, type VectorLike } from "@astra-quant/core-linalg";
import { requirePositive } from "@astra-quant/core-linalg/guards";
import { excessOverTarget, lowerPartialMoment } from "./partial-moments.ts";
import { rewardToRisk } from "./reward-to-risk.ts";
import type { TargetOptions } from "./target.ts";

export interface KappaRatioOptions extends TargetOptions {
  /** The order of the lower partial moment, > 0. @defaultValue 3 */
  readonly order?: number;
}

/**
 * The mean excess over the target per unit of shortfall: (mean − target) ÷ (Σ max(target − r, 0)^order ÷ n)^(1 ÷ order).
 * Order 1 is the omega ratio less 1, order 2 the Sortino ratio of one period. NaN where every return reaches the target.
 *
 * @throws QuantError as `downsideDeviation`, and "range" for an order that is not positive.
 */
export function kappaRatio(returns: VectorLike, options: KappaRatioOptions = {}): number {
  const { excess, scale } = excessOverTarget(returns, options, ["order"]);
  const { order = 3 } = options;
  requirePositive("order", order);
  const moment = lowerPartialMoment(excess, order);
  const shortfall = order === 1 ? moment : order === 2 ? Math.sqrt(moment) : pow(moment, 1 / order);
  return rewardToRisk(mean(excess), shortfall, scale / excess.length);
}
