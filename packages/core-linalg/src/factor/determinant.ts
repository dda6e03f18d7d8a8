import { requireFiniteMatrix } from "../guards/matrices.ts";
import { requireSquareMatrix } from "../matrix/square.ts";
import type { MatrixLike } from "../matrix/to-matrix.ts";
import { log } from "../special/log.ts";
import { lu } from "./lu.ts";

/** A determinant that may lie beyond the doubles. */
export interface LogDeterminant {
  /** 0 for a singular matrix, else the determinant's sign. */
  readonly sign: -1 | 0 | 1;
  /** The natural logarithm of its magnitude; −∞ for a singular matrix. */
  readonly logMagnitude: number;
}

/** The diagonal of U times the permutation's sign; undefined for a matrix that is singular by `solve`'s rule. */
function pivots(A: MatrixLike): { diagonal: Float64Array; sign: 1 | -1 } | undefined {
  const { data, rows: n } = requireSquareMatrix("A", requireFiniteMatrix("A", A));
  const { packed, sign, singular } = lu(data, n);
  if (singular >= 0) return undefined;
  return { diagonal: Float64Array.from({ length: n }, (_, i) => packed[i * n + i]!), sign };
}

/**
 * The determinant of a square matrix, by elimination; 0 where {@link solve} would answer `singular`, 1 for a matrix of
 * 0×0. It leaves the doubles easily: {@link logDeterminant} does not.
 *
 * @throws QuantError "shape" for an A that is not square, "not-finite" for a NaN or an infinity in it.
 */
export function determinant(A: MatrixLike): number {
  const found = pivots(A);
  if (found === undefined) return 0;
  let product: number = found.sign;
  for (const pivot of found.diagonal) product *= pivot;
  return product;
}

/**
 * Sign and logarithm of the determinant of a square matrix.
 *
 * @throws QuantError as {@link determinant} does.
 */
export function logDeterminant(A: MatrixLike): LogDeterminant {
  const found = pivots(A);
  if (found === undefined) return { sign: 0, logMagnitude: Number.NEGATIVE_INFINITY };
  let sign = found.sign;
  let sum = 0;
  for (const pivot of found.diagonal) {
    if (pivot < 0) sign = sign === 1 ? -1 : 1;
    sum += log(Math.abs(pivot));
  }
  return { sign, logMagnitude: sum };
}
