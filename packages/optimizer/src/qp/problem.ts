import { type MatrixLike, QuantError, type VectorLike } from "@astra-quant/core-linalg";
import {
  requireFiniteMatrix,
  requireFiniteVector,
  requireKnownOptions,
  requireVector,
  show,
} from "@astra-quant/core-linalg/guards";
import {
  compress,
  isSparseColumns,
  orderedCopy,
  type SparseColumns,
  transposeColumns,
  upperTriangle,
} from "../sparse/columns.ts";

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
  readonly P: SparseColumns;
  readonly q: Float64Array;
  readonly A: SparseColumns;
  readonly l: Float64Array;
  readonly u: Float64Array;
}

/** A bound of at least this size is no bound. */
export const INFINITE_BOUND = 1e26;
const SYMMETRY_TOLERANCE = 1e-10;

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
  return { n, m, P: readSymmetric(P, n), q, A: m === 0 ? emptyRows(n) : A, l, u };
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

function readMatrix(name: string, matrix: MatrixLike | SparseColumns | undefined): SparseColumns {
  if (isSparseColumns(matrix)) return orderedCopy(name, matrix);
  if (matrix === undefined || matrix === null) {
    throw new QuantError("shape", `${name} must be a matrix, got ${show(matrix)}`, { argument: name });
  }
  return compress(requireFiniteMatrix(name, matrix));
}

/** The upper triangle of P; what lies below it must mirror it or be absent altogether. */
function readSymmetric(P: SparseColumns, n: number): SparseColumns {
  const upper = upperTriangle(P);
  const below = P.values.length - upper.values.length;
  if (below === 0) return upper;
  const mirrored = transposeColumns(P);
  let scale = 0;
  for (const value of P.values) scale = Math.max(scale, Math.abs(value));
  for (let j = 0; j < P.columns; j++) {
    let k = P.columnPointers[j]!;
    let h = mirrored.columnPointers[j]!;
    const end = P.columnPointers[j + 1]!;
    const mirroredEnd = mirrored.columnPointers[j + 1]!;
    while (k < end || h < mirroredEnd) {
      const i = Math.min(k < end ? P.rowIndices[k]! : n, h < mirroredEnd ? mirrored.rowIndices[h]! : n);
      const value = k < end && P.rowIndices[k] === i ? P.values[k++]! : 0;
      const other = h < mirroredEnd && mirrored.rowIndices[h] === i ? mirrored.values[h++]! : 0;
      if (Math.abs(value - other) <= SYMMETRY_TOLERANCE * scale) continue;
      throw new QuantError(
        "data",
        `P must be symmetric or upper triangular, but [${i}][${j}] is ${value} and [${j}][${i}] is ${other}`,
        { row: i, column: j },
      );
    }
  }
  return upper;
}

function emptyRows(n: number): SparseColumns {
  return {
    rows: 0,
    columns: n,
    columnPointers: new Int32Array(n + 1),
    rowIndices: new Int32Array(0),
    values: new Float64Array(0),
  };
}
