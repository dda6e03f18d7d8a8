import type { MatrixLike, VectorLike } from "@astra-quant/core-linalg";
import { requireKnownOptions } from "@astra-quant/core-linalg/guards";
import { optimizePortfolio } from "../portfolio/optimize-portfolio.ts";
import type { PortfolioSolution } from "../portfolio/solution.ts";

export interface SignalWeightsOptions {
  /**
   * λ ≥ 0: what correlated signals pay.
   * @defaultValue 0.5
   */
  readonly correlationPenalty?: number;
  /**
   * The most that a signal may weigh, one number or one a signal, ≥ 0.
   * @defaultValue 1
   */
  readonly cap?: number | VectorLike;
  /** Distinct names of the signals. */
  readonly names?: readonly string[];
}

/**
 * How much each signal counts: the w of the greatest score'w − λ w'Cw with 0 ≤ w ≤ cap and Σw = 1, where `scores` are n
 * figures of merit, as an information coefficient over its standard, and C is the n×n correlation of the signals. Caps
 * that sum to less than 1 are infeasible, and said so.
 *
 * @throws QuantError as {@link optimizePortfolio} does.
 */
export function signalWeights(
  scores: VectorLike,
  correlation: MatrixLike,
  options: SignalWeightsOptions = {},
): PortfolioSolution {
  requireKnownOptions(options, ["correlationPenalty", "cap", "names"]);
  const { correlationPenalty = 0.5, cap = 1, names } = options;
  return optimizePortfolio({
    covariance: correlation,
    expectedReturns: scores,
    objective: { maximize: "utility", riskAversion: correlationPenalty },
    constraints: { net: { equal: 1 }, weights: { min: 0, max: cap } },
    ...(names !== undefined && { assets: names }),
  });
}
