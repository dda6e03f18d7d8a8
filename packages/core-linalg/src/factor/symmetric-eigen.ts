import { requireSymmetricMatrix } from "../guards/matrices.ts";
import { type Spectrum, symmetricEigenKernel } from "../kernels/symmetric-eigen.ts";
import { Matrix } from "../matrix/matrix.ts";
import type { MatrixLike } from "../matrix/to-matrix.ts";
import { powerOfTwoAbove } from "../special/bits.ts";
import { largestMagnitude } from "./largest-magnitude.ts";

export interface SymmetricEigen {
  /** n eigenvalues, ascending. */
  readonly values: Float64Array;
  /** n×n; column j belongs to values[j] and has length 1. */
  readonly vectors: Matrix;
}

/** The spectrum of A ÷ scale, a power of two that brings the entries near 1, so that no square leaves the doubles. */
function scaledSpectrum(A: MatrixLike, withVectors: boolean): Spectrum & { readonly scale: number } {
  const a = requireSymmetricMatrix("A", A);
  const scale = powerOfTwoAbove(largestMagnitude(a.data));
  const scaled = a.data.map((value) => value / scale);
  const spectrum = a.rows === 0 ? undefined : symmetricEigenKernel(scaled, a.rows, withVectors);
  if (spectrum !== undefined) return { ...spectrum, scale };
  const unknown = (count: number) => new Float64Array(count).fill(Number.NaN);
  return { values: unknown(a.rows), rows: unknown(withVectors ? a.rows * a.rows : 0), scale };
}

/**
 * The n eigenvalues of a symmetric matrix, ascending, in A's unit; each within a small multiple of n · ε of the
 * largest in size. The lower triangle is read. The same bits as those of {@link symmetricEigen}, at a fraction of
 * its cost. NaN for one that no sweep settles, which is not known to happen.
 *
 * @throws QuantError for a matrix that is not square, not symmetric up to rounding, or not finite.
 */
export function symmetricEigenvalues(A: MatrixLike): Float64Array {
  const { values, scale } = scaledSpectrum(A, false);
  return values.map((value) => value * scale).sort();
}

/**
 * Eigenvalues and vectors of a symmetric matrix, by Householder reflections to a tridiagonal and implicit QL sweeps.
 * The vectors are orthonormal to a small multiple of n · ε; the sign of each is whatever the sweeps leave, always
 * the same for the same matrix. See {@link symmetricEigenvalues} for the values alone.
 *
 * @throws QuantError for a matrix that is not square, not symmetric up to rounding, or not finite.
 */
export function symmetricEigen(A: MatrixLike): SymmetricEigen {
  const { values, rows, scale } = scaledSpectrum(A, true);
  const n = values.length;
  const ascending = Int32Array.from(values, (_, j) => j).sort((i, j) => values[i]! - values[j]!);
  const vectors = new Matrix(n, n);
  for (let j = 0; j < n; j++) {
    const row = ascending[j]! * n;
    for (let i = 0; i < n; i++) vectors.data[i * n + j] = rows[row + i]!;
  }
  return { values: Float64Array.from(ascending, (j) => values[j]! * scale), vectors };
}
