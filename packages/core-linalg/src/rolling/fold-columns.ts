import type { Matrix } from "../matrix/matrix.ts";

/** Pushes every column of the table through a stream of its own. */
export function foldColumns(
  table: Matrix,
  answer: Float64Array,
  create: () => { push(x: number): number },
): void {
  const { rows, columns, data } = table;
  for (let j = 0; j < columns; j++) {
    const stream = create();
    for (let k = j; k < rows * columns; k += columns) answer[k] = stream.push(data[k]!);
  }
}
