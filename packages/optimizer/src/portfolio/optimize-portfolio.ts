import { readSpec } from "./reading/read-spec.ts";
import type { PortfolioSolution } from "./solution.ts";
import { solveSpec } from "./solve-spec.ts";
import type { PortfolioSpec } from "./spec.ts";

/**
 * The best portfolio under its limits and costs, with a proof of how good it is.
 *
 * Weights are fractions of capital, negative where short. `status` is "optimal" only when the proof says so:
 * no limit overrun by more than 1e-9 and a certified relative gap of at most 1e-8 (1e-13 is usual). A singular
 * covariance is fine; where several portfolios are best, one of them is returned.
 *
 * @throws QuantError for a spec that is malformed: wrong lengths, NaN, an unknown field, a covariance that is not
 *   symmetric or has an eigenvalue clearly below zero. Limits that exclude each other are a result, not an error.
 */
export function optimizePortfolio(spec: PortfolioSpec): PortfolioSolution {
  return solveSpec(readSpec(spec)).solution;
}
