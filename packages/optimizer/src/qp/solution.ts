import type { QpStatus } from "./status.ts";

/** What a solve says about itself. */
export interface QpInfo {
  readonly iterations: number;
  /** ½x'Px + q'x; ∞ when infeasible, −∞ when unbounded, NaN when not convex. */
  readonly objective: number;
  /** −½x'Px − SC(y), SC(y) = Σ u_i max(y_i, 0) + l_i min(y_i, 0). NaN without a point. */
  readonly dualObjective: number;
  /** objective − dualObjective, signed. NaN without a point. */
  readonly dualityGap: number;
  /** The largest |Ax − z| and |Px + q + A'y| at the end of the iterations or after polishing. */
  readonly primalResidual: number;
  readonly dualResidual: number;
  /** Changes of rho since the data were last set. */
  readonly rhoUpdates: number;
  /** The rho that the last residuals ask for. */
  readonly rhoEstimate: number;
  /** 1 taken, −1 not taken, 0 not run, 2 nothing active, −2 not factored. */
  readonly polish: -2 | -1 | 0 | 1 | 2;
  /** The largest overrun of l ≤ Ax ≤ u by the returned x, in the rows' own units. NaN without a point. */
  readonly violation: number;
  /** The largest |Px + q + A'y| of the returned x and y. NaN without a point. */
  readonly stationarity: number;
  /**
   * objective minus a proven lower bound on the optimum; NaN where none can be had. Read it together with
   * `violation`: a point outside the rows may lie below the optimum.
   */
  readonly certifiedGap: number;
  /** The variable at which curvature turned out not to be positive, when P is not convex. */
  readonly nonConvexPivot?: number;
  /** Seconds by the `clock` given, NaN without one: of the setup, of updates since the last solve, of the iterations. */
  readonly setupTime: number;
  readonly updateTime: number;
  readonly solveTime: number;
  readonly polishTime: number;
  /** Iterations and polishing, with the setup in a first solve and the updates in a later one. */
  readonly runTime: number;
}

export interface QpSolution {
  /** n entries; NaN when the problem is infeasible, unbounded or not convex. */
  readonly x: Float64Array;
  /** m multipliers, > 0 where the upper side holds; NaN like x. */
  readonly y: Float64Array;
  readonly status: QpStatus;
  /** OSQP's number for the status. */
  readonly statusVal: number;
  /** m entries, the largest ±1, that prove that no x meets the rows. */
  readonly primalInfeasibilityCertificate?: Float64Array;
  /** n entries, the largest ±1: a feasible direction along which the objective falls for ever. */
  readonly dualInfeasibilityCertificate?: Float64Array;
  readonly info: QpInfo;
}

/** A direction in the user's terms, divided by its largest |entry|. */
export function normalisedDirection(direction: Float64Array, scale: Float64Array): Float64Array {
  const unscaled = direction.map((value, k) => value * scale[k]!);
  let size = 0;
  for (const value of unscaled) size = Math.max(size, Math.abs(value));
  return unscaled.map((value) => value / size);
}

/** The objective of a problem that has no point to take it at. */
export function objectiveWithoutPoint(status: QpStatus): number {
  if (status.startsWith("primal")) return Number.POSITIVE_INFINITY;
  return status.startsWith("dual") ? Number.NEGATIVE_INFINITY : Number.NaN;
}
