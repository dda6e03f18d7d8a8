import { symmetricEigenvalues } from "../factor/symmetric-eigen.ts";
import type { Matrix } from "../matrix/matrix.ts";

/**
 * What the eigenvalues say, up to their own rounding: all above zero, some zero, or some below it. "unknown" for a
 * matrix that is empty or not finite.
 */
export type Definiteness = "positive-definite" | "singular" | "indefinite" | "unknown";

/** How far a covariance is from singular. */
export interface ConditionReport {
  /** Smallest eigenvalue, in squared units of the data; below zero by rounding when singular. */
  readonly smallest: number;
  /** Largest eigenvalue. */
  readonly largest: number;
  /** largest ÷ smallest; ∞ when the smallest is not above n·ε times the largest. */
  readonly number: number;
  /** "indefinite" is no covariance at all: some portfolio has a negative variance. */
  readonly definiteness: Definiteness;
}

const UNKNOWN: ConditionReport = {
  smallest: Number.NaN,
  largest: Number.NaN,
  number: Number.NaN,
  definiteness: "unknown",
};

/** Zero eigenvalues come out of the eigensolver as far below zero as this many times n·ε of the largest magnitude. */
const BELOW_ZERO_BY_ROUNDING = 8;

/** NaN throughout for a covariance that is empty or not finite. */
export function conditionReport(covariance: Matrix): ConditionReport {
  if (covariance.rows === 0 || !covariance.data.every(Number.isFinite)) return UNKNOWN;
  const values = symmetricEigenvalues(covariance);
  const smallest = values[0]!;
  const largest = values[values.length - 1]!;
  const rounding = values.length * Number.EPSILON * Math.max(largest, -smallest);
  if (smallest > rounding) {
    return { smallest, largest, number: largest / smallest, definiteness: "positive-definite" };
  }
  const definiteness = smallest < -BELOW_ZERO_BY_ROUNDING * rounding ? "indefinite" : "singular";
  return { smallest, largest, number: Number.POSITIVE_INFINITY, definiteness };
}
