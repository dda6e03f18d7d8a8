import { Matrix, type TableLike, type TableOf } from "@astra-quant/core-linalg";
import { inKindOf, requireTable, roomInKind } from "@astra-quant/core-linalg/guards";
import { withRoom } from "./with-room.ts";

/**
 * The answer for x (whose view is `table`) in x's own form, and in `out` when it is given, be it over an input. `fill`
 * reads `inputs`, writes every entry of the answer, and is given what makes room for what lies between them, as
 * {@link withRoom} does.
 */
export function fillInKind<X extends TableLike>(
  x: X,
  table: Matrix,
  out: TableOf<X> | undefined,
  inputs: readonly Matrix[],
  fill: (answer: Matrix, room: () => Matrix) => void,
): TableOf<X> {
  const { rows, columns } = table;
  const given = out === undefined ? undefined : requireTable("out", roomInKind(x, table, out));
  const apart = given !== undefined && inputs.every(({ data }) => data.buffer !== given.data.buffer);
  const answer = apart ? given : new Matrix(rows, columns);
  withRoom(answer, (room) => fill(answer, room));
  return inKindOf(x, answer, out);
}
