import { requireMatrix } from "../guards/matrices.ts";
import { QuantError, show } from "../guards/quant-error.ts";
import { isVector, outputVector, requireVector, type VectorLike } from "../guards/vectors.ts";
import { Matrix } from "../matrix/matrix.ts";
import type { MatrixLike } from "../matrix/to-matrix.ts";

/** One series as a vector, or many as a panel of time × assets. */
export type Series = VectorLike | MatrixLike;

/** The form in which the answer comes: a vector for a vector, a panel for a panel. */
export type SameForm<X extends Series> = X extends VectorLike ? Float64Array : Matrix;

/** The series as a panel; a vector is a panel of one column. Shares the caller's data where it can. */
export function requirePanel(name: string, x: Series): Matrix {
  if (!isVector(x)) return requireMatrix(name, x);
  const vector = requireVector(name, x);
  return new Matrix(vector.length, 1, vector);
}

function overlap(a: Float64Array, b: Float64Array): boolean {
  if (a.buffer !== b.buffer) return false;
  return a.byteOffset < b.byteOffset + b.byteLength && b.byteOffset < a.byteOffset + a.byteLength;
}

function outputPanel(out: Matrix | undefined, rows: number, columns: number): Matrix {
  if (out === undefined) return new Matrix(rows, columns);
  if (out.data instanceof Float64Array && out.rows === rows && out.columns === columns) return out;
  const got = "rows" in out && "columns" in out ? `${out.rows}×${out.columns}` : show(out);
  throw new QuantError("shape", `out must be a Matrix of ${rows}×${columns}, got ${got}`, {
    argument: "out",
  });
}

/**
 * The answer for a series, in the series' own form and in `out` when given: every entry is NaN until `fill`
 * has written it. `inputs` are the arrays that `fill` reads, so that `out` may not lie over them.
 */
export function answerInFormOf<X extends Series>(
  x: X,
  panel: Matrix,
  out: SameForm<X> | undefined,
  inputs: readonly Matrix[],
  fill: (answer: Float64Array) => void,
): SameForm<X> {
  const answer = isVector(x)
    ? outputVector(out as Float64Array | undefined, panel.rows)
    : outputPanel(out as Matrix | undefined, panel.rows, panel.columns);
  const data = answer instanceof Float64Array ? answer : answer.data;
  if (inputs.some((input) => overlap(input.data, data))) {
    throw new QuantError("option", "out must not share memory with an input: windows read it again later", {
      argument: "out",
    });
  }
  data.fill(Number.NaN);
  fill(data);
  return answer as SameForm<X>;
}
