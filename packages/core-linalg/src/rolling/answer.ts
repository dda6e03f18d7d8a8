import { QuantError } from "../guards/quant-error.ts";
import { Matrix } from "../matrix/matrix.ts";
import { requireTable, roomInKind } from "../series/in-kind.ts";
import type { TableLike, TableOf } from "../series/table-like.ts";

function overlap(a: Float64Array, b: Float64Array): boolean {
  if (a.buffer !== b.buffer) return false;
  return a.byteOffset < b.byteOffset + b.byteLength && b.byteOffset < a.byteOffset + a.byteLength;
}

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
  if (inputs.some((input) => overlap(input.data, data))) {
    throw new QuantError("option", "out must not share memory with an input: windows read it again later", {
      argument: "out",
    });
  }
  fill(data);
  return answer as TableOf<X>;
}
