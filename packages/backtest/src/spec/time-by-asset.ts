import { type Matrix, QuantError, type TableLike } from "@astra-quant/core-linalg";
import { requireTable } from "@astra-quant/core-linalg/guards";

/** A time × assets matrix, a panel, or a vector over time for one asset. */
export type TimeByAsset = TableLike;

/** Rows and columns of a table that others must fit. */
export interface TableShape {
  /** How that table is called in messages. */
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
}

/** The argument as a time × assets matrix, of the given shape if one is given. NaN passes. */
export function requireTimeByAsset(name: string, x: TimeByAsset, like?: TableShape): Matrix {
  const matrix = requireTable(name, x);
  if (like && (matrix.rows !== like.rows || matrix.columns !== like.columns)) {
    const { rows, columns } = like;
    throw new QuantError(
      "shape",
      `${name} must be ${rows}×${columns} like ${like.name} (time × assets), got ${matrix.rows}×${matrix.columns}`,
      { argument: name, expected: [rows, columns], got: [matrix.rows, matrix.columns] },
    );
  }
  return matrix;
}
