import {
  CscMatrix,
  type MatrixLike,
  QuantError,
  type SparseColumns,
  type VectorLike,
} from "@astra-quant/core-linalg";
import {
  isSparseColumns,
  requireFiniteVector,
  requireKnownOptions,
  requireUpperTriangle,
  requireVector,
  show,
} from "@astra-quant/core-linalg/guards";

/**
 * minimise ½x'Px + q'x subject to l ≤ Ax ≤ u, with n variables and m rows.
 */
export interface QpProblem {
  /** n×n, symmetric positive semidefinite: the whole matrix, or its upper triangle alone. */
  readonly P: MatrixLike | SparseColumns;
  /** n entries. */
  readonly q: VectorLike;
  /** m×n; none means no constraints. */
  readonly A?: MatrixLike | SparseColumns;
  /** m lower sides; −∞ where there is none (anything ≤ −1e26 counts as −∞). Default: none. */
  readonly l?: VectorLike;
  /** m upper sides; ∞ where there is none. Equal sides make an equality. Default: none. */
  readonly u?: VectorLike;
}

/** A problem that was checked and copied. P is an upper triangle; every number but a bound is finite. */
export interface CheckedProblem {
  readonly n: number;
  readonly m: number;
  readonly P: CscMatrix;
  readonly q: Float64Array;
  readonly A: CscMatrix;
  readonly l: Float64Array;
  readonly u: Float64Array;
}

/** A bound of at least this size is no bound. */
export const INFINITE_BOUND = 1e26;

/** @throws QuantError when an argument is not what {@link QpProblem} says. */
export function readProblem(problem: QpProblem): CheckedProblem {
  requireKnownOptions(problem, ["P", "q", "A", "l", "u"], "problem");
  const q = requireFiniteVector("q", problem.q).slice();
  const n = q.length;
  if (n === 0) throw new QuantError("shape", "q must have at least one entry, got 0", { argument: "q" });
  const P = readMatrix("P", problem.P);
  const A = problem.A === undefined ? emptyRows(n) : readMatrix("A", problem.A);
  if (P.rows !== n || P.columns !== n) {
    throw new QuantError("shape", `P must be ${n}×${n} as q has ${n} entries, got ${P.rows}×${P.columns}`, {
      argument: "P",
    });
  }
  if (A.rows > 0 && A.columns !== n) {
    throw new QuantError("shape", `A must have ${n} columns as q has ${n} entries, got ${A.columns}`, {
      argument: "A",
    });
  }
  const m = A.rows;
  const l = readBounds("l", problem.l, m, Number.NEGATIVE_INFINITY);
  const u = readBounds("u", problem.u, m, Number.POSITIVE_INFINITY);
  requireOrderedBounds(l, u);
  return {
    n,
    m,
    P: CscMatrix.of(requireUpperTriangle("P", P).upper),
    q,
    A: m === 0 ? emptyRows(n) : A,
    l,
    u,
  };
}

/** A copy of one side's bounds, infinite where they are too large to be a bound. */
export function readBounds(
  name: string,
  bounds: VectorLike | undefined,
  m: number,
  absent: number,
): Float64Array {
  if (bounds === undefined) return new Float64Array(m).fill(absent);
  const given = requireVector(name, bounds, m);
  return given.map((bound, i) => {
    if (Number.isNaN(bound)) {
      throw new QuantError("not-finite", `${name}[${i}] must be a number or infinite, got NaN`, { index: i });
    }
    return Math.abs(bound) < INFINITE_BOUND
      ? bound
      : bound > 0
        ? Number.POSITIVE_INFINITY
        : Number.NEGATIVE_INFINITY;
  });
}

export function requireOrderedBounds(l: Float64Array, u: Float64Array): void {
  for (let i = 0; i < l.length; i++) {
    const possible = l[i]! <= u[i]! && l[i] !== Number.POSITIVE_INFINITY && u[i] !== Number.NEGATIVE_INFINITY;
    if (possible) continue;
    throw new QuantError(
      "range",
      `l[${i}] must be ≤ u[${i}], and neither the other's infinity; got ${l[i]} and ${u[i]}`,
      {
        index: i,
        lower: l[i],
        upper: u[i],
      },
    );
  }
}

function readMatrix(name: string, matrix: MatrixLike | SparseColumns | undefined): CscMatrix {
  if (isSparseColumns(matrix)) return CscMatrix.of(matrix, name);
  if (matrix === undefined || matrix === null) {
    throw new QuantError("shape", `${name} must be a matrix, got ${show(matrix)}`, { argument: name });
  }
  return CscMatrix.fromDense(matrix, name);
}

function emptyRows(n: number): CscMatrix {
  return CscMatrix.fromTriplets(0, n, []);
}
