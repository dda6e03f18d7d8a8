import { type CscMatrix, QuantError, type VectorLike } from "@astra-quant/core-linalg";
import { requireFiniteVector, requireKnownOptions, show } from "@astra-quant/core-linalg/guards";
import { type CheckedProblem, type QpProblem, readProblem } from "../problem.ts";
import { scaleProblem } from "../scaling.ts";
import type { QpSolution } from "../solution.ts";
import { activeRows } from "./active-rows.ts";

/** Passes of equilibration before the system is solved. */
const SCALING = 10;

/** The gradient of some figure of merit with respect to a solution; what is not given counts as zero. */
export interface SolutionGradient {
  /** n entries. */
  readonly dx?: VectorLike;
  /** m entries. */
  readonly dy?: VectorLike;
}

/** The gradient of the same figure with respect to the problem. */
export interface AdjointDerivative {
  /**
   * On the pattern of P's upper triangle. Entry i,j is the derivative by P_ij as one of the n² entries of a symmetric
   * matrix: a change of the pair P_ij = P_ji counts twice.
   */
  readonly dP: CscMatrix;
  /** n entries. */
  readonly dq: Float64Array;
  /** On the pattern of A. */
  readonly dA: CscMatrix;
  /**
   * m entries each, 0 for a side that does not hold. An equality has the derivative by its two sides together in the
   * one that its multiplier presses against: du where y > 0, else dl.
   */
  readonly dl: Float64Array;
  readonly du: Float64Array;
  /**
   * The solution has a kink here (a row at its bound without a multiplier), or the system is singular (dependent rows,
   * or an x that is not unique). The figures are those of one side of the kink, or one choice among many.
   */
  readonly degenerate: boolean;
  /** The rows at their bound without a multiplier; they are taken as not holding. */
  readonly weaklyActive: Int32Array;
  /**
   * By how much the point that the active rows determine breaks another row or has a multiplier of the wrong sign, in
   * scaled terms. Rounding where the active rows were read rightly; otherwise solve to tighter tolerances.
   */
  readonly activeSetError: number;
}

/**
 * How a figure of merit f(x, y) of a solution changes with the problem, from its gradient at the solution, by way of the
 * optimality conditions [AmosKolter2017]. What comes back means what it does in OSQP, but for dy: there its sign is
 * turned on equalities and lower sides, here dy is the gradient by y. With the rows that hold as Â,
 *
 *     [P, Â'; Â, 0] [r; s] = −[dx; dy]        dq = r    dl, du = −s    dP = ½(r x' + x r')    dA = y r' + s x'
 *
 * Only which rows hold is read from the solution; x and y are solved for once more from these rows. The tolerances
 * must be tight enough for that: 1e-6 with polishing, say. NaN where there is no derivative, since x (or y) is not
 * unique and jumps.
 *
 * @throws QuantError "data" unless the solution is "solved"; "option" for neither dx nor dy; "shape" and "not-finite"
 *   for vectors that do not fit.
 */
export function adjointDerivative(
  problem: QpProblem,
  solution: Pick<QpSolution, "x" | "y" | "status">,
  gradient: SolutionGradient,
): AdjointDerivative {
  return differentiate(readProblem(problem), solution, gradient);
}

/** {@link adjointDerivative} for a problem that was checked. */
export function differentiate(
  problem: CheckedProblem,
  { x, y, status }: Pick<QpSolution, "x" | "y" | "status">,
  gradient: SolutionGradient,
): AdjointDerivative {
  requireKnownOptions(gradient, ["dx", "dy"], "gradient");
  const { n, m } = problem;
  if (gradient.dx === undefined && gradient.dy === undefined) {
    throw new QuantError("option", "gradient must have dx, dy or both, got neither", { option: "dx" });
  }
  if (status !== "solved") {
    throw new QuantError("data", `a derivative needs a solution, got the status ${show(status)}`, { status });
  }
  const dx = requireFiniteVector("dx", gradient.dx ?? new Float64Array(n), n);
  const dy = requireFiniteVector("dy", gradient.dy ?? new Float64Array(m), m);
  const given = { x: requireFiniteVector("x", x, n), y: requireFiniteVector("y", y, m) };

  // S K S = K̄ with S = diag(√c D, E ÷ √c), and x = D x̄, y = E ȳ ÷ c
  const scaled = scaleProblem(problem, SCALING);
  const { D, E, c } = scaled;
  const root = Math.sqrt(c);
  const active = activeRows(
    scaled,
    given.x.map((value, j) => value / D[j]!),
    given.y.map((value, i) => (c * value) / E[i]!),
  );
  const { side, system, weaklyActive } = active;
  const adjoint = system.solve(
    dx.map((value, j) => -root * D[j]! * value),
    dy.map((value, i) => (-E[i]! / root) * value),
  );
  const met = adjoint.exists ? 1 : Number.NaN;
  const r = adjoint.x.map((value, j) => met * root * D[j]! * value);
  const s = adjoint.y.map((value, i) => (met * E[i]! * value) / root);
  const at = {
    x: active.x.map((value, j) => D[j]! * value),
    y: active.y.map((value, i) => (E[i]! * value) / c),
  };
  return {
    dP: entrywise(problem.P, (i, j) => 0.5 * (r[i]! * at.x[j]! + at.x[i]! * r[j]!)),
    dq: r,
    dA: entrywise(problem.A, (i, j) => at.y[i]! * r[j]! + s[i]! * at.x[j]!),
    dl: s.map((value, i) => (side[i]! < 0 ? -value : 0)),
    du: s.map((value, i) => (side[i]! > 0 ? -value : 0)),
    degenerate: weaklyActive.length > 0 || !adjoint.exists || system.isSingular(),
    weaklyActive,
    activeSetError: active.error,
  };
}

/** A matrix of the same pattern whose entries are a function of their place. */
function entrywise(pattern: CscMatrix, entry: (i: number, j: number) => number): CscMatrix {
  const matrix = pattern.withValues(pattern.values);
  const { columns, columnPointers, rowIndices, values } = matrix;
  for (let j = 0; j < columns; j++) {
    for (let k = columnPointers[j]!; k < columnPointers[j + 1]!; k++) values[k] = entry(rowIndices[k]!, j);
  }
  return matrix;
}
