import type { PortfolioProblem } from "../problem/problem.ts";
import { curvatureProduct } from "../problem/slopes.ts";
import type { BarrierLayout } from "./barrier-layout.ts";

/** Where the interior point is: variables, multipliers of rows (η) and folds (ν), slacks S and their multipliers Z. */
export interface BarrierPoint {
  readonly w: Float64Array;
  readonly eta: Float64Array;
  readonly nu: Float64Array;
  readonly S: Float64Array;
  readonly Z: Float64Array;
}

/** What is missing at a point in each of the conditions that are linear. */
export interface BarrierResiduals {
  /** γΣw + … − reward + C'prices, one a variable. */
  readonly stationarity: Float64Array;
  /** What each pair's slack should be, less what it is; folds' pairs have none of their own. */
  readonly slack: Float64Array;
  /** w − centre − P + M. */
  readonly fold: Float64Array;
  /** rate + pressure ∓ ν − Z of both parts of each fold. */
  readonly above: Float64Array;
  readonly below: Float64Array;
  /** max − a'w of rows with min = max, 0 for others. */
  readonly equality: Float64Array;
  /** The largest of all these and of Σ S Z against the size of the objective. */
  readonly worst: number;
}

export function barrierResiduals(
  problem: PortfolioProblem,
  layout: BarrierLayout,
  { w, eta, nu, S, Z }: BarrierPoint,
): BarrierResiduals {
  const { assets, reward, folds, rows, at } = layout;
  const weights = problem.lower.map((end, i) => (end < problem.upper[i]! ? 0 : end));
  for (let a = 0; a < w.length; a++) weights[assets[a]!] = w[a]!;
  const image = curvatureProduct(problem, weights);
  const stationarity = w.map((_, a) => image[assets[a]!]! - reward[a]!);
  let value = 0;
  for (let a = 0; a < w.length; a++) value += w[a]! * (0.5 * image[assets[a]!]! - reward[a]!);
  const slack = new Float64Array(S.length);
  layout.lower.forEach(({ variable, end }, k) => {
    stationarity[variable]! -= Z[k]!;
    slack[k] = w[variable]! - end - S[k]!;
  });
  layout.upper.forEach(({ variable, end }, k) => {
    stationarity[variable]! += Z[at.upper + k]!;
    slack[at.upper + k] = end - w[variable]! - S[at.upper + k]!;
  });
  const above = new Float64Array(folds.length);
  const below = new Float64Array(folds.length);
  layout.sizes.forEach((size, s) => {
    const price = Z[at.sizes + s]!;
    let rest = size.max - size.constant - S[at.sizes + s]!;
    for (let a = 0; a < w.length; a++) {
      stationarity[a]! += price * size.signs[a]!;
      rest -= size.signs[a]! * w[a]!;
    }
    for (const k of size.folds) {
      above[k]! += price;
      below[k]! += price;
      rest -= S[at.above + k]! + S[at.below + k]!;
    }
    slack[at.sizes + s] = rest;
  });
  const fold = new Float64Array(folds.length);
  folds.forEach(({ variable, centre, rateAbove, rateBelow }, k) => {
    const P = S[at.above + k]!;
    const M = S[at.below + k]!;
    stationarity[variable]! += nu[k]!;
    value += rateAbove * P + rateBelow * M;
    fold[k] = w[variable]! - centre - P + M;
    above[k]! += rateAbove - nu[k]! - Z[at.above + k]!;
    below[k]! += rateBelow + nu[k]! - Z[at.below + k]!;
  });
  const use = rows.map(({ loadings }, r) => {
    let sum = 0;
    for (let a = 0; a < w.length; a++) {
      sum += loadings[a]! * w[a]!;
      stationarity[a]! += eta[r]! * loadings[a]!;
    }
    return sum;
  });
  layout.rowMaxima.forEach((r, k) => {
    slack[at.maxima + k] = rows[r]!.max - use[r]! - S[at.maxima + k]!;
  });
  layout.rowMinima.forEach((r, k) => {
    slack[at.minima + k] = use[r]! - rows[r]!.min - S[at.minima + k]!;
  });
  const equality = Float64Array.from(rows, ({ min, max }, r) => (min === max ? max - use[r]! : 0));
  let complementarity = 0;
  for (let p = 0; p < S.length; p++) complementarity += S[p]! * Z[p]!;
  let worst = complementarity / Math.max(1, Math.abs(value));
  for (const part of [stationarity, slack, fold, above, below, equality]) {
    for (const entry of part)
      worst = Math.abs(entry) > worst || Number.isNaN(entry) ? Math.abs(entry) : worst;
  }
  return { stationarity, slack, fold, above, below, equality, worst };
}
