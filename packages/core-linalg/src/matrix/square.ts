import { QuantError } from "../guards/quant-error.ts";
import type { Matrix } from "./matrix.ts";
import { type MatrixLike, toMatrix } from "./to-matrix.ts";

/** The argument as a `Matrix`, if it has as many rows as columns. */
export function requireSquareMatrix(name: string, x: MatrixLike): Matrix {
  const matrix = toMatrix(x, name);
  const { rows, columns } = matrix;
  if (rows === columns) return matrix;
  throw new QuantError("shape", `${name} must be square, got ${rows}×${columns}`, {
    argument: name,
    rows,
    columns,
  });
}
