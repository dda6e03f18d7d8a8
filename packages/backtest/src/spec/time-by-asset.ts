import { type Matrix, QuantError, type TableLike } from "@astra-quant/core-linalg";
import { requireTable } from "@astra-quant/core-linalg/guards";

/** A time × assets matrix, a panel, or a vector over time for one asset. */
export type TimeByAsset = TableLike;

/** The argument as a time × assets matrix, of the given shape if one is given. NaN passes. */
export function requireTimeByAsset(
  name: string,
  x: TimeByAsset,
  like?: { name: string; of: Matrix },
): Matrix {
  const matrix = requireTable(name, x);
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
