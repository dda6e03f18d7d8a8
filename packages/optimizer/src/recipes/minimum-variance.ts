import type { MatrixLike } from "@astra-quant/core-linalg";
import { optimizePortfolio } from "../portfolio/optimize-portfolio.ts";
import type { PortfolioSolution } from "../portfolio/solution.ts";
import type { PortfolioConstraints } from "../portfolio/spec.ts";

/**
 * The portfolio of least variance w'Σw. Fully invested (net of 1) unless `constraints.net` says otherwise; long-only
 * by `{ weights: { min: 0 } }`.
 *
 * @throws QuantError as {@link optimizePortfolio} does.
 */
export function minimumVariance(
  covariance: MatrixLike,
  constraints: PortfolioConstraints = {},
): PortfolioSolution {
  return optimizePortfolio({
    covariance,
    objective: { minimize: "variance" },
    constraints: { net: { equal: 1 }, ...constraints },
  });
}
