import {
  Matrix,
  type MatrixLike,
  Panel,
  QuantError,
  type TableLike,
  type TableOf,
} from "@astra-quant/core-linalg";
import { isVector, outputVector, requireMatrix, requireVector, show } from "@astra-quant/core-linalg/guards";

function isPanel(x: TableLike): x is Panel {
  return typeof x === "object" && x !== null && "index" in x && "values" in x;
}

/** The time × assets view of x, a vector being one asset. Shares the caller's data where it can. */
export function requireTable(name: string, x: TableLike): Matrix {
  if (isPanel(x)) return requireMatrix(name, x.values);
  if (!isVector(x)) return requireMatrix(name, x as MatrixLike);
  const vector = requireVector(name, x);
  return new Matrix(vector.length, 1, vector);
}

/** As {@link requireTable}, with as many rows and columns as its partner. */
export function requireTableLike(name: string, x: TableLike, partner: string, shape: Matrix): Matrix {
  const table = requireTable(name, x);
  if (table.rows === shape.rows && table.columns === shape.columns) return table;
  throw new QuantError(
    "shape",
    `${name} must have the shape of ${partner}, ${shape.rows}×${shape.columns}, got ${table.rows}×${table.columns}`,
    { argument: name, rows: table.rows, columns: table.columns },
  );
}

function intoOut(values: Matrix, out: TableLike): TableLike {
  const target = isPanel(out) ? out.values : (out as Matrix);
  if (
    !(target.data instanceof Float64Array) ||
    target.rows !== values.rows ||
    target.columns !== values.columns
  ) {
    const got = "rows" in target && "columns" in target ? `${target.rows}×${target.columns}` : show(out);
    throw new QuantError("shape", `out must be a Matrix of ${values.rows}×${values.columns}, got ${got}`, {
      argument: "out",
    });
  }
  target.data.set(values.data);
  return out;
}

function inFormOf(x: TableLike, values: Matrix, out: TableLike | undefined): TableLike {
  if (isVector(x)) {
    if (out === undefined) return values.data;
    const target = outputVector(out as Float64Array, values.rows);
    target.set(values.data);
    return target;
  }
  if (out !== undefined) return intoOut(values, out);
  return isPanel(x) ? new Panel({ index: x.index, columns: x.columns, values }) : values;
}

/** The values in x's own form (a vector for a vector, a panel for a panel), in `out` when it is given. */
export function inKindOf<X extends TableLike>(x: X, values: Matrix, out: TableOf<X> | undefined): TableOf<X> {
  return inFormOf(x, values, out) as TableOf<X>;
}
