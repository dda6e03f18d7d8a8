import { requireNonNegative } from "../guards/numbers.ts";
import { requireKnownOptions } from "../guards/options.ts";
import type { Matrix } from "../matrix/matrix.ts";
import { outputMatrix } from "../matrix/output-matrix.ts";
import type { MatrixLike } from "../matrix/to-matrix.ts";
import { svd } from "./svd.ts";

export interface RankOptions {
  /**
   * Singular values up to this fraction of the largest count as zero. @defaultValue max(rows, columns) · ε
   */
  readonly tolerance?: number;
}

export interface PseudoInverseOptions extends RankOptions {
  /** Where the inverse goes, n×m for a matrix of m×n. Without it a new matrix is made. */
  readonly out?: Matrix;
}

export interface PseudoInverse {
  /** n×m for a matrix of m×n. */
  readonly inverse: Matrix;
  /** How many singular values were inverted. */
  readonly rank: number;
}

/** What of the largest singular value of an m×n matrix rounding can fake. */
export function defaultTolerance(m: number, n: number): number {
  return Math.max(m, n) * Number.EPSILON;
}

/** How many of the descending values lie above `tolerance` times the first. */
export function countAbove(values: Float64Array, tolerance: number): number {
  const least = tolerance * (values[0] ?? 0);
  let count = 0;
  while (count < values.length && values[count]! > least) count++;
  return count;
}

/**
 * The numerical rank of a matrix, by its singular values.
 *
 * @throws QuantError "not-finite" for a NaN or an infinity in A, "range" for a negative tolerance.
 */
export function rank(A: MatrixLike, options: RankOptions = {}): number {
  requireKnownOptions(options, ["tolerance"]);
  const { values, U, V } = svd(A);
  const { tolerance = defaultTolerance(U.rows, V.rows) } = options;
  return countAbove(values, requireNonNegative("tolerance", tolerance));
}

/**
 * The largest singular value ÷ the smallest; ∞ when the smallest is not above max(rows, columns) · ε times the largest,
 * and NaN for a matrix without entries.
 *
 * @throws QuantError "not-finite" for a NaN or an infinity in A.
 */
export function conditionNumber(A: MatrixLike): number {
  const { values, U, V } = svd(A);
  if (values.length === 0) return Number.NaN;
  const full = countAbove(values, defaultTolerance(U.rows, V.rows)) === values.length;
  return full ? values[0]! / values[values.length - 1]! : Number.POSITIVE_INFINITY;
}

/**
 * The Moore–Penrose inverse, by the singular values that count; of a singular matrix it gives the shortest of the
 * nearest answers.
 *
 * @throws QuantError "not-finite" for a NaN or an infinity in A, "range" for a negative tolerance, "shape" for `out`.
 */
export function pseudoInverse(A: MatrixLike, options: PseudoInverseOptions = {}): PseudoInverse {
  requireKnownOptions(options, ["tolerance", "out"]);
  const { values, U, V } = svd(A);
  const { tolerance = defaultTolerance(U.rows, V.rows), out } = options;
  const count = countAbove(values, requireNonNegative("tolerance", tolerance));
  const [m, n, k] = [U.rows, V.rows, values.length];
  const inverse = outputMatrix(out, n, m);
  // A⁺ = V diag(1 ÷ σ) Uᵀ
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < m; j++) {
      let sum = 0;
      for (let s = 0; s < count; s++) sum += (V.data[i * k + s]! / values[s]!) * U.data[j * k + s]!;
      inverse.data[i * m + j] = sum;
    }
  }
  return { inverse, rank: count };
}
