import { QuantError } from "../guards/quant-error.ts";
import { isVector, outputVector, requireVector, type VectorLike } from "../guards/vectors.ts";
import type { Matrix } from "../matrix/matrix.ts";
import { outputMatrix } from "../matrix/output-matrix.ts";
import { type MatrixLike, toMatrix } from "../matrix/to-matrix.ts";

/** The right side of equations: one vector, or one a column of a matrix. */
export type RightSide = VectorLike | MatrixLike;

/** What the equations of a {@link RightSide} are answered with: a vector for a vector, a matrix for a matrix. */
export type SolutionOf<B extends RightSide> = B extends VectorLike ? Float64Array : Matrix;

/** An options object that holds nothing but where the solution goes. */
export interface SolveOptions<B extends RightSide> {
  /** Where the solution goes, of its shape; it may be the right side itself. Without it a new one is made. */
  readonly out?: SolutionOf<B>;
}

/** A right side as `columns` columns of row-major data: the caller's own, or a copy. */
export interface ReadRightSide {
  readonly data: Float64Array;
  readonly columns: number;
}

/** The right side, if it has as many rows. NaN passes. */
export function requireRightSide(name: string, B: RightSide, rows: number): ReadRightSide {
  if (isVector(B)) return { data: requireVector(name, B, rows), columns: 1 };
  const matrix = toMatrix(B, name);
  if (matrix.rows === rows) return { data: matrix.data, columns: matrix.columns };
  throw new QuantError("shape", `${name} must have ${rows} rows, got ${matrix.rows}`, {
    argument: name,
    expected: rows,
    rows: matrix.rows,
  });
}

/** Room for `rows` unknowns of each column, in the kind of B; `data` is the room itself, row-major. */
export function solutionRoom<B extends RightSide>(
  B: B,
  rows: number,
  columns: number,
  out: SolutionOf<B> | undefined,
): { solution: SolutionOf<B>; data: Float64Array } {
  if (isVector(B)) {
    const vector = outputVector(out as Float64Array | undefined, rows);
    return { solution: vector as SolutionOf<B>, data: vector };
  }
  const matrix = outputMatrix(out as Matrix | undefined, rows, columns);
  return { solution: matrix as SolutionOf<B>, data: matrix.data };
}
