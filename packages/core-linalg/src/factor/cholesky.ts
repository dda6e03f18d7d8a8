import { requireFiniteMatrix, requireSymmetricMatrix } from "../guards/matrices.ts";
import { QuantError } from "../guards/quant-error.ts";
import { requireVector, type VectorLike } from "../guards/vectors.ts";
import { choleskyKernel } from "../kernels/cholesky.ts";
import { Matrix } from "../matrix/matrix.ts";
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
 * entry: less is what rounding leaves of zero, and a singular matrix is answered as such, never repaired.
 *
 * @throws QuantError for a matrix that is not square, not symmetric up to rounding, or not finite.
 */
export function cholesky(A: MatrixLike): CholeskyResult {
  const a = requireSymmetricMatrix("A", A);
  const n = a.rows;
  const { L, failed } = choleskyKernel(a.data, n, n * Number.EPSILON);
  if (failed > 0) return { status: "not-positive-definite", pivot: failed - 1 };
  return { status: "ok", L: new Matrix(n, n, L) };
}

/**
 * x with LLᵀx = b, for a lower triangular L of n×n (what stands above the diagonal is not read) and b of n entries. A
 * NaN or an infinity in b reaches x as arithmetic has it.
 *
 * @throws QuantError "shape" for an L that is not square or a b of another length, "not-finite" for L, "data" for a
 *   zero on L's diagonal.
 */
export function choleskySolve(L: MatrixLike, b: VectorLike): Float64Array {
  const factor = requireFiniteMatrix("L", L);
  const n = factor.rows;
  if (n !== factor.columns) {
    throw new QuantError("shape", `L must be square, got ${n}×${factor.columns}`, {
      rows: n,
      columns: factor.columns,
    });
  }
  const l = factor.data;
  for (let i = 0; i < n; i++) {
    if (l[i * n + i] !== 0) continue;
    throw new QuantError("data", `L[${i}][${i}] must not be zero: LLᵀ is singular`, {
      argument: "L",
      row: i,
    });
  }
  const x = requireVector("b", b, n).slice();
  for (let i = 0; i < n; i++) {
    let sum = x[i]!;
    for (let k = 0; k < i; k++) sum -= l[i * n + k]! * x[k]!;
    x[i] = sum / l[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    const value = x[i]! / l[i * n + i]!;
    x[i] = value;
    for (let k = 0; k < i; k++) x[k]! -= l[i * n + k]! * value;
  }
  return x;
}
