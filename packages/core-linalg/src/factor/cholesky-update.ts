import { requireKnownOptions } from "../guards/options.ts";
import { requireFiniteVector, type VectorLike } from "../guards/vectors.ts";
import { triangularSolveKernel } from "../kernels/triangular-solve.ts";
import type { Matrix } from "../matrix/matrix.ts";
import { type OutMatrixOptions, outputMatrix } from "../matrix/output-matrix.ts";
import type { MatrixLike } from "../matrix/to-matrix.ts";
import type { CholeskyResult } from "./cholesky.ts";
import { requireCholeskyFactor } from "./cholesky-factor.ts";

/** √(a² + b²) without squares that leave the doubles. */
function length(a: number, b: number): number {
  const large = Math.max(Math.abs(a), Math.abs(b));
  if (large === 0) return 0;
  const ratio = Math.min(Math.abs(a), Math.abs(b)) / large;
  return large * Math.sqrt(1 + ratio * ratio);
}

/** L's lower triangle in `out` or a new matrix, zeros above. */
function lowerCopy(L: Matrix, out: Matrix | undefined): Matrix {
  const n = L.rows;
  const copy = outputMatrix(out, n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) copy.data[i * n + j] = j <= i ? L.data[i * n + j]! : 0;
  }
  return copy;
}

/**
 * The Cholesky factor of LLᵀ + xxᵀ, in n² operations: a plane rotation a column. `out` may be L.
 *
 * @throws QuantError "shape" for an L that is not square or an x of another length, "not-finite" for either, "data" for
 *   a zero on L's diagonal.
 */
export function choleskyUpdate(L: MatrixLike, x: VectorLike, options: OutMatrixOptions = {}): Matrix {
  requireKnownOptions(options, ["out"]);
  const factor = requireCholeskyFactor(L);
  const n = factor.rows;
  const rest = requireFiniteVector("x", x, n).slice();
  const updated = lowerCopy(factor, options.out);
  const l = updated.data;
  for (let j = 0; j < n; j++) {
    const root = length(l[j * n + j]!, rest[j]!);
    const c = l[j * n + j]! / root;
    const s = rest[j]! / root;
    l[j * n + j] = root;
    for (let i = j + 1; i < n; i++) {
      const entry = l[i * n + j]!;
      l[i * n + j] = c * entry + s * rest[i]!;
      rest[i] = c * rest[i]! - s * entry;
    }
  }
  return updated;
}

/**
 * The Cholesky factor of LLᵀ − xxᵀ, in n² operations, where there is one: with Lp = x, that is when 1 − pᵀp exceeds
 * n·ε. Else `not-positive-definite`, its pivot the first row at which the sum of p's squares is too large. `out` may be
 * L.
 *
 * @throws QuantError as {@link choleskyUpdate} does.
 */
export function choleskyDowndate(
  L: MatrixLike,
  x: VectorLike,
  options: OutMatrixOptions = {},
): CholeskyResult {
  requireKnownOptions(options, ["out"]);
  const factor = requireCholeskyFactor(L);
  const n = factor.rows;
  const p = requireFiniteVector("x", x, n).slice();
  triangularSolveKernel({ T: factor.data, n, upper: false, transpose: false, unit: false }, p, 1);
  let left = 1;
  for (let i = 0; i < n; i++) {
    left -= p[i]! * p[i]!;
    if (!(left > n * Number.EPSILON)) return { status: "not-positive-definite", pivot: i };
  }
  // The rotations that turn (√(1 − pᵀp), p) into (1, 0), the last of them first, take x out of L.
  const c = new Float64Array(n);
  const s = new Float64Array(n);
  let radius = Math.sqrt(left);
  for (let i = n - 1; i >= 0; i--) {
    const longer = length(radius, p[i]!);
    c[i] = radius / longer;
    s[i] = p[i]! / longer;
    radius = longer;
  }
  const downdated = lowerCopy(factor, options.out);
  for (let j = 0; j < n; j++) {
    const row = downdated.data.subarray(j * n, (j + 1) * n);
    let carried = 0;
    for (let i = j; i >= 0; i--) {
      const entry = row[i]!;
      row[i] = c[i]! * entry - s[i]! * carried;
      carried = c[i]! * carried + s[i]! * entry;
    }
  }
  return { status: "ok", L: downdated };
}
