import type { PortfolioProblem } from "../../portfolio/problem/problem.ts";

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
  for (let i = 0; i < w.length; i++) {
    const weight = w[i]!;
    if (weight === 0) continue;
    const r = returns[i]!;
    for (let s = 0; s < out.length; s++) out[s]! += weight * r[s]!;
  }
  return out;
}

/** Σ_s y_s r_s. */
export function weightedReturns(returns: readonly Float64Array[], y: Float64Array): Float64Array {
  return Float64Array.from(returns, (r) => {
    let sum = 0;
    for (let s = 0; s < y.length; s++) sum += y[s]! * r[s]!;
    return sum;
  });
}
