import { optimizePortfolio } from "../portfolio/optimize-portfolio.ts";
import type { PortfolioSolution } from "../portfolio/solution.ts";
import type { PortfolioSpec } from "../portfolio/spec.ts";

/** A portfolio problem whose objective is the recipe's. */
export interface TargetVolatilitySpec extends Omit<PortfolioSpec, "objective"> {
  /** The most that √(w'Σw) may be, per period; ≥ 0. */
  readonly volatility: number;
}

/**
 * The portfolio of the most return after costs whose volatility is at most the target; "volatility.max" is among the
 * binding limits when it is reached, with the return that a unit more of it would bring. Fully invested (net of 1) unless
 * `constraints.net` says otherwise.
 *
 * @throws QuantError as {@link optimizePortfolio} does.
 */
export function targetVolatility(spec: TargetVolatilitySpec): PortfolioSolution {
  const { volatility, constraints, ...rest } = spec;
  return optimizePortfolio({
    ...rest,
    constraints: { net: { equal: 1 }, ...constraints, volatility: { max: volatility } },
    objective: { maximize: "return" },
  });
}
