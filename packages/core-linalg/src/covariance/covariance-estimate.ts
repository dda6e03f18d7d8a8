import type { Matrix } from "../matrix/matrix.ts";
import { type ConditionReport, conditionReport } from "./condition.ts";

/** A covariance and how far it is from singular. */
export interface ConditionedCovariance {
  /** n×n, per period of the data, in squared units of it; symmetric to the bit. */
  readonly covariance: Matrix;
  /** Eigenvalues at both ends; worked out when first read. */
  readonly condition: ConditionReport;
}

/** A covariance estimated from rows of data, with what was learnt on the way. */
export interface CovarianceEstimate extends ConditionedCovariance {
  /** n means, per period. */
  readonly mean: Float64Array;
  /** Rows of data behind the estimate. */
  readonly observations: number;
}

/** The fields, with a condition report that is worked out when it is first read. */
export function withCondition<Fields extends { readonly covariance: Matrix }>(
  fields: Fields,
): Fields & ConditionedCovariance {
  let report: ConditionReport | undefined;
  const condition: PropertyDescriptor = {
    enumerable: true,
    get: () => (report ??= conditionReport(fields.covariance)),
  };
  return Object.defineProperty(fields, "condition", condition) as Fields & ConditionedCovariance;
}
