import { requireAssetPlan, unitContributions } from "../simulation/asset-paths.ts";
import type { MonteCarloVarOptions } from "../simulation/monte-carlo-options.ts";
import { readPlan } from "../simulation/plan.ts";
import {
  decomposeScenarios,
  type ScenarioComponentVarOptions,
  type ScenarioDecomposition,
} from "./scenario-component-var.ts";

export interface MonteCarloComponentVarOptions
  extends MonteCarloVarOptions,
    Pick<ScenarioComponentVarOptions, "measure" | "bandwidth"> {}

/**
 * {@link monteCarloVar} position by position, from the same scenarios. Over several days a position's part of a path is
 * its daily P&L on the portfolio's value of that day, so that the parts add up to the compounded return. The incremental
 * risk takes that P&L out of each path.
 *
 * @throws QuantError as {@link monteCarloVar}; "option" for a sampling other than independent or one shock a portfolio,
 *   "range" for more than 2²⁶ scenarios × assets.
 */
export function monteCarloComponentVar(options: MonteCarloComponentVarOptions): ScenarioDecomposition {
  const { measure, bandwidth, ...simulation } = options ?? {};
  const plan = readPlan(simulation as MonteCarloVarOptions);
  requireAssetPlan(plan, plan.scenarios * plan.L.rows, "a decomposition");
  return decomposeScenarios(unitContributions(plan), plan.weights, plan.alpha, {
    ...(measure === undefined ? {} : { measure }),
    ...(bandwidth === undefined ? {} : { bandwidth }),
    ...(options.capital === undefined ? {} : { capital: options.capital }),
  });
}
