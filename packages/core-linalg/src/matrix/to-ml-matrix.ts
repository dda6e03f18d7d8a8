import { Matrix as MlMatrix } from "ml-matrix";
import { type MatrixLike, toMatrix } from "./to-matrix.ts";

/** A copy of A as ml-matrix's `Matrix`; {@link toMatrix} is the way back. */
export function toMlMatrix(A: MatrixLike): MlMatrix {
  const a = toMatrix(A, "A");
  const copy = new MlMatrix(a.rows, a.columns);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < a.columns; j++) copy.set(i, j, a.data[i * a.columns + j]!);
  }
  return copy;
}
