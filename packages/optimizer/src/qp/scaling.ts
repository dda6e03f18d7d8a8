import type { CscMatrix } from "@astra-quant/core-linalg";
import { equilibrate } from "../kernels/scaling.ts";
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

/** Scales afresh, in place, a problem of the same patterns, equilibrated `passes` times. */
export function rescaleProblem(scaled: ScaledProblem, problem: CheckedProblem, passes: number): void {
  const { n, m, P, A, q, D, E } = scaled;
  P.values.set(problem.P.values);
  A.values.set(problem.A.values);
  q.set(problem.q);
  D.fill(1);
  E.fill(1);
  scaled.c = equilibrate(
    {
      n,
      m,
      pPointers: P.columnPointers,
      pRows: P.rowIndices,
      pValues: P.values,
      aPointers: A.columnPointers,
      aRows: A.rowIndices,
      aValues: A.values,
      q,
      D,
      E,
      delta: new Float64Array(n),
      epsilon: new Float64Array(m),
      objectiveNorms: new Float64Array(n),
      variableNorms: new Float64Array(n),
      rowNorms: new Float64Array(m),
    },
    passes,
  );
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
