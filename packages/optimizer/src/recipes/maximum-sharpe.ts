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
 * more than the risk-free rate the status is "stalled": the one that misses it least is returned, and `message` says so.
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
