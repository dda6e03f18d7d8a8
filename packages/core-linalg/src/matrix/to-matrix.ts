import { QuantError, show } from "../guards/quant-error.ts";
import { Matrix, requireEntry } from "./matrix.ts";

/** What ml-matrix's `Matrix` looks like from outside: read through `get`, so any implementation of it fits. */
export interface MlMatrixLike {
  readonly rows: number;
  readonly columns: number;
  get(i: number, j: number): number;
}

/** Everything a matrix argument may be. */
export type MatrixLike = Matrix | readonly (readonly number[])[] | readonly Float64Array[] | MlMatrixLike;

function isRows(x: unknown): x is readonly (readonly number[])[] | readonly Float64Array[] {
  return Array.isArray(x) && x.every((row) => Array.isArray(row) || row instanceof Float64Array);
}

function isSized(x: unknown): x is { rows: number; columns: number } {
  return typeof x === "object" && x !== null && "rows" in x && "columns" in x;
}

function isFlat(x: unknown): x is { rows: number; columns: number; data: Float64Array } {
  return isSized(x) && "data" in x && x.data instanceof Float64Array;
}

function isMlMatrix(x: unknown): x is MlMatrixLike {
  return isSized(x) && "get" in x && typeof x.get === "function";
}

/** True for what {@link toMatrix} takes, be its content legal or not. */
export function isMatrixLike(x: unknown): x is MatrixLike {
  return isRows(x) || isFlat(x) || isMlMatrix(x);
}

/**
 * The matrix behind `x`: our own `Matrix` as it is (also one of another copy of this package, sharing its
 * data), nested arrays and ml-matrix's `Matrix` copied. NaN passes.
 *
 * @throws QuantError "shape" for ragged rows or anything that is no matrix, "data" for an entry that is no
 *   number.
 */
export function toMatrix(x: MatrixLike, name = "matrix"): Matrix {
  if (x instanceof Matrix) return x;
  if (isRows(x)) return Matrix.fromRows(x, name);
  if (isFlat(x)) return new Matrix(x.rows, x.columns, x.data);
  if (isMlMatrix(x)) {
    const matrix = new Matrix(x.rows, x.columns);
    for (let i = 0; i < x.rows; i++) {
      for (let j = 0; j < x.columns; j++) {
        matrix.data[i * x.columns + j] = requireEntry(name, i, j, x.get(i, j));
      }
    }
    return matrix;
  }
  throw new QuantError(
    "shape",
    `${name} must be a matrix (ours, rows of numbers, or ml-matrix's), got ${show(x)}`,
    {
      argument: name,
    },
  );
}
