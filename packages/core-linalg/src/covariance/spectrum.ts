import { symmetricEigen } from "../factor/symmetric-eigen.ts";
import { QuantError } from "../guards/quant-error.ts";
import { Matrix } from "../matrix/matrix.ts";
import type { MatrixLike } from "../matrix/to-matrix.ts";
import { correlation } from "./correlation.ts";

/** A correlation matrix by its eigenvectors, and the volatilities that make it a covariance. */
export interface Spectrum {
  readonly correlation: Matrix;
  readonly volatility: Float64Array;
  /** n eigenvalues of the correlation, ascending; their sum is n. */
  readonly values: Float64Array;
  /** n×n; column j belongs to values[j]. */
  readonly vectors: Matrix;
}

export function spectrumOf(covariance: MatrixLike): Spectrum {
  const split = correlation(covariance);
  const still = split.volatility.indexOf(0);
  if (still >= 0) {
    throw new QuantError("data", `asset ${still} has no variance, so no correlation with the others`, {
      asset: still,
    });
  }
  return { ...split, ...symmetricEigen(split.correlation) };
}

/** Σ_j values[j] v_j v_jᵀ over columns [from, to) of the vectors; symmetric to the bit. */
export function fromSpectrum(values: Float64Array, vectors: Matrix, from: number, to: number): Matrix {
  const n = vectors.rows;
  const result = new Matrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k <= i; k++) {
      let sum = 0;
      for (let j = from; j < to; j++) {
        sum += values[j]! * (vectors.data[i * n + j]! * vectors.data[k * n + j]!);
      }
      result.data[i * n + k] = sum;
      result.data[k * n + i] = sum;
    }
  }
  return result;
}

/**
 * D^−½ A D^−½ with D the diagonal of A, ones on its diagonal. A diagonal entry that is zero up to rounding (against 1)
 * leaves zeros beside its one.
 */
export function withUnitDiagonal(A: Matrix): Matrix {
  const n = A.rows;
  const scale = Float64Array.from({ length: n }, (_, i) => {
    const variance = A.data[i * n + i]!;
    return variance > n * Number.EPSILON ? 1 / Math.sqrt(variance) : 0;
  });
  const result = Matrix.identity(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const value = A.data[i * n + j]! * (scale[i]! * scale[j]!);
      result.data[i * n + j] = value;
      result.data[j * n + i] = value;
    }
  }
  return result;
}

/** σ_i σ_j c_ij, from the lower triangle. */
export function scaledBy(volatility: Float64Array, correlation: Matrix): Matrix {
  const n = volatility.length;
  const result = new Matrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const value = correlation.data[i * n + j]! * (volatility[i]! * volatility[j]!);
      result.data[i * n + j] = value;
      result.data[j * n + i] = value;
    }
  }
  return result;
}
