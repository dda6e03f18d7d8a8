import { worstFractionLoss } from "./expected-shortfall.ts";
import { quantileOfSmallest } from "./order-statistics.ts";
import { smallest } from "./smallest.ts";
import type { TailLoss } from "./tail-loss.ts";
import { tailCount } from "./tail-probability.ts";

/** Value at risk and expected shortfall (Rockafellar–Uryasev) of returns that count alike, in any order. */
export function sampleTail(returns: Float64Array, alpha: number): TailLoss {
  const n = returns.length;
  const worst = smallest(returns, Math.min(n, Math.ceil(tailCount(n, alpha)) + 2));
  return {
    valueAtRisk: 0 - quantileOfSmallest(worst, n, alpha),
    expectedShortfall: worstFractionLoss(worst, alpha, n),
  };
}
