import { requireFiniteMatrix } from "../guards/matrices.ts";
import { requireInteger } from "../guards/numbers.ts";
import { requireKnownOptions } from "../guards/options.ts";
import { QuantError } from "../guards/quant-error.ts";
import { centredProducts } from "../kernels/covariance.ts";
import { Matrix } from "../matrix/matrix.ts";
import type { MatrixLike } from "../matrix/to-matrix.ts";
import { type ConditionReport, conditionReport } from "./condition.ts";

export interface SampleCovarianceOptions {
  /** Products are divided by rows − ddof. @defaultValue 1 */
  readonly ddof?: number;
}

/** A covariance with what was learnt on the way. */
export interface CovarianceEstimate {
  /** n×n, per period of the data, in squared units of it. */
  readonly covariance: Matrix;
  /** n means, per period. */
  readonly mean: Float64Array;
  /** Rows of data behind the estimate. */
  readonly observations: number;
  /** Eigenvalues at both ends; worked out when first read. */
  readonly condition: ConditionReport;
}

/**
 * The sample covariance of a time × assets matrix of returns: Σ (x − x̄)(x − x̄)ᵀ ÷ (rows − ddof), centred before
 * it is multiplied, so a large mean costs no digits. Products beyond the doubles (values above 1e154) are ±∞ or NaN.
 *
 * @throws QuantError "not-finite" for NaN or ±∞ anywhere (drop or fill the rows first), "shape" for fewer than two
 *   rows or rows ≤ ddof.
 */
export function sampleCovariance(X: MatrixLike, options: SampleCovarianceOptions = {}): CovarianceEstimate {
  requireKnownOptions(options, ["ddof"]);
  const { ddof = 1 } = options;
  requireInteger("ddof", ddof, 0);
  const x = requireFiniteMatrix("X", X);
  const { rows: T, columns: n } = x;
  const least = Math.max(2, ddof + 1);
  if (T < least) {
    throw new QuantError("shape", `X must have at least ${least} rows for ddof ${ddof}, got ${T}`, {
      argument: "X",
      rows: T,
      least,
    });
  }
  const { means, products } = centredProducts(x.data, T, n, 1 / (T - ddof));
  const covariance = new Matrix(n, n, products);
  let condition: ConditionReport | undefined;
  return {
    covariance,
    mean: means,
    observations: T,
    get condition(): ConditionReport {
      condition ??= conditionReport(covariance);
      return condition;
    },
  };
}
