import type { Matrix } from "@astra-quant/core-linalg";
import type { FundingCostTerms } from "@astra-quant/funding";
import { optimizePortfolio } from "@astra-quant/optimizer";

/** The desk's limits, as the notebook sets them, and a risk aversion at which the answer is no corner. */
export const LIMITS = { gross: 2, net: 0.05, riskAversion: 3 } as const;

export interface Estimate {
  readonly mean: Float64Array;
  readonly covariance: Matrix;
}

/** Weights of the greatest utility after funding. Means, covariance and costs are of the same period. */
export function optimiseWithFunding({ mean, covariance }: Estimate, funding: FundingCostTerms): Float64Array {
  const { weights, status } = optimizePortfolio({
    covariance,
    expectedReturns: mean,
    objective: { maximize: "utility", riskAversion: LIMITS.riskAversion },
    constraints: { gross: { max: LIMITS.gross }, net: { min: -LIMITS.net, max: LIMITS.net } },
    costs: { funding },
  });
  if (status !== "optimal") throw new Error(`the portfolio with funding is ${status}`);
  return weights;
}

/** The same as if funding were free. */
export function optimiseWithoutFunding(estimate: Estimate): Float64Array {
  const nothing = new Float64Array(estimate.mean.length);
  return optimiseWithFunding(estimate, { long: nothing, short: nothing });
}
