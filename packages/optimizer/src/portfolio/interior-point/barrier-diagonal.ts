import { scratch } from "../../scratch.ts";
import { curvatureScale } from "../active-set/state-equations.ts";
import type { PortfolioProblem } from "../problem/problem.ts";
import type { BarrierLayout } from "./barrier-layout.ts";
import type { BarrierPoint } from "./barrier-residuals.ts";

/** Keeps a block positive definite where neither risk nor any limit curves it, against the largest curvature. */
const LEAST_CURVATURE = 1e-11;

/** A_P, A_M and e of each fold, and e (A_P − A_M). */
export interface FoldParts {
  readonly above: Float64Array;
  readonly below: Float64Array;
  readonly e: Float64Array;
  readonly tilt: Float64Array;
}

function foldParts(count: number): FoldParts {
  return {
    above: scratch(count),
    below: scratch(count),
    e: scratch(count),
    tilt: scratch(count),
  };
}

/** θ + Z/S + e of each variable, what box ends and folds add to γΣ in a Newton step, with the folds' parts. */
export function diagonalOf(
  problem: PortfolioProblem,
  { assets, lower, upper, folds, at }: BarrierLayout,
  point: BarrierPoint,
): { shift: Float64Array; parts: FoldParts } {
  const { S, Z } = point;
  const { quadratic } = problem.costs;
  const least = LEAST_CURVATURE * curvatureScale(problem);
  const shift = scratch(assets.length);
  for (let a = 0; a < shift.length; a++) shift[a] = quadratic[assets[a]!]! + least;
  addRatios(shift, lower.variables, point, 0);
  addRatios(shift, upper.variables, point, at.upper);
  const parts = foldParts(folds.centres.length);
  for (let k = 0; k < parts.e.length; k++) {
    const above = S[at.above + k]! / Z[at.above + k]!;
    const below = S[at.below + k]! / Z[at.below + k]!;
    const e = 1 / (above + below);
    parts.above[k] = above;
    parts.below[k] = below;
    parts.e[k] = e;
    parts.tilt[k] = e * (above - below);
    shift[folds.variables[k]!]! += e;
  }
  return { shift, parts };
}

/** out += Z/S of the pairs from `first` on, each to its owner. */
export function addRatios(
  out: Float64Array,
  owners: Int32Array,
  { S, Z }: BarrierPoint,
  first: number,
): void {
  for (let k = 0; k < owners.length; k++) out[owners[k]!]! += Z[first + k]! / S[first + k]!;
}

/** E += 4 A_P A_M e of each fold, to every pair of the sizes that count it. */
export function addShared(
  E: Float64Array,
  { rows, sizes }: BarrierLayout,
  { above, below, e }: FoldParts,
): void {
  const count = rows.length + sizes.length;
  for (let s = 0; s < sizes.length; s++) {
    const { folds } = sizes[s]!;
    for (let other = 0; other < sizes.length; other++) {
      const { counts } = sizes[other]!;
      let sum = 0;
      for (let j = 0; j < folds.length; j++) {
        const k = folds[j]!;
        if (counts[k] === 1) sum += 4 * above[k]! * below[k]! * e[k]!;
      }
      E[(rows.length + s) * count + rows.length + other]! += sum;
    }
  }
}
