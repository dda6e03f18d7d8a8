import { requireKnownOptions } from "../guards/options.ts";
import { QuantError, show } from "../guards/quant-error.ts";
import type { Matrix } from "./matrix.ts";
import { type OutMatrixOptions, outputMatrix } from "./output-matrix.ts";
import { type MatrixLike, toMatrix } from "./to-matrix.ts";

function combine(
  A: MatrixLike,
  B: MatrixLike,
  options: OutMatrixOptions,
  entry: (a: number, b: number) => number,
): Matrix {
  requireKnownOptions(options, ["out"]);
  const a = toMatrix(A, "A");
  const b = toMatrix(B, "B");
  if (a.rows !== b.rows || a.columns !== b.columns) {
    throw new QuantError(
      "shape",
      `B must have the shape of A, ${a.rows}×${a.columns}, got ${b.rows}×${b.columns}`,
      { argument: "B", rows: b.rows, columns: b.columns },
    );
  }
  const result = outputMatrix(options.out, a.rows, a.columns);
  for (let k = 0; k < a.data.length; k++) result.data[k] = entry(a.data[k]!, b.data[k]!);
  return result;
}

/**
 * A + B, entry by entry. NaN and infinities propagate; `out` may be A or B.
 *
 * @throws QuantError "shape" for matrices of different shapes.
 */
export function add(A: MatrixLike, B: MatrixLike, options: OutMatrixOptions = {}): Matrix {
  return combine(A, B, options, (a, b) => a + b);
}

/**
 * A − B, entry by entry. NaN and infinities propagate; `out` may be A or B.
 *
 * @throws QuantError "shape" for matrices of different shapes.
 */
export function subtract(A: MatrixLike, B: MatrixLike, options: OutMatrixOptions = {}): Matrix {
  return combine(A, B, options, (a, b) => a - b);
}

/**
 * Every entry of A times a number. NaN and infinities propagate, the factor's too; `out` may be A.
 *
 * @throws QuantError "range" for a factor that is no number.
 */
export function scale(A: MatrixLike, factor: number, options: OutMatrixOptions = {}): Matrix {
  requireKnownOptions(options, ["out"]);
  const a = toMatrix(A, "A");
  if (typeof factor !== "number") {
    throw new QuantError("range", `factor must be a number, got ${show(factor)}`, { argument: "factor" });
  }
  const result = outputMatrix(options.out, a.rows, a.columns);
  for (let k = 0; k < a.data.length; k++) result.data[k] = a.data[k]! * factor;
  return result;
}
