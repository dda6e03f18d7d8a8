import type { PortfolioProblem } from "../../portfolio/problem/problem.ts";
import { dot } from "../../vectors.ts";

/**
 * minimise α + k Σu_s  subject to  u_s ≥ 0,  u_s + base_s + r_s'w + α ≥ 0,  lower ≤ w ≤ upper,  min ≤ a'w ≤ max for the rows,
 *
 * with k = 1/((1 − confidence) S): at its minimum over α and u it is the expected shortfall of the losses −r_s'w.
 */
export interface CvarProgram {
  /** The returns of each asset in all scenarios. */
  readonly returns: readonly Float64Array[];
  /** What is earned in each scenario whatever w is; nothing where absent. */
  readonly base?: Float64Array;
  readonly scenarios: number;
  readonly confidence: number;
  readonly limits: PortfolioProblem;
}

/** out += r_s'w, for each scenario. */
export function portfolioReturns(
  returns: readonly Float64Array[],
  w: Float64Array,
  out: Float64Array,
): Float64Array {
  let i = 0;
  for (; i + 1 < w.length; i += 2) {
    const [a, b] = [w[i]!, w[i + 1]!];
    const [p, q] = [returns[i]!, returns[i + 1]!];
    for (let s = 0; s < out.length; s++) out[s]! += a * p[s]! + b * q[s]!;
  }
  if (i < w.length) {
    const a = w[i]!;
    const p = returns[i]!;
    for (let s = 0; s < out.length; s++) out[s]! += a * p[s]!;
  }
  return out;
}

/** Σ_s y_s r_s. */
export function weightedReturns(returns: readonly Float64Array[], y: Float64Array): Float64Array {
  return Float64Array.from(returns, (r) => dot(r, y));
}
