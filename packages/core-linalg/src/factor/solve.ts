import { requireFiniteMatrix } from "../guards/matrices.ts";
import { requireKnownOptions } from "../guards/options.ts";
import { triangularSolveKernel } from "../kernels/triangular-solve.ts";
import { requireSquareMatrix } from "../matrix/square.ts";
import type { MatrixLike } from "../matrix/to-matrix.ts";
import { lu } from "./lu.ts";
import {
  type RightSide,
  requireRightSide,
  type SolutionOf,
  type SolveOptions,
  solutionRoom,
} from "./right-side.ts";

export type SolveResult<B extends RightSide> =
  | { readonly status: "ok"; readonly solution: SolutionOf<B> }
  | {
      readonly status: "singular";
      /** The first column (0-based) that depends on those before it, beyond rounding. */
      readonly pivot: number;
    };

/**
 * x with Ax = b for any square A, by elimination with partial pivoting; b has n entries or is n×m. A column of which
 * elimination leaves no more than rounding can (n·ε in its rows' and its own units, so grading does not matter) counts
 * as dependent: A is then singular, and {@link leastSquares} has the shortest of the nearest answers. For a symmetric A take {@link cholesky} or {@link ldl}. A NaN or an infinity in
 * b reaches the solution as arithmetic has it.
 *
 * @throws QuantError "shape" for an A that is not square or a b of another length, "not-finite" for A.
 */
export function solve<B extends RightSide>(
  A: MatrixLike,
  b: B,
  options: SolveOptions<B> = {},
): SolveResult<B> {
  requireKnownOptions(options, ["out"]);
  const { data: a, rows: n } = requireSquareMatrix("A", requireFiniteMatrix("A", A));
  const { data, columns: m } = requireRightSide("b", b, n);
  const { packed, permutation, singular } = lu(a, n);
  if (singular >= 0) return { status: "singular", pivot: singular };
  const X = new Float64Array(n * m);
  for (let k = 0; k < n; k++) {
    X.set(data.subarray(permutation[k]! * m, (permutation[k]! + 1) * m), k * m);
  }
  const triangle = { T: packed, n, transpose: false };
  triangularSolveKernel({ ...triangle, upper: false, unit: true }, X, m);
  triangularSolveKernel({ ...triangle, upper: true, unit: false }, X, m);
  const room = solutionRoom(b, n, m, options.out);
  room.data.set(X);
  return { status: "ok", solution: room.solution };
}
