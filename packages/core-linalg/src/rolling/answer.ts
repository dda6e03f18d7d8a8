import { requireMatrix } from "../guards/matrices.ts";
import { QuantError, show } from "../guards/quant-error.ts";
import { isVector, outputVector, requireVector } from "../guards/vectors.ts";
import { Matrix } from "../matrix/matrix.ts";
import type { MatrixLike } from "../matrix/to-matrix.ts";
import { Panel } from "../series/panel.ts";
import { isPanel, type TableLike, type TableOf } from "../series/table-like.ts";

/** The time × columns view of x, a vector being one column. Shares the caller's data where it can. */
export function requireTable(name: string, x: TableLike): Matrix {
  if (isPanel(x)) return requireMatrix(name, x.values);
  if (!isVector(x)) return requireMatrix(name, x as MatrixLike);
  const vector = requireVector(name, x);
  return new Matrix(vector.length, 1, vector);
}

function overlap(a: Float64Array, b: Float64Array): boolean {
  if (a.buffer !== b.buffer) return false;
  return a.byteOffset < b.byteOffset + b.byteLength && b.byteOffset < a.byteOffset + a.byteLength;
}

function outputMatrix(out: TableLike, rows: number, columns: number): TableLike {
  const values = isPanel(out) ? out.values : (out as Matrix);
  if (values.data instanceof Float64Array && values.rows === rows && values.columns === columns) return out;
  const got = "rows" in values && "columns" in values ? `${values.rows}×${values.columns}` : show(out);
  throw new QuantError("shape", `out must be a Matrix of ${rows}×${columns}, got ${got}`, {
    argument: "out",
  });
}

function emptyAnswer(x: TableLike, { rows, columns }: Matrix, out: TableLike | undefined): TableLike {
  if (isVector(x)) return outputVector(out as Float64Array | undefined, rows);
  if (out !== undefined) return outputMatrix(out, rows, columns);
  const values = new Matrix(rows, columns);
  return isPanel(x) ? new Panel({ index: x.index, columns: x.columns, values }) : values;
}

/**
 * The answer for x (whose view is `table`) in x's own form, and in `out` when given: every entry is NaN until
 * `fill` has written it. `inputs` are what `fill` reads, so `out` may not lie over them.
 */
export function answerInKind<X extends TableLike>(
  x: X,
  table: Matrix,
  out: TableOf<X> | undefined,
  inputs: readonly Matrix[],
  fill: (answer: Float64Array) => void,
): TableOf<X> {
  const answer = emptyAnswer(x, table, out);
  const { data } = requireTable("out", answer);
  if (inputs.some((input) => overlap(input.data, data))) {
    throw new QuantError("option", "out must not share memory with an input: windows read it again later", {
      argument: "out",
    });
  }
  data.fill(Number.NaN);
  fill(data);
  return answer as TableOf<X>;
}
