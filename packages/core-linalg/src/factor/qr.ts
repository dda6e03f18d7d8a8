import { requireFiniteMatrix } from "../guards/matrices.ts";
import { requireNonNegative } from "../guards/numbers.ts";
import { requireKnownOptions, requireOneOf } from "../guards/options.ts";
import { Matrix } from "../matrix/matrix.ts";
import type { MatrixLike } from "../matrix/to-matrix.ts";
import { multiplyByQ, type Reflections, reflections, triangularRank } from "./householder.ts";
import { defaultTolerance } from "./singular-values.ts";

export interface QrOptions {
  /** "thin": Q is m×k and R is k×n with k = min(m, n); "full": Q is m×m and R is m×n. @defaultValue "thin" */
  readonly mode?: "thin" | "full";
  /** Take the longest remaining column next, so that R's diagonal falls and shows the rank. @defaultValue false */
  readonly pivoting?: boolean;
  /**
   * Diagonal entries of R up to this fraction of the first count as zero in the rank; with pivoting only.
   * @defaultValue max(rows, columns) · ε
   */
  readonly tolerance?: number;
}

export interface Qr {
  /** Orthonormal columns. */
  readonly Q: Matrix;
  /** Zeros below the diagonal, nothing negative on it. */
  readonly R: Matrix;
}

/** A[:, permutation] = QR. */
export interface PivotedQr extends Qr {
  /** permutation[j] is the column of A that stands j-th. */
  readonly permutation: Int32Array;
  /** The numerical rank that R's diagonal shows. */
  readonly rank: number;
}

/**
 * A = QR by Householder's reflections, for A of m×n. R's diagonal is never negative, which makes the factors of a
 * matrix of full column rank the only ones.
 *
 * @throws QuantError "not-finite" for a NaN or an infinity in A, "option" for an unknown mode, "range" for a negative
 *   tolerance.
 */
export function qr(A: MatrixLike, options: QrOptions & { readonly pivoting: true }): PivotedQr;
export function qr(A: MatrixLike, options?: QrOptions): Qr;
export function qr(A: MatrixLike, options: QrOptions = {}): Qr | PivotedQr {
  requireKnownOptions(options, ["mode", "pivoting", "tolerance"]);
  const { rows: m, columns: n, data } = requireFiniteMatrix("A", A);
  const { mode = "thin", pivoting = false, tolerance = defaultTolerance(m, n) } = options;
  requireOneOf("mode", mode, ["thin", "full"]);
  requireNonNegative("tolerance", tolerance);
  const found = reflections(data, m, n, pivoting);
  const factors = formFactors(found, mode === "full" ? m : Math.min(m, n));
  if (!pivoting) return factors;
  return { ...factors, permutation: found.permutation, rank: triangularRank(found, tolerance) };
}

/** Q of m×k and R of k×n, with the signs that make R's diagonal non-negative. */
function formFactors(found: Reflections, k: number): Qr {
  const { m, n, packed } = found;
  const Q = new Matrix(m, k);
  for (let j = 0; j < k; j++) Q.data[j * k + j] = 1;
  multiplyByQ(found, Q.data, k);
  const R = new Matrix(k, n);
  for (let i = 0; i < Math.min(k, n); i++) {
    const negative = packed[i * n + i]! < 0;
    for (let j = i; j < n; j++) R.data[i * n + j] = negative ? 0 - packed[i * n + j]! : packed[i * n + j]!;
    if (negative) for (let row = 0; row < m; row++) Q.data[row * k + i] = 0 - Q.data[row * k + i]!;
  }
  return { Q, R };
}
