import { requireFiniteMatrix } from "../guards/matrices.ts";
import { Matrix } from "../matrix/matrix.ts";
import type { MatrixLike } from "../matrix/to-matrix.ts";
import { powerOfTwoAbove } from "../special/bits.ts";
import { type CovarianceEstimate, withCondition } from "./covariance-estimate.ts";
import { largestMagnitude } from "./norms.ts";
import { requireRows, sampleCovariance } from "./sample-covariance.ts";

/** A covariance drawn from the sample's towards one of a simple structure. */
export interface ShrunkCovariance extends CovarianceEstimate {
  /** In [0, 1]: the covariance is (1 − shrinkage) × sample + shrinkage × target, the sample's with ddof 0. */
  readonly shrinkage: number;
  /** n×n, what it is drawn towards. */
  readonly target: Matrix;
}

/**
 * What every shrinkage starts from, in a unit in which no fourth power leaves the doubles: a power of two, so that
 * nothing is rounded.
 */
export interface CentredSample {
  /** T×n: the rows about their mean. */
  readonly centred: Matrix;
  /** n×n, with ddof 0. */
  readonly covariance: Matrix;
  readonly mean: Float64Array;
  readonly unit: number;
}

export function centredSample(X: MatrixLike): CentredSample {
  const { rows, columns, data } = requireFiniteMatrix("X", requireRows(X, 2, ""));
  const unit = powerOfTwoAbove(largestMagnitude(data));
  const scaled = new Float64Array(data.length);
  for (let k = 0; k < data.length; k++) scaled[k] = data[k]! / unit;
  const { covariance, mean } = sampleCovariance(new Matrix(rows, columns, scaled), { ddof: 0 });
  for (let t = 0, k = 0; t < rows; t++) for (let j = 0; j < columns; j++, k++) scaled[k]! -= mean[j]!;
  return { centred: new Matrix(rows, columns, scaled), covariance, mean, unit };
}

/** Brought into [0, 1]; 0 for the 0 ÷ 0 of a sample that equals its target. */
export function withinUnit(intensity: number): number {
  return Number.isNaN(intensity) ? 0 : Math.min(1, Math.max(0, intensity));
}

/** The estimate, back in the unit of the data. */
export function shrink(
  { centred, covariance: sample, mean, unit }: CentredSample,
  target: Matrix,
  shrinkage: number,
): ShrunkCovariance {
  const n = sample.rows;
  const covariance = new Matrix(n, n);
  const towards = new Matrix(n, n);
  for (let k = 0; k < n * n; k++) {
    const aim = target.data[k]!;
    covariance.data[k] = ((1 - shrinkage) * sample.data[k]! + shrinkage * aim) * unit * unit;
    towards.data[k] = aim * unit * unit;
  }
  return withCondition({
    covariance,
    mean: mean.map((value) => value * unit),
    observations: centred.rows,
    shrinkage,
    target: towards,
  });
}

/** The mean of the variances on the diagonal, zeros beside it. */
export function scaledIdentity(covariance: Matrix): Matrix {
  const n = covariance.rows;
  let trace = 0;
  for (let i = 0; i < n; i++) trace += covariance.data[i * n + i]!;
  const target = new Matrix(n, n);
  for (let i = 0; i < n; i++) target.data[i * n + i] = trace / n;
  return target;
}
