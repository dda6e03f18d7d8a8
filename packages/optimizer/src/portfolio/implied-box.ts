import type { PortfolioProblem } from "./problem.ts";

/**
 * The interval that box, gross and net together leave to each asset: |w_i| ≤ G, and w_i ≤ netMax − Σ_{j≠i} lower_j
 * (and likewise from below). Never narrower than what the limits allow.
 */
export function impliedBox(problem: PortfolioProblem): { lower: Float64Array; upper: Float64Array } {
  const { gross, netMin, netMax } = problem;
  const least = finiteSum(problem.lower);
  const greatest = finiteSum(problem.upper);
  const lower = problem.lower.map((bound, i) => Math.max(bound, -gross, netMin - greatest.without(i)));
  const upper = problem.upper.map((bound, i) => Math.min(bound, gross, netMax - least.without(i)));
  for (let i = 0; i < lower.length; i++) {
    // rounding may cross the ends of a set of one point; the asset's own box then says enough
    if (lower[i]! > upper[i]!) {
      lower[i] = problem.lower[i]!;
      upper[i] = problem.upper[i]!;
    }
  }
  return { lower, upper };
}

/** The sum of all bounds but one, when at most that one is infinite; else the infinity. */
function finiteSum(bounds: Float64Array): { without(i: number): number } {
  let sum = 0;
  let infinite = 0;
  let infinity = 0;
  for (const bound of bounds) {
    if (Number.isFinite(bound)) sum += bound;
    else {
      infinite++;
      infinity = bound;
    }
  }
  return {
    without(i) {
      if (Number.isFinite(bounds[i])) return infinite > 0 ? infinity : sum - bounds[i]!;
      return infinite > 1 ? infinity : sum;
    },
  };
}
