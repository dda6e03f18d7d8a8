import { requireApart } from "../guards/vectors.ts";
import { Matrix } from "../matrix/matrix.ts";
import { requireTable, roomInKind } from "../series/in-kind.ts";
import type { TableLike, TableOf } from "../series/table-like.ts";

/**
 * The answer for x (whose view is `table`) in x's own form, and in `out` when given; `fill` writes every entry of it.
 * `inputs` are what `fill` reads, so `out` may not lie over them.
 */
export function answerInKind<X extends TableLike>(
  x: X,
  table: Matrix,
  out: TableOf<X> | undefined,
  inputs: readonly Matrix[],
  fill: (answer: Float64Array) => void,
): TableOf<X> {
  const room = out === undefined ? new Matrix(table.rows, table.columns) : table;
  const answer = roomInKind(x, room, out);
  const { data } = requireTable("out", answer);
  for (const input of inputs) requireApart(data, "an input", input.data);
  fill(data);
  return answer as TableOf<X>;
}
