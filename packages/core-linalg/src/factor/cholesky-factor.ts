import { requireFiniteMatrix } from "../guards/matrices.ts";
import { QuantError } from "../guards/quant-error.ts";
import type { Matrix } from "../matrix/matrix.ts";
import { requireSquareMatrix } from "../matrix/square.ts";
import type { MatrixLike } from "../matrix/to-matrix.ts";

/** The argument as a factor L of a matrix LLᵀ that can be inverted: square, finite, no zero on its diagonal. */
export function requireCholeskyFactor(L: MatrixLike): Matrix {
  const factor = requireSquareMatrix("L", requireFiniteMatrix("L", L));
  const n = factor.rows;
  for (let i = 0; i < n; i++) {
    if (factor.data[i * n + i] !== 0) continue;
    throw new QuantError("data", `L[${i}][${i}] must not be zero: LLᵀ is singular`, {
      argument: "L",
      row: i,
    });
  }
  return factor;
}
