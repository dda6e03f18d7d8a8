import { Matrix, type TableLike, type TableOf } from "@astra-quant/core-linalg";
import { inKindOf, requireApart, requireTable } from "@astra-quant/core-linalg/guards";

/** Every column of x pushed through a stream of its own, oldest row first; the answer has x's form. */
export function foldColumns<X extends TableLike>(
  name: string,
  x: X,
  out: TableOf<X> | undefined,
  create: () => { push(value: number): number },
): TableOf<X> {
  const { rows, columns, data } = requireTable(name, x);
  const answer = new Matrix(rows, columns);
  for (let j = 0; j < columns; j++) {
    const stream = create();
    for (let k = j; k < data.length; k += columns) answer.data[k] = stream.push(data[k]!);
  }
  if (out !== undefined) requireApart(requireTable("out", out).data, name, data);
  return inKindOf(x, answer, out);
}
