import { exp, studentTQuantile } from "@astra-quant/core-linalg";
import { worstFractionLoss } from "../var/expected-shortfall.ts";
import { quantileOfSmallest, valueAtRank } from "../var/order-statistics.ts";
import {
  independentSpread,
  normalReach,
  rankIn,
  type SamplingError,
  samplingError,
  type TailSpread,
  tailReach,
} from "../var/sampling-error.ts";
import { smallest } from "../var/smallest.ts";
import type { TailLoss } from "../var/tail-loss.ts";
import { tailCount } from "../var/tail-probability.ts";
import { returnAt, type WeightedTail, weightedTail, worstMassLoss } from "../var/weighted-tail.ts";
import { ControlWeights } from "./control-weights.ts";
import type { Plan } from "./plan.ts";
import type { Scenarios } from "./simulate.ts";

/** The tail of a simulation and how sure it is. */
export interface TailEstimate extends TailLoss, SamplingError {
  /** The return at the quantile. */
  readonly quantile: number;
}

/**
 * The scatter of a tail whose scenarios come in groups that are independent of one another: that of the groups' shares
 * below the quantile, and of their means of VaR + (loss − VaR)⁺ ÷ α.
 */
function groupedSpread(
  returns: Float64Array,
  size: number,
  loss: TailLoss,
  alpha: number,
): Omit<TailSpread, "reach"> {
  const groups = returns.length / size;
  const boundary = -loss.valueAtRisk;
  let shares = 0;
  let shareSquares = 0;
  let excesses = 0;
  let excessSquares = 0;
  for (let g = 0; g < groups; g++) {
    let share = 0;
    let excess = 0;
    for (let i = g * size; i < (g + 1) * size; i++) {
      const below = boundary - returns[i]!;
      if (below < 0) continue;
      share += 1 / size;
      excess += below / size / alpha;
    }
    shares += share;
    shareSquares += share * share;
    excesses += excess;
    excessSquares += excess * excess;
  }
  const deviation = (sum: number, squares: number): number =>
    Math.sqrt(Math.max(0, squares - (sum * sum) / groups) / (groups - 1) / groups);
  return {
    below: returns.length * deviation(shares, shareSquares),
    shortfall: deviation(excesses, excessSquares),
  };
}

/** Scenarios that count alike: order statistics. */
function plainEstimate(plan: Plan, returns: Float64Array): TailEstimate {
  const { alpha, intervalConfidence, sampling } = plan;
  const n = returns.length;
  let sorted = smallest(returns, tailReach(n, alpha, intervalConfidence));
  const centre = tailCount(n, alpha) + 0.5;
  // R-7 lies half a rank above the centre: nothing beside independent paths' scatter, but to be seen in Sobol's.
  const quantile =
    sampling === "sobol" ? valueAtRank(sorted, Math.max(1, centre)) : quantileOfSmallest(sorted, n, alpha);
  const loss: TailLoss = {
    valueAtRisk: 0 - quantile,
    expectedShortfall: worstFractionLoss(sorted, alpha, n),
  };
  if (sampling === "independent") {
    const spread = independentSpread(sorted, n, alpha, loss, intervalConfidence);
    return { ...loss, quantile, ...samplingError(rankIn(sorted, n), centre, spread, loss.expectedShortfall) };
  }
  const groups = sampling === "sobol" ? plan.replicates : n / 2;
  const reach =
    sampling === "sobol"
      ? -studentTQuantile((1 - intervalConfidence) / 2, groups - 1)
      : normalReach(intervalConfidence);
  const spread: TailSpread = { ...groupedSpread(returns, n / groups, loss, alpha), reach };
  const best = Math.ceil(centre + reach * spread.below) + 1;
  if (best > sorted.length) sorted = smallest(returns, Math.min(n, best));
  return { ...loss, quantile, ...samplingError(rankIn(sorted, n), centre, spread, loss.expectedShortfall) };
}

/** Scenarios that stand for different probabilities. */
function weightedEstimate(
  plan: Plan,
  returns: Float64Array,
  massOf: (scenario: number) => number,
  deviation: (values: Float64Array, tail: WeightedTail) => number,
): TailEstimate {
  const { alpha, intervalConfidence } = plan;
  let tail = weightedTail(returns, massOf, 1.5 * alpha);
  const quantile = returnAt(tail, alpha);
  // Paths that never come to the quantile say nothing of what lies beyond it either.
  const shortfall = Number.isNaN(quantile) ? quantile : worstMassLoss(tail, alpha);
  const loss: TailLoss = { valueAtRisk: 0 - quantile, expectedShortfall: shortfall };
  const below = tail.returns.map((r) => (r <= quantile ? 1 : 0));
  const excess = tail.returns.map((r) => Math.max(0, quantile - r) / alpha);
  const own = deviation(below, tail);
  const grain = tail.masses[Math.max(0, tail.returns.findIndex((r) => r > quantile) - 1)]!;
  const spread: TailSpread = {
    // A share is no better known than to one scenario, however well the weights explain it.
    below: Math.sqrt(own * own + grain * grain),
    shortfall: deviation(excess, tail),
    reach: normalReach(intervalConfidence),
  };
  const furthest = alpha + spread.reach * spread.below;
  if (furthest > 1.5 * alpha) tail = weightedTail(returns, massOf, 1.1 * furthest);
  const at = (probability: number): number => returnAt(tail, probability);
  return { ...loss, quantile, ...samplingError(at, alpha, spread, loss.expectedShortfall) };
}

/**
 * Paths drawn with their score s shifted by −θ count exp(θ s + θ² ÷ 2) each. Their error is that of a mean of
 * independent terms, weight and all.
 */
function importanceEstimate(plan: Plan, { returns, scores }: Scenarios): TailEstimate {
  const n = returns.length;
  const { tilt } = plan;
  const massOf = (i: number): number => exp(tilt * scores[i]! + (tilt * tilt) / 2) / n;
  return weightedEstimate(plan, returns, massOf, (values, { masses }) => {
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < values.length; i++) {
      const term = values[i]! * masses[i]!;
      sum += term;
      squares += term * term;
    }
    return Math.sqrt(Math.max(0, squares - (sum * sum) / n));
  });
}

function controlledEstimate(plan: Plan, { returns, scores }: Scenarios): TailEstimate {
  const weights = new ControlWeights(scores, plan.alpha);
  const massOf = (i: number): number => weights.mass(scores[i]!);
  return weightedEstimate(plan, returns, massOf, (values, { numbers }) =>
    weights.deviation(
      values,
      Float64Array.from(numbers, (i) => scores[i]!),
    ),
  );
}

/** Value at risk and expected shortfall of all scenarios of a plan, with their errors. */
export function estimateTail(plan: Plan, scenarios: Scenarios): TailEstimate {
  if (plan.sampling === "importance") return importanceEstimate(plan, scenarios);
  if (plan.sampling === "control-variate") return controlledEstimate(plan, scenarios);
  return plainEstimate(plan, scenarios.returns);
}
