import { Matrix } from "@astra-quant/core-linalg";
import type { FundingCostTerms } from "@astra-quant/funding";
import { optimizePortfolio } from "@astra-quant/optimizer";

/** The desk's limits, as the notebook sets them, and a risk aversion at which the answer is no corner. */
export const LIMITS = { gross: 2, net: 0.05, riskAversion: 3 } as const;

export interface Estimate {
  readonly mean: Float64Array;
  readonly covariance: Matrix;
}

/** Every asset twice: once to be held long, once to be held short. */
function twice({ mean, covariance }: Estimate, { long, short }: FundingCostTerms): Estimate {
  const n = mean.length;
  const both = new Matrix(2 * n, 2 * n);
  for (let i = 0; i < 2 * n; i++) {
    for (let j = 0; j < 2 * n; j++) both.set(i, j, covariance.get(i % n, j % n));
  }
  // a long weight w costs long · w, a short weight costs short · |w| = −short · w
  const earned = Float64Array.from({ length: 2 * n }, (_, i) => {
    return i < n ? mean[i]! - long[i]! : mean[i - n]! + short[i - n]!;
  });
  return { mean: earned, covariance: both };
}

/**
 * Weights of the greatest utility after funding: the kinked cost is linear once each asset stands in the problem as a
 * long and as a short. Means, covariance and costs are of the same period.
 */
export function optimiseWithFunding(estimate: Estimate, costs: FundingCostTerms): Float64Array {
  const n = estimate.mean.length;
  const { mean, covariance } = twice(estimate, costs);
  const { weights, status } = optimizePortfolio({
    covariance,
    expectedReturns: mean,
    objective: { maximize: "utility", riskAversion: LIMITS.riskAversion },
    constraints: {
      gross: { max: LIMITS.gross },
      net: { min: -LIMITS.net, max: LIMITS.net },
      weights: {
        min: Array.from({ length: 2 * n }, (_, i) => (i < n ? 0 : -LIMITS.gross)),
        max: Array.from({ length: 2 * n }, (_, i) => (i < n ? LIMITS.gross : 0)),
      },
    },
  });
  if (status !== "optimal") throw new Error(`the portfolio with funding is ${status}`);
  return Float64Array.from({ length: n }, (_, i) => weights[i]! + weights[i + n]!);
}

/** The same as if funding were free. */
export function optimiseWithoutFunding(estimate: Estimate): Float64Array {
  const nothing = new Float64Array(estimate.mean.length);
  return optimiseWithFunding(estimate, { long: nothing, short: nothing });
}
