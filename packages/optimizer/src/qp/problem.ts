import { type CscMatrix, QuantError, type VectorLike } from "@astra-quant/core-linalg";
import { requireFiniteVector, requireKnownOptions, requireVector } from "@astra-quant/core-linalg/guards";
import {
  type EntryOrder,
  type QpMatrix,
  type ReadMatrix,
  readObjective,
  readRows,
  reorderedValues,
  valuesAt,
} from "./problem-matrix.ts";

/**
 * minimise ½x'Px + q'x subject to l ≤ Ax ≤ u, with n variables and m rows.
 */
export interface QpProblem {
  /** n×n, symmetric positive semidefinite: the whole matrix, or its upper triangle alone. */
  readonly P: QpMatrix;
  /** n entries. */
  readonly q: VectorLike;
  /** m×n; none means no constraints. */
  readonly A?: QpMatrix;
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
  /** How the entries of P and of A were given. */
  readonly orders: { readonly P: EntryOrder; readonly A: EntryOrder };
}

/** A bound of at least this size is no bound. */
export const INFINITE_BOUND = 1e26;

/** @throws QuantError when an argument is not what {@link QpProblem} says. */
export function readProblem(problem: QpProblem): CheckedProblem {
  requireKnownOptions(problem, ["P", "q", "A", "l", "u"], "problem");
  const q = requireFiniteVector("q", problem.q).slice();
  const n = q.length;
  if (n === 0) throw new QuantError("shape", "q must have at least one entry, got 0", { argument: "q" });
  const P = readObjective(problem.P, n);
  const A = readRows(problem.A, n);
  const m = A.matrix.rows;
  const l = readBounds("l", problem.l, m, Number.NEGATIVE_INFINITY);
  const u = readBounds("u", problem.u, m, Number.POSITIVE_INFINITY);
  requireOrderedBounds(l, u);
  return {
    n,
    m,
    P: P.matrix,
    q,
    A: A.matrix,
    l,
    u,
    orders: { P: P.order, A: A.order },
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

/** Replacements of a problem's data; what is not given stays. */
export interface QpChanges {
  readonly q?: VectorLike;
  readonly l?: VectorLike;
  readonly u?: VectorLike;
  /** In any of the forms that a problem takes, with entries where there were entries before. */
  readonly P?: QpMatrix;
  readonly A?: QpMatrix;
  /** New values of all the entries that P was given with, in their order. */
  readonly Px?: VectorLike;
  readonly Ax?: VectorLike;
}

/** What {@link readChanges} found: whole vectors and values, or undefined where nothing was given. */
export interface CheckedChanges {
  readonly q: Float64Array | undefined;
  readonly bounds: { readonly l: Float64Array; readonly u: Float64Array } | undefined;
  readonly P: Float64Array | undefined;
  readonly A: Float64Array | undefined;
}

/** @throws QuantError when a change does not fit the problem. */
export function readChanges(problem: CheckedProblem, changes: QpChanges): CheckedChanges {
  requireKnownOptions(changes, ["q", "l", "u", "P", "A", "Px", "Ax"]);
  const { n, m, orders } = problem;
  const l = changes.l === undefined ? problem.l : readBounds("l", changes.l, m, Number.NaN);
  const u = changes.u === undefined ? problem.u : readBounds("u", changes.u, m, Number.NaN);
  requireOrderedBounds(l, u);
  const newMatrix = (name: "P" | "A", read: (given: QpMatrix) => ReadMatrix): Float64Array | undefined => {
    const matrix = changes[name];
    const values = changes[`${name}x`];
    if (matrix !== undefined && values !== undefined) {
      throw new QuantError("option", `${name} and ${name}x are two ways to say one thing; give one of them`, {
        option: `${name}x`,
      });
    }
    if (matrix !== undefined) return valuesAt(name, problem[name], read(matrix));
    return values === undefined ? undefined : reorderedValues(`${name}x`, values, orders[name]);
  };
  return {
    q: changes.q === undefined ? undefined : requireFiniteVector("q", changes.q, n),
    bounds: changes.l === undefined && changes.u === undefined ? undefined : { l, u },
    P: newMatrix("P", (P) => readObjective(P, n)),
    A: newMatrix("A", (A) => readRows(A, n)),
  };
}
