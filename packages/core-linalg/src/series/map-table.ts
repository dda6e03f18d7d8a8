import { isVector } from "../guards/vectors.ts";
import type { Matrix } from "../matrix/matrix.ts";
import { requireTable } from "./in-kind.ts";
import { Panel } from "./panel.ts";
import { isPanel, type TableLike, type TableOf } from "./table-like.ts";

/**
 * Runs `work` on the time × columns view of `x` and gives its answer the form of `x`. A panel keeps the last rows
 * of its index when rows were dropped at the beginning.
 */
export function mapTable<T extends TableLike>(
  name: string,
  x: T,
  work: (table: Matrix) => Matrix,
): TableOf<T> {
  const values = work(requireTable(name, x));
  if (isVector(x)) return values.data as TableOf<T>;
  if (!isPanel(x)) return values as TableOf<T>;
  const index = x.index.slice(x.index.length - values.rows);
  return new Panel({ index, columns: x.columns, values }) as TableOf<T>;
}
