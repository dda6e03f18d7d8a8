import { requireSymmetricMatrix } from "../guards/matrices.ts";
import { requireKnownOptions } from "../guards/options.ts";
import { choleskyKernel } from "../kernels/cholesky.ts";
import type { Matrix } from "../matrix/matrix.ts";
import { type OutMatrixOptions, outputMatrix } from "../matrix/output-matrix.ts";
import { requireSquareMatrix } from "../matrix/square.ts";
import type { MatrixLike } from "../matrix/to-matrix.ts";

export type CholeskyResult =
  | {
      readonly status: "ok";
      /** n×n lower triangular with A = LLᵀ, zeros above the diagonal. */
      readonly L: Matrix;
    }
  | {
      readonly status: "not-positive-definite";
      /** The first row (0-based) whose pivot is not positive beyond rounding. */
      readonly pivot: number;
    };

/**
 * The Cholesky factor of a symmetric matrix. A pivot counts as positive when it exceeds n·ε times its own diagonal
 * entry: less is what rounding leaves of zero, and a singular matrix is answered as such, never repaired. L is written
 * into `out` when that is given; what `out` holds where there is no factor is undefined.
 *
 * @throws QuantError for a matrix that is not square, not symmetric up to rounding, or not finite.
 */
export function cholesky(A: MatrixLike, options: OutMatrixOptions = {}): CholeskyResult {
  requireKnownOptions(options, ["out"]);
  const a = requireSquareMatrix("A", A);
  const n = a.rows;
  const L = outputMatrix(options.out, n, n);
  const check = (): void => {
    requireSymmetricMatrix("A", a);
  };
  const failed = choleskyKernel(a.data, n, n * Number.EPSILON, L.data, check);
  return failed > 0 ? { status: "not-positive-definite", pivot: failed - 1 } : { status: "ok", L };
}
