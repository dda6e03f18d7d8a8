import { scratch, scratchCopy } from "../../scratch.ts";
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

export function emptyPoint({ assets, rows, folds, pairs }: BarrierLayout): BarrierPoint {
  return {
    w: scratch(assets.length),
    eta: scratch(rows.length),
    nu: scratch(folds.centres.length),
    S: scratch(pairs),
    Z: scratch(pairs),
  };
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
  const { assets, reward, lower, upper, folds, rows, sizes, rowMaxima, rowMinima, at } = layout;
  const weights = scratchCopy(problem.lower);
  for (let a = 0; a < w.length; a++) weights[assets[a]!] = w[a]!;
  const image = curvatureProduct(problem, weights);
  const stationarity = scratch(w.length);
  let value = 0;
  for (let a = 0; a < w.length; a++) {
    const slope = image[assets[a]!]!;
    stationarity[a] = slope - reward[a]!;
    value += w[a]! * (0.5 * slope - reward[a]!);
  }
  const slack = scratch(S.length);
  for (let k = 0; k < lower.ends.length; k++) {
    const variable = lower.variables[k]!;
    stationarity[variable]! -= Z[k]!;
    slack[k] = w[variable]! - lower.ends[k]! - S[k]!;
  }
  for (let k = 0; k < upper.ends.length; k++) {
    const variable = upper.variables[k]!;
    stationarity[variable]! += Z[at.upper + k]!;
    slack[at.upper + k] = upper.ends[k]! - w[variable]! - S[at.upper + k]!;
  }
  const count = folds.centres.length;
  const above = scratch(count);
  const below = scratch(count);
  for (let s = 0; s < sizes.length; s++) {
    const size = sizes[s]!;
    const price = Z[at.sizes + s]!;
    let rest = size.max - size.constant - S[at.sizes + s]!;
    for (let a = 0; a < w.length; a++) {
      stationarity[a]! += price * size.signs[a]!;
      rest -= size.signs[a]! * w[a]!;
    }
    for (let j = 0; j < size.folds.length; j++) {
      const k = size.folds[j]!;
      above[k]! += price;
      below[k]! += price;
      rest -= S[at.above + k]! + S[at.below + k]!;
    }
    slack[at.sizes + s] = rest;
  }
  const fold = scratch(count);
  for (let k = 0; k < count; k++) {
    const variable = folds.variables[k]!;
    const P = S[at.above + k]!;
    const M = S[at.below + k]!;
    stationarity[variable]! += nu[k]!;
    value += folds.ratesAbove[k]! * P + folds.ratesBelow[k]! * M;
    fold[k] = w[variable]! - folds.centres[k]! - P + M;
    above[k]! += folds.ratesAbove[k]! - nu[k]! - Z[at.above + k]!;
    below[k]! += folds.ratesBelow[k]! + nu[k]! - Z[at.below + k]!;
  }
  const equality = scratch(rows.length);
  const use = scratch(rows.length);
  for (let r = 0; r < rows.length; r++) {
    const { loadings, min, max } = rows[r]!;
    const price = eta[r]!;
    let sum = 0;
    for (let a = 0; a < w.length; a++) {
      sum += loadings[a]! * w[a]!;
      stationarity[a]! += price * loadings[a]!;
    }
    use[r] = sum;
    if (min === max) equality[r] = max - sum;
  }
  for (let k = 0; k < rowMaxima.length; k++) {
    const r = rowMaxima[k]!;
    slack[at.maxima + k] = rows[r]!.max - use[r]! - S[at.maxima + k]!;
  }
  for (let k = 0; k < rowMinima.length; k++) {
    const r = rowMinima[k]!;
    slack[at.minima + k] = use[r]! - rows[r]!.min - S[at.minima + k]!;
  }
  let complementarity = 0;
  for (let p = 0; p < S.length; p++) complementarity += S[p]! * Z[p]!;
  let worst = complementarity / Math.max(1, Math.abs(value));
  for (const part of [stationarity, slack, fold, above, below, equality]) {
    for (let k = 0; k < part.length; k++) {
      const size = Math.abs(part[k]!);
      if (size > worst || Number.isNaN(size)) worst = size;
    }
  }
  return { stationarity, slack, fold, above, below, equality, worst };
}
