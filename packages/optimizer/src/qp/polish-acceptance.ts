import { largest } from "../vectors.ts";
import { shortfall } from "./optimality.ts";
import type { CheckedProblem } from "./problem.ts";
import type { Quality } from "./quality.ts";
import type { Residuals } from "./residuals.ts";

const RESIDUAL_AS_GOOD_AS_ZERO = 1e-10;

/** The reference's rule: both residuals fall, or one falls while the other was as good as zero before. */
export function isBetterByResiduals(after: Residuals, primalBefore: number, dualBefore: number): boolean {
  const primal = after.primal < primalBefore;
  const dual = after.dual < dualBefore;
  return (
    (primal && dual) ||
    (primal && dualBefore < RESIDUAL_AS_GOOD_AS_ZERO) ||
    (dual && primalBefore < RESIDUAL_AS_GOOD_AS_ZERO)
  );
}

/** Violation, stationarity and gap together, each against its scale, must fall. */
export function isStrictlyBetter(
  { l, u, q }: CheckedProblem,
  activeRows: Int32Array,
  candidate: Quality,
  before: Quality,
): boolean {
  let boundScale = 0;
  for (const i of activeRows) {
    for (const bound of [l[i]!, u[i]!]) {
      if (Number.isFinite(bound)) boundScale = Math.max(boundScale, Math.abs(bound));
    }
  }
  const costScale = largest(q);
  return shortfall(candidate, boundScale, costScale) < shortfall(before, boundScale, costScale);
}
