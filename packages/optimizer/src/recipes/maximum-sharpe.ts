import { optimizePortfolio } from "../portfolio/optimize-portfolio.ts";
import type { PortfolioSolution } from "../portfolio/solution.ts";
import type { PortfolioSpec } from "../portfolio/spec.ts";

/** A portfolio problem whose objective is the recipe's. */
export interface MaximumSharpeSpec extends Omit<PortfolioSpec, "objective"> {
  /**
   * What capital that is not invested earns, per period.
   * @defaultValue 0
   */
  readonly riskFree?: number;
}

/**
 * The portfolio of the highest ((μ − riskFree)'w − costs) ÷ √(w'Σw). Fully invested (net of 1) unless
 * `constraints.net` says otherwise; long-only by `{ weights: { min: 0 } }`.
 *
 * `certifiedGap` is how much higher the ratio of any portfolio of as much volatility could be. Where no portfolio earns
 * more than the risk-free rate, `message` says so, and of those that miss it least the one of least volatility is returned:
 * none of as much volatility or less has a higher ratio. Its shadow prices are in return, and the ratio of holding nothing
 * counts as 0. Where the ratio rises for ever as weights grow, the status is "unbounded" and `objective` what it rises to.
 *
 * @throws QuantError as {@link optimizePortfolio} does.
 */
export function maximumSharpe(spec: MaximumSharpeSpec): PortfolioSolution {
  const { riskFree = 0, constraints, ...rest } = spec;
  return optimizePortfolio({
    ...rest,
    constraints: { net: { equal: 1 }, ...constraints },
    objective: { maximize: "sharpe", riskFree },
  });
}
