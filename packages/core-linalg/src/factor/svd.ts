import { Matrix as MlMatrix, SingularValueDecomposition } from "ml-matrix";
import { requireFiniteMatrix } from "../guards/matrices.ts";
import { Matrix } from "../matrix/matrix.ts";
import type { MatrixLike } from "../matrix/to-matrix.ts";
import { powerOfTwoAbove } from "../special/bits.ts";
import { largestMagnitude } from "./largest-magnitude.ts";

/** A = U diag(values) Vᵀ, with k = min(m, n) for A of m×n. */
export interface Svd {
  /** m×k, orthonormal columns. */
  readonly U: Matrix;
  /** k singular values, descending, never negative. */
  readonly values: Float64Array;
  /** n×k, orthonormal columns; the entry of largest magnitude in each (the first of equals) is positive. */
  readonly V: Matrix;
}

/** Row-major data of ours as ml-matrix's, transposed on the way where asked, every entry divided by `scale`. */
function scaled(a: Matrix, scale: number, transposed: boolean): MlMatrix {
  const { rows, columns, data } = a;
  const copy = transposed ? new MlMatrix(columns, rows) : new MlMatrix(rows, columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const value = data[i * columns + j]! / scale;
      if (transposed) copy.set(j, i, value);
      else copy.set(i, j, value);
    }
  }
  return copy;
}

/**
 * The singular value decomposition, thin (ml-matrix's, on the matrix scaled to entries near 1, so that no square leaves
 * the doubles). Signs are fixed by V, so the same matrix always has the same factors.
 *
 * @throws QuantError "not-finite" for a NaN or an infinity in A, "shape" for what is no matrix.
 */
export function svd(A: MatrixLike): Svd {
  const a = requireFiniteMatrix("A", A);
  const { rows: m, columns: n } = a;
  const k = Math.min(m, n);
  const U = new Matrix(m, k);
  const V = new Matrix(n, k);
  const values = new Float64Array(k);
  if (k === 0) return { U, values, V };
  const scale = powerOfTwoAbove(largestMagnitude(a.data));
  const wide = m < n;
  const found = new SingularValueDecomposition(scaled(a, scale, wide));
  const left = wide ? found.rightSingularVectors : found.leftSingularVectors;
  const right = wide ? found.leftSingularVectors : found.rightSingularVectors;
  const order = found.diagonal.map((_, j) => j).sort((i, j) => found.diagonal[j]! - found.diagonal[i]!);
  for (let j = 0; j < k; j++) {
    const from = order[j]!;
    values[j] = found.diagonal[from]! * scale;
    let sign = 1;
    let largest = 0;
    for (let i = 0; i < n; i++) {
      const entry = right.get(i, from);
      if (Math.abs(entry) <= largest) continue;
      largest = Math.abs(entry);
      sign = Math.sign(entry);
    }
    for (let i = 0; i < n; i++) V.data[i * k + j] = sign * right.get(i, from);
    for (let i = 0; i < m; i++) U.data[i * k + j] = sign * left.get(i, from);
  }
  return { U, values, V };
}
