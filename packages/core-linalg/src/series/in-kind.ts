import { requireMatrix } from "../guards/matrices.ts";
import { QuantError, show } from "../guards/quant-error.ts";
import { isVector, outputVector, requireVector } from "../guards/vectors.ts";
import { Matrix } from "../matrix/matrix.ts";
import { isMatrixLike } from "../matrix/to-matrix.ts";
import { Panel } from "./panel.ts";
import { isPanel, type TableLike, type TableOf } from "./table-like.ts";

/** The panel, if it is one of this copy of the package or of another. */
export function requirePanel(name: string, x: unknown): Panel {
  if (x instanceof Panel) return x;
  if (isPanel(x)) return new Panel({ index: x.index, columns: x.columns, values: x.values });
  throw new QuantError("shape", `${name} must be a Panel, got ${show(x)}`, { argument: name });
}

/** The time × columns view of x, a vector being one column. Shares the caller's data where it can. */
export function requireTable(name: string, x: TableLike): Matrix {
  if (isPanel(x)) return requireMatrix(name, x.values);
  if (isVector(x)) {
    const vector = requireVector(name, x);
    return new Matrix(vector.length, 1, vector);
  }
  if (isMatrixLike(x)) return requireMatrix(name, x);
  throw new QuantError("shape", `${name} must be a vector, a matrix or a panel, got ${show(x)}`, {
    argument: name,
  });
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

/** `out`, if it is a matrix or a panel of that size. */
export function outputTable(out: TableLike, rows: number, columns: number): TableLike {
  const values = (isPanel(out) ? out.values : out) as Partial<Matrix> | null | undefined;
  if (values?.data instanceof Float64Array && values.rows === rows && values.columns === columns) return out;
  const got = values?.data instanceof Float64Array ? `${values.rows}×${values.columns}` : show(out);
  throw new QuantError("shape", `out must be a Matrix of ${rows}×${columns}, got ${got}`, {
    argument: "out",
  });
}

/**
 * `out`, its shape checked against that of `values`; without it, `values` in x's own form, a panel keeping the last of
 * its times when `values` has fewer rows. Nothing is copied.
 */
export function roomInKind(x: TableLike, values: Matrix, out: TableLike | undefined): TableLike {
  if (isVector(x)) return out === undefined ? values.data : outputVector(out as Float64Array, values.rows);
  if (out !== undefined) return outputTable(out, values.rows, values.columns);
  if (!isPanel(x)) return values;
  const index = values.rows === x.index.length ? x.index : x.index.slice(x.index.length - values.rows);
  return new Panel({ index, columns: x.columns, values });
}

/**
 * The values, as many rows as x has, in x's own form (a vector for a vector, a panel for a panel). Copied into `out`
 * when it is given, whose shape is checked; without it they are not copied.
 */
export function inKindOf<X extends TableLike>(x: X, values: Matrix, out: TableOf<X> | undefined): TableOf<X> {
  const answer = roomInKind(x, values, out);
  const { data } = requireTable("out", answer);
  if (data !== values.data) data.set(values.data);
  return answer as TableOf<X>;
}
