import { CscMatrix, type Triplet } from "@astra-quant/core-linalg";
import { largest } from "../../vectors.ts";
import { type QpProblem, readProblem } from "../problem.ts";
import type { ScaledProblem } from "../scaling.ts";
import { solveInteriorPoint } from "./solve-interior-point.ts";

/** As far as it goes: what a certificate has to make vanish is told against its own size, which may be small. */
const TO_ROUNDING = 1e-15;

/**
 * The multipliers of the nearest miss,
 *
 *     minimise ½‖t‖²   subject to   l ≤ Ax + t ≤ u
 *
 * in the user's terms, the largest ±1: A'y = 0, and SC(y) < 0, if no x meets the rows. Undefined where nothing is missed.
 */
export function nearestMiss({ n, m, A, l, u, E }: ScaledProblem): Float64Array | undefined {
  const entries = tripletsOf(A);
  const squares: Triplet[] = [];
  for (let i = 0; i < m; i++) {
    entries.push([i, n + i, 1]);
    squares.push([n + i, n + i, 1]);
  }
  const { y } = solve({
    P: CscMatrix.fromTriplets(n + m, n + m, squares),
    q: new Float64Array(n + m),
    A: CscMatrix.fromTriplets(m, n + m, entries),
    l,
    u,
  });
  return normalised(y, E);
}

/**
 * The steepest way down for ever,
 *
 *     minimise ½‖d‖² + q'd   subject to   Pd = 0,   Ad ≤ 0 where u is finite,   Ad ≥ 0 where l is
 *
 * in the user's terms, the largest ±1: q'd < 0 if the objective is unbounded. Undefined where there is none.
 */
export function steepestRay({ n, m, P, A, q, l, u, D }: ScaledProblem): Float64Array | undefined {
  const entries = tripletsOf(A);
  for (const [i, j, value] of tripletsOf(P)) {
    entries.push([m + i, j, value]);
    if (i !== j) entries.push([m + j, i, value]);
  }
  const rows = CscMatrix.fromTriplets(m + n, n, entries);
  const lower = new Float64Array(m + n);
  const upper = new Float64Array(m + n);
  for (let i = 0; i < m; i++) {
    lower[i] = l[i]! > Number.NEGATIVE_INFINITY ? 0 : Number.NEGATIVE_INFINITY;
    upper[i] = u[i]! < Number.POSITIVE_INFINITY ? 0 : Number.POSITIVE_INFINITY;
  }
  const identity: Triplet[] = Array.from(q, (_, j) => [j, j, 1]);
  const { x } = solve({ P: CscMatrix.fromTriplets(n, n, identity), q, A: rows, l: lower, u: upper });
  return normalised(x, D);
}

function solve(problem: QpProblem): { readonly x: Float64Array; readonly y: Float64Array } {
  return solveInteriorPoint(readProblem(problem), TO_ROUNDING);
}

function tripletsOf({ columns, columnPointers, rowIndices, values }: CscMatrix): Triplet[] {
  const triplets: Triplet[] = [];
  for (let j = 0; j < columns; j++) {
    for (let k = columnPointers[j]!; k < columnPointers[j + 1]!; k++) {
      triplets.push([rowIndices[k]!, j, values[k]!]);
    }
  }
  return triplets;
}

function normalised(direction: Float64Array, scale: Float64Array): Float64Array | undefined {
  const users = direction.map((value, k) => value * scale[k]!);
  const size = largest(users);
  return size > 0 && size < Number.POSITIVE_INFINITY ? users.map((value) => value / size) : undefined;
}
