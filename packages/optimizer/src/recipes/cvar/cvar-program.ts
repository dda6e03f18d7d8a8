import type { Matrix } from "@astra-quant/core-linalg";
import { matVec } from "@astra-quant/core-linalg";
import type { PortfolioProblem, PricedPortfolio } from "../../portfolio/problem/problem.ts";

/**
 * minimise over the limits  Σh_i(w_i) + max { Σ y_s loss_s : 0 ≤ y_s ≤ k_s, Σy = 1 },   loss_s = −(r_s'w + base_s)
 *
 * where k_s = probability ÷ (1 − confidence): the maximum is the expected shortfall, and y its weighting of the
 * scenarios. It equals the minimum over α of α + Σ k_s (loss_s − α)⁺.
 */
export interface CvarProgram {
  /** A row of returns each. */
  readonly scenarios: Matrix;
  /** What each scenario brings whatever w is; nothing where absent. */
  readonly base: Float64Array | undefined;
  /** k, positive and no more than 1. */
  readonly caps: Float64Array;
  /** Without risk and reward of their own. */
  readonly limits: PortfolioProblem;
}

/** A portfolio, its prices, and the weighting of the scenarios that speaks against every better one. */
export interface CvarPoint extends PricedPortfolio {
  readonly shares: Float64Array;
}

/** What w loses in each scenario. */
export function lossesOf({ scenarios, base }: CvarProgram, w: Float64Array): Float64Array {
  const losses = matVec(scenarios, w);
  for (let s = 0; s < losses.length; s++) losses[s] = -(losses[s]! + (base === undefined ? 0 : base[s]!));
  return losses;
}
