import { requireFiniteMatrix } from "../guards/matrices.ts";
import { QuantError } from "../guards/quant-error.ts";
import type { Matrix } from "../matrix/matrix.ts";
import type { MatrixLike } from "../matrix/to-matrix.ts";

/** The argument `cholesky` as a square matrix; what stands above its diagonal is not read. */
export function requireCholeskyArgument(cholesky: MatrixLike): Matrix {
  const L = requireFiniteMatrix("cholesky", cholesky);
  if (L.rows === L.columns) return L;
  throw new QuantError("shape", `cholesky must be square, got ${L.rows}×${L.columns}`, {
    argument: "cholesky",
    rows: L.rows,
    columns: L.columns,
  });
}
