import { EigenvalueDecomposition, Matrix as MlMatrix } from "ml-matrix";
import { requireSymmetricMatrix } from "../guards/matrices.ts";
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

/**
 * Eigenvalues and vectors of a symmetric matrix (ml-matrix's tridiagonal QL, on the matrix scaled to entries near 1,
 * so that no square leaves the doubles).
 *
 * @throws QuantError for a matrix that is not square, not symmetric up to rounding, or not finite.
 */
export function symmetricEigen(A: MatrixLike): SymmetricEigen {
  const a = requireSymmetricMatrix("A", A);
  const n = a.rows;
  if (n === 0) return { values: new Float64Array(0), vectors: new Matrix(0, 0) };
  const scale = powerOfTwoAbove(largestMagnitude(a.data));
  const rows = Array.from({ length: n }, (_, i) => a.data.slice(i * n, (i + 1) * n).map((v) => v / scale));
  const decomposition = new EigenvalueDecomposition(new MlMatrix(rows), { assumeSymmetric: true });
  const found = decomposition.realEigenvalues;
  const ascending = found.map((_, j) => j).sort((i, j) => found[i]! - found[j]!);
  const vectors = new Matrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++)
      vectors.data[i * n + j] = decomposition.eigenvectorMatrix.get(i, ascending[j]!);
  }
  return { values: Float64Array.from(ascending, (j) => found[j]! * scale), vectors };
}
