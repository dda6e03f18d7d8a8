import { QuantError, show } from "../guards/quant-error.ts";
import { requireApart } from "../guards/vectors.ts";
import { Matrix } from "../matrix/matrix.ts";
import { outputTable, requireTable } from "./in-kind.ts";
import { Panel } from "./panel.ts";

/** Which row of either panel stands at each time of their join; −1 where it has none, or "all" in their order. */
export interface RowPairs {
  readonly index: Float64Array;
  readonly left: Int32Array | "all";
  readonly right: Int32Array;
}

/** Refuses two panels that would give a column's name twice. */
export function requireOwnColumns(a: Panel, b: Panel): void {
  const names = new Set(a.columns);
  const shared = b.columns.find((name) => names.has(name));
  if (shared === undefined) return;
  throw new QuantError("data", `column ${show(shared)} is in both panels; select or rename first`, {
    column: shared,
  });
}

/** Copies the chosen rows of `from` into the columns of `into` that begin at `left`; a row of −1 becomes NaN. */
function copyRows(from: Matrix, rows: Int32Array | "all", into: Matrix, left: number): void {
  const { columns: width, data } = from;
  const { columns, data: target } = into;
  // Column by column: most panels that are joined are narrow, and a loop over few columns costs more than it does.
  for (let j = 0; j < width; j++) {
    let to = left + j;
    for (let t = 0; t < into.rows; t++) {
      const row = rows === "all" ? t : rows[t]!;
      target[to] = row < 0 ? Number.NaN : data[row * width + j]!;
      to += columns;
    }
  }
}

/** The matrix for the values of a join: `out` when given, its size checked, else a new one. */
function roomFor(a: Panel, b: Panel, rows: number, out: Matrix | undefined): Matrix {
  const columns = a.columns.length + b.columns.length;
  if (out === undefined) return new Matrix(rows, columns);
  const room = requireTable("out", outputTable(out, rows, columns));
  requireApart(room.data, "left", a.values.data);
  requireApart(room.data, "right", b.values.data);
  return room;
}

/** The panel with the columns of `a` and then of `b`, in the rows that `pairs` names; its values in `out` when given. */
export function besideEachOther(a: Panel, b: Panel, pairs: RowPairs, out?: Matrix): Panel {
  const columns = [...a.columns, ...b.columns];
  const values = roomFor(a, b, pairs.index.length, out);
  copyRows(a.values, pairs.left, values, 0);
  copyRows(b.values, pairs.right, values, a.columns.length);
  return new Panel({ index: pairs.index, columns, values });
}
