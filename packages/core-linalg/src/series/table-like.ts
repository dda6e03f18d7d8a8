import { isVector, requireVector, type VectorLike } from "../guards/vectors.ts";
import { Matrix } from "../matrix/matrix.ts";
import { type MatrixLike, toMatrix } from "../matrix/to-matrix.ts";
import { Panel } from "./panel.ts";

/** A series, a time × assets matrix, or a panel: what the series functions take and give back in kind. */
export type TableLike = VectorLike | MatrixLike | Panel;

/** What a {@link TableLike} comes back as. */
export type TableOf<T extends TableLike> = T extends Panel
  ? Panel
  : T extends VectorLike
    ? Float64Array
    : Matrix;

/** True for a panel of any copy of this package. */
export function isPanel(x: unknown): x is Panel {
  return typeof x === "object" && x !== null && "index" in x && "columns" in x && "values" in x;
}

/**
 * Runs `work` on the time × columns view of `x` and gives its answer the form of `x`. A panel keeps the last rows
 * of its index when rows were dropped at the beginning.
 */
export function mapTable<T extends TableLike>(
  name: string,
  x: T,
  work: (table: Matrix) => Matrix,
): TableOf<T> {
  if (isPanel(x)) {
    const values = work(x.values);
    return new Panel({
      index: x.index.slice(x.index.length - values.rows),
      columns: x.columns,
      values,
    }) as TableOf<T>;
  }
  if (isVector(x)) {
    const vector = requireVector(name, x);
    return work(new Matrix(vector.length, 1, vector)).data as TableOf<T>;
  }
  return work(toMatrix(x as MatrixLike, name)) as TableOf<T>;
}
