import { requireKnownOptions } from "../guards/options.ts";
import { triangularSolveKernel } from "../kernels/triangular-solve.ts";
import { Matrix } from "../matrix/matrix.ts";
import { type OutMatrixOptions, outputMatrix } from "../matrix/output-matrix.ts";
import type { MatrixLike } from "../matrix/to-matrix.ts";
import { requireCholeskyFactor } from "./cholesky-factor.ts";
import {
  type RightSide,
  requireRightSide,
  type SolutionOf,
  type SolveOptions,
  solutionRoom,
} from "./right-side.ts";

/** Solves LLᵀX = B in place, for B of n×columns: first LY = B, then LᵀX = Y. */
export function solveInPlace(L: Matrix, X: Float64Array, columns: number): void {
  const triangle = { T: L.data, n: L.rows, upper: false, unit: false };
  triangularSolveKernel({ ...triangle, transpose: false }, X, columns);
  triangularSolveKernel({ ...triangle, transpose: true }, X, columns);
}

/**
 * x with LLᵀx = b, for a lower triangular L of n×n (what stands above the diagonal is not used) and b of n entries; or
 * X with LLᵀX = B, for B of n×m. A NaN or an infinity in b reaches x as arithmetic has it.
 *
 * @throws QuantError "shape" for an L that is not square or a b of another length, "not-finite" for L, "data" for a
 *   zero on L's diagonal.
 */
export function choleskySolve<B extends RightSide>(
  L: MatrixLike,
  b: B,
  options: SolveOptions<B> = {},
): SolutionOf<B> {
  requireKnownOptions(options, ["out"]);
  const factor = requireCholeskyFactor(L);
  const { data, columns } = requireRightSide("b", b, factor.rows);
  const room = solutionRoom(b, factor.rows, columns, options.out);
  room.data.set(data);
  solveInPlace(factor, room.data, columns);
  return room.solution;
}

/**
 * (LLᵀ)⁻¹ from the Cholesky factor, n×n and symmetric to the bit. To solve equations use {@link choleskySolve}, which
 * is cheaper and more accurate than a product with the inverse.
 *
 * @throws QuantError as {@link choleskySolve} does.
 */
export function choleskyInverse(L: MatrixLike, options: OutMatrixOptions = {}): Matrix {
  requireKnownOptions(options, ["out"]);
  const factor = requireCholeskyFactor(L);
  const n = factor.rows;
  const X = Matrix.identity(n);
  solveInPlace(factor, X.data, n);
  const inverse = outputMatrix(options.out, n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const value = (X.data[i * n + j]! + X.data[j * n + i]!) / 2;
      inverse.data[i * n + j] = value;
      inverse.data[j * n + i] = value;
    }
  }
  return inverse;
}
