import { QuantError, show } from "../guards/quant-error.ts";
import { Matrix } from "./matrix.ts";

/** An options object that holds nothing but a matrix to write the result into. */
export interface OutMatrixOptions {
  /** Where the result goes, of its shape; it must not share its data with an argument. Without it a new matrix is made. */
  readonly out?: Matrix;
}

/** The matrix to write a result of rows×columns into: `out` when given (its shape is checked), else a new one. */
export function outputMatrix(out: Matrix | undefined, rows: number, columns: number): Matrix {
  if (out === undefined) return new Matrix(rows, columns);
  const given = out as Partial<Matrix> | null;
  const isMatrix = given?.data instanceof Float64Array;
  if (isMatrix && given.rows === rows && given.columns === columns) return out;
  const got = isMatrix ? `${given.rows}×${given.columns}` : show(out);
  throw new QuantError("shape", `out must be a Matrix of ${rows}×${columns}, got ${got}`, {
    argument: "out",
  });
}

/** As {@link outputMatrix}, and its entries not those of an argument, which would change while it is read. */
export function separateOutput(
  out: Matrix | undefined,
  rows: number,
  columns: number,
  inputs: Readonly<Record<string, Matrix>>,
): Matrix {
  const result = outputMatrix(out, rows, columns);
  for (const [name, input] of Object.entries(inputs)) {
    if (input.data !== result.data) continue;
    throw new QuantError("data", `out must not share its data with ${name}`, { argument: "out" });
  }
  return result;
}
