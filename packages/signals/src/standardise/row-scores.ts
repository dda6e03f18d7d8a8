import { Matrix, type TableLike, type TableOf } from "@astra-quant/core-linalg";
import { inKindOf, requireTable } from "@astra-quant/core-linalg/guards";

/**
 * The answer of a rule that sees one row at a time, in the signal's own form: `score` gets the values present, in the
 * order of their columns, and writes over them; what is missing stays missing.
 */
export function scoreRows<X extends TableLike>(
  signal: X,
  out: TableOf<X> | undefined,
  score: (values: Float64Array) => void,
): TableOf<X> {
  const { rows, columns, data } = requireTable("signal", signal);
  const answer = new Matrix(rows, columns);
  const places = new Int32Array(columns);
  const present = new Float64Array(columns);
  for (let row = 0; row < rows * columns; row += columns) {
    let count = 0;
    for (let k = row; k < row + columns; k++) {
      answer.data[k] = Number.NaN;
      if (!Number.isFinite(data[k])) continue;
      places[count] = k;
      present[count++] = data[k]!;
    }
    const values = present.subarray(0, count);
    score(values);
    for (let i = 0; i < count; i++) answer.data[places[i]!] = values[i]!;
  }
  return inKindOf(signal, answer, out);
}
