import type { VectorLike } from "../guards/vectors.ts";
import type { Matrix } from "../matrix/matrix.ts";
import type { MatrixLike } from "../matrix/to-matrix.ts";
import type { Panel } from "./panel.ts";

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
