import { dot, largest, largestProduct } from "../vectors.ts";
import { dropInfiniteSides, supportFunction } from "./row-sides.ts";
import type { ScaledProblem } from "./scaling.ts";

const NO_DIRECTION = 1e-30;

/**
 * True when δy proves that no x meets the rows: A'δy = 0 while the rows' support function is negative along it.
 * Takes from δy, in place, what presses against infinite sides.
 */
export function provesPrimalInfeasible(
  problem: ScaledProblem,
  deltaY: Float64Array,
  tolerance: number,
  scaledTerms: boolean,
  work: Float64Array,
): boolean {
  const { A, l, u, E, inverseD } = problem;
  dropInfiniteSides(deltaY, l, u);
  const norm = scaledTerms ? largest(deltaY) : largestProduct(deltaY, E);
  if (!(norm > NO_DIRECTION)) return false;
  if (!(supportFunction(deltaY, l, u) < 0)) return false;
  A.multiplyTransposed(deltaY, { out: work });
  const image = scaledTerms ? largest(work) : largestProduct(work, inverseD);
  return image < tolerance * norm;
}

/** True when δx proves the objective unbounded: it falls along δx for ever, and no row ends it. */
export function provesDualInfeasible(
  problem: ScaledProblem,
  deltaX: Float64Array,
  tolerance: number,
  scaledTerms: boolean,
  variables: Float64Array,
  rows: Float64Array,
): boolean {
  const { P, A, q, l, u, D, inverseD, inverseE, c } = problem;
  const norm = scaledTerms ? largest(deltaX) : largestProduct(deltaX, D);
  if (!(norm > NO_DIRECTION)) return false;
  if (!(dot(q, deltaX) < 0)) return false;
  P.multiplySymmetric(deltaX, { out: variables });
  const curvature = scaledTerms ? largest(variables) : largestProduct(variables, inverseD);
  if (!(curvature < (scaledTerms ? 1 : c) * tolerance * norm)) return false;
  A.multiply(deltaX, { out: rows });
  const allowed = tolerance * norm;
  for (let i = 0; i < rows.length; i++) {
    const change = scaledTerms ? rows[i]! : inverseE[i]! * rows[i]!;
    if (u[i]! < Number.POSITIVE_INFINITY && !(change <= allowed)) return false;
    if (l[i]! > Number.NEGATIVE_INFINITY && !(change >= -allowed)) return false;
  }
  return true;
}
