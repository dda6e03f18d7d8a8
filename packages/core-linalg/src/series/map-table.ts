import { requireApart } from "../guards/vectors.ts";
import { Matrix } from "../matrix/matrix.ts";
import { requireTable, roomInKind } from "./in-kind.ts";
import type { TableLike, TableOf } from "./table-like.ts";

/** What every function that answers a table with a table can be told. */
export interface OutOption<T extends TableLike> {
  /** Where to write the answer: an array of the answer's form and size that shares no memory with the input. */
  readonly out?: TableOf<T>;
}

/**
 * The answer to `x` in x's own form, `skipped` rows shorter at the beginning, and in `out` when given. `work` gets the
 * time × columns view of x and writes every entry of the answer.
 */
export function mapTable<T extends TableLike>(
  name: string,
  x: T,
  { out, skipped = 0 }: { readonly out?: TableOf<T> | undefined; readonly skipped?: number },
  work: (table: Matrix, answer: Float64Array) => void,
): TableOf<T> {
  const table = requireTable(name, x);
  const { columns } = table;
  const rows = Math.max(0, table.rows - skipped);
  const shape = out && new Matrix(rows, columns, table.data.subarray(0, rows * columns));
  const answer = roomInKind(x, shape ?? new Matrix(rows, columns), out);
  const { data } = requireTable("out", answer);
  requireApart(data, name, table.data);
  work(table, data);
  return answer as TableOf<T>;
}
