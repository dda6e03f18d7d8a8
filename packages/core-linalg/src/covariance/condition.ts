import { symmetricEigen } from "../factor/symmetric-eigen.ts";
import type { Matrix } from "../matrix/matrix.ts";

/** How far a covariance is from singular. */
export interface ConditionReport {
  /** Smallest eigenvalue, in squared units of the data; below zero by rounding when singular. */
  readonly smallest: number;
  /** Largest eigenvalue. */
  readonly largest: number;
  /** largest ÷ smallest; ∞ when the smallest is not above n·ε times the largest. */
  readonly number: number;
}

/** NaN throughout for a covariance that is empty or not finite. */
export function conditionReport(covariance: Matrix): ConditionReport {
  if (!covariance.data.every(Number.isFinite)) {
    return { smallest: Number.NaN, largest: Number.NaN, number: Number.NaN };
  }
  const { values } = symmetricEigen(covariance);
  const smallest = values[0] ?? Number.NaN;
  const largest = values[values.length - 1] ?? Number.NaN;
  const singular = smallest <= values.length * Number.EPSILON * largest;
  return { smallest, largest, number: singular ? Number.POSITIVE_INFINITY : largest / smallest };
}
