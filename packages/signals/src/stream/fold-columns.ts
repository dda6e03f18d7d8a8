import { Matrix } from "@astra-quant/core-linalg";

/** Every column of a table of that size through a stream of its own; `push` gets the stream and the entry's place. */
export function foldColumns<Stream>(
  { rows, columns }: { readonly rows: number; readonly columns: number },
  create: () => Stream,
  push: (stream: Stream, k: number, t: number) => number,
): Matrix {
  const answer = new Matrix(rows, columns);
  for (let j = 0; j < columns; j++) {
    const stream = create();
    for (let t = 0, k = j; t < rows; t++, k += columns) answer.data[k] = push(stream, k, t);
  }
  return answer;
}
