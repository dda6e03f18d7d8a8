import { requireKnownOptions } from "../guards/options.ts";
import { triangularSolveKernel } from "../kernels/triangular-solve.ts";
import { requireSquareMatrix } from "../matrix/square.ts";
import type { MatrixLike } from "../matrix/to-matrix.ts";
import {
  type RightSide,
  requireRightSide,
  type SolutionOf,
  type SolveOptions,
  solutionRoom,
} from "./right-side.ts";

export interface TriangularSolveOptions<B extends RightSide> extends SolveOptions<B> {
  /** Read the upper triangle of T, else the lower. @defaultValue false */
  readonly upper?: boolean;
  /** Solve with the triangle's transpose. @defaultValue false */
  readonly transpose?: boolean;
  /** Take the diagonal for ones, whatever stands there. @defaultValue false */
  readonly unit?: boolean;
}

/**
 * x with Tx = b for a triangular T of n×n, of which the other triangle is not read, and b of n entries or n×m. A column
 * has the same bits by itself as among others. NaN propagates, and a zero on the diagonal divides as IEEE arithmetic
 * has it: the answer then holds infinities or NaN.
 *
 * @throws QuantError "shape" for a T that is not square or a b of another length.
 */
export function triangularSolve<B extends RightSide>(
  T: MatrixLike,
  b: B,
  options: TriangularSolveOptions<B> = {},
): SolutionOf<B> {
  requireKnownOptions(options, ["upper", "transpose", "unit", "out"]);
  const { upper = false, transpose = false, unit = false, out } = options;
  const { rows: n, data: triangle } = requireSquareMatrix("T", T);
  const { data, columns } = requireRightSide("b", b, n);
  const room = solutionRoom(b, n, columns, out);
  room.data.set(data);
  triangularSolveKernel({ T: triangle, n, upper, transpose, unit }, room.data, columns);
  return room.solution;
}
