import type { SamplingError } from "../var/sampling-error.ts";
import { monetaryLoss, type TailLoss } from "../var/tail-loss.ts";
import type { MonteCarloVarOptions } from "./monte-carlo-options.ts";
import type { Plan } from "./plan.ts";
import { readPlan } from "./plan.ts";
import { type Scenarios, simulateAll } from "./simulate.ts";
import { estimateTail } from "./tail-estimate.ts";

export interface MonteCarloVar extends TailLoss, SamplingError {
  readonly scenarios: number;
  /** The return at the quantile (R-7; R-5 for `sobol`, and by weight likewise), with a return's sign: −valueAtRisk. */
  readonly quantile: number;
  /** The losses in the currency of `capital`. */
  readonly monetary?: TailLoss;
  /** The simulated returns over the horizon, in the order drawn; under importance sampling those of the shifted law. */
  readonly returns?: Float64Array;
}

/** What the scenarios of a plan say. */
export function resultOf(options: MonteCarloVarOptions, plan: Plan, scenarios: Scenarios): MonteCarloVar {
  const { quantile, ...estimate } = estimateTail(plan, scenarios);
  return {
    ...estimate,
    scenarios: plan.scenarios,
    quantile,
    ...monetaryLoss(options.capital, estimate),
    ...(options.returns ? { returns: scenarios.returns } : {}),
  };
}

/**
 * Value at risk and expected shortfall of a portfolio held over `horizon` days, by simulation: correlated shocks from the
 * Cholesky factor, daily returns compounded with the weights restored every day. Positive losses, fractions of capital,
 * with the standard errors and intervals that the number of scenarios leaves.
 *
 * Since the weights are fixed, Lᵀw is formed once and a day costs one dot product. Scenario i depends on the seed and i
 * alone.
 *
 * @throws QuantError "shape" for lengths that do not fit, "not-finite" for a NaN, "range" for a number outside its rule
 *   (among them scenarios too few for the tail to hold one, which says how many are needed), "data" for a covariance that
 *   is not positive definite, "option" for options that do not go together.
 */
export function monteCarloVar(options: MonteCarloVarOptions): MonteCarloVar {
  const plan = readPlan(options);
  return resultOf(options, plan, simulateAll(plan, 0, plan.scenarios));
}
