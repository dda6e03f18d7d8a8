import { Matrix, type MatrixLike, QuantError, type VectorLike } from "@astra-quant/core-linalg";
import { isVector, requireMatrix, requireVector } from "@astra-quant/core-linalg/guards";

/** A time × assets matrix, or a vector over time for one asset. */
export type TimeByAsset = MatrixLike | VectorLike;

/** The argument as a time × assets matrix, of the given shape if one is given. NaN passes. */
export function requireTimeByAsset(
  name: string,
  x: TimeByAsset,
  like?: { name: string; of: Matrix },
): Matrix {
  const isSeries = isVector(x);
  const vector = isSeries ? requireVector(name, x) : undefined;
  const matrix = vector ? new Matrix(vector.length, 1, vector) : requireMatrix(name, x as MatrixLike);
  if (like && (matrix.rows !== like.of.rows || matrix.columns !== like.of.columns)) {
    const { rows, columns } = like.of;
    throw new QuantError(
      "shape",
      `${name} must be ${rows}×${columns} like ${like.name} (time × assets), got ${matrix.rows}×${matrix.columns}`,
      { argument: name, expected: [rows, columns], got: [matrix.rows, matrix.columns] },
    );
  }
  return matrix;
}
