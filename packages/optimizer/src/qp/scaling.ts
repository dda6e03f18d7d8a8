import type { CscMatrix } from "@astra-quant/core-linalg";
import { largest } from "../vectors.ts";
import { type CheckedProblem, INFINITE_BOUND } from "./problem.ts";

/**
 * The problem in its scaled space: x = D x̄, z = E⁻¹ z̄, y = E ȳ ÷ c. Bounds are ±∞ where the user's are, or
 * where the scaled bound is too large to be one.
 */
export interface ScaledProblem {
  readonly n: number;
  readonly m: number;
  readonly P: CscMatrix;
  readonly A: CscMatrix;
  readonly q: Float64Array;
  readonly l: Float64Array;
  readonly u: Float64Array;
  readonly D: Float64Array;
  readonly E: Float64Array;
  readonly inverseD: Float64Array;
  readonly inverseE: Float64Array;
  c: number;
}

const LEAST_NORM = 1e-4;
const GREATEST_NORM = 1e4;

/** A norm that may be divided by: a tiny one counts as 1, a huge one as 1e4. */
function limited(norm: number): number {
  if (norm < LEAST_NORM) return 1;
  return Math.min(norm, GREATEST_NORM);
}

/** The problem in its scaled space. */
export function scaleProblem(problem: CheckedProblem, passes: number): ScaledProblem {
  const { n, m } = problem;
  const scaled: ScaledProblem = {
    n,
    m,
    P: problem.P.withValues(problem.P.values),
    A: problem.A.withValues(problem.A.values),
    q: new Float64Array(n),
    l: new Float64Array(m),
    u: new Float64Array(m),
    D: new Float64Array(n),
    E: new Float64Array(m),
    inverseD: new Float64Array(n),
    inverseE: new Float64Array(m),
    c: 1,
  };
  rescaleProblem(scaled, problem, passes);
  return scaled;
}

/**
 * Scales afresh, in place, a problem of the same patterns. Rows and columns are equilibrated `passes` times; the norm of
 * a column of P is that of its stored upper triangle.
 */
export function rescaleProblem(scaled: ScaledProblem, problem: CheckedProblem, passes: number): void {
  const { n, m, P, A, q, D, E } = scaled;
  P.values.set(problem.P.values);
  A.values.set(problem.A.values);
  q.set(problem.q);
  D.fill(1);
  E.fill(1);
  const objectiveNorms = columnNorms(P, new Float64Array(n));
  const variableNorms = columnNorms(A, new Float64Array(n));
  const rowNorms = new Float64Array(m);
  for (let k = 0; k < A.values.length; k++) {
    const i = A.rowIndices[k]!;
    rowNorms[i] = Math.max(rowNorms[i]!, Math.abs(A.values[k]!));
  }
  const delta = new Float64Array(n);
  const epsilon = new Float64Array(m);
  let c = 1;
  let g = 1;
  for (let pass = 0; pass < passes; pass++) {
    for (let j = 0; j < n; j++)
      delta[j] = 1 / Math.sqrt(limited(Math.max(objectiveNorms[j]!, variableNorms[j]!)));
    for (let i = 0; i < m; i++) epsilon[i] = 1 / Math.sqrt(limited(rowNorms[i]!));
    scaleEntries(P, g, delta, delta, objectiveNorms);
    rowNorms.fill(0);
    scaleEntries(A, 1, epsilon, delta, variableNorms, rowNorms);
    for (let j = 0; j < n; j++) {
      q[j]! *= delta[j]!;
      D[j]! *= delta[j]!;
    }
    for (let i = 0; i < m; i++) E[i]! *= epsilon[i]!;

    let mean = 0;
    for (const norm of objectiveNorms) mean += norm;
    mean /= n;
    g = 1 / limited(Math.max(mean, limited(largest(q))));
    for (let j = 0; j < n; j++) {
      q[j]! *= g;
      objectiveNorms[j]! *= g;
    }
    c *= g;
  }
  for (let k = 0; k < P.values.length; k++) P.values[k]! *= g;
  scaled.c = c;
  for (let j = 0; j < n; j++) scaled.inverseD[j] = 1 / D[j]!;
  for (let i = 0; i < m; i++) scaled.inverseE[i] = 1 / E[i]!;
  scaleBounds(scaled, problem);
}

/** Writes the bounds in scaled terms. */
export function scaleBounds({ l, u, E }: ScaledProblem, problem: CheckedProblem): void {
  for (let i = 0; i < l.length; i++) {
    const lower = problem.l[i]! * E[i]!;
    const upper = problem.u[i]! * E[i]!;
    l[i] = lower > -INFINITE_BOUND ? lower : Number.NEGATIVE_INFINITY;
    u[i] = upper < INFINITE_BOUND ? upper : Number.POSITIVE_INFINITY;
  }
}

function columnNorms(matrix: CscMatrix, out: Float64Array): Float64Array {
  const { columns, columnPointers, values } = matrix;
  for (let j = 0; j < columns; j++) {
    let most = 0;
    for (let k = columnPointers[j]!; k < columnPointers[j + 1]!; k++)
      most = Math.max(most, Math.abs(values[k]!));
    out[j] = most;
  }
  return out;
}

/**
 * Multiplies every entry by `factor`, its row's scale and its column's, and writes the norms of the columns, and of the
 * rows, that result.
 */
function scaleEntries(
  { columns, columnPointers, rowIndices, values }: CscMatrix,
  factor: number,
  rowScale: Float64Array,
  columnScale: Float64Array,
  columnNorms: Float64Array,
  rowNorms?: Float64Array,
): void {
  for (let j = 0; j < columns; j++) {
    const scale = columnScale[j]!;
    let most = 0;
    for (let k = columnPointers[j]!; k < columnPointers[j + 1]!; k++) {
      const i = rowIndices[k]!;
      const value = values[k]! * factor * rowScale[i]! * scale;
      const size = Math.abs(value);
      values[k] = value;
      if (size > most) most = size;
      if (rowNorms !== undefined && size > rowNorms[i]!) rowNorms[i] = size;
    }
    columnNorms[j] = most;
  }
}
