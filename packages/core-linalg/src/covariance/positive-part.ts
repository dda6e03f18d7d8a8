import { type SymmetricEigen, symmetricEigen } from "../factor/symmetric-eigen.ts";
import type { Matrix } from "../matrix/matrix.ts";
import { fromSpectrum } from "./spectrum.ts";

export interface PositivePart extends SymmetricEigen {
  /** Σ over the eigenvalues above zero of λ v vᵀ: the nearest positive semidefinite matrix. */
  readonly part: Matrix;
  /** How many eigenvalues are not above zero; they come first. */
  readonly below: number;
}

/** The positive part of a symmetric matrix, from whichever side of zero has fewer eigenvalues. */
export function positivePart(A: Matrix): PositivePart {
  const { values, vectors } = symmetricEigen(A);
  const n = values.length;
  const below = values.filter((value) => value <= 0).length;
  if (2 * below >= n) return { values, vectors, below, part: fromSpectrum(values, vectors, below, n) };
  const part = fromSpectrum(values, vectors, 0, below);
  for (let k = 0; k < part.data.length; k++) part.data[k] = A.data[k]! - part.data[k]!;
  return { values, vectors, below, part };
}
