import type { AccurateInfo } from "./accurate.ts";
import type { Iterate } from "./iterate.ts";
import type { Judged } from "./optimality.ts";
import type { Residuals } from "./residuals.ts";
import type { ScaledProblem } from "./scaling.ts";
import { hasPoint, type QpStatus } from "./status.ts";
import type { Suspicion } from "./suspect.ts";

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
  /**
   * What the status hides (with `certify`): "primal infeasible" or "dual infeasible" where a point is given though a
   * proof to 1e-9 says that there is none, or no bound; "certificate weak" where the certificate given does not hold to
   * 1e-9. Absent where nothing was found.
   */
  readonly suspect?: Suspicion;
  /** What the finish of `accurate` came to; absent where it was not asked for or did not run. */
  readonly accurate?: AccurateInfo;
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

/** What the last step proves of an infeasible or unbounded problem, in the user's terms; the largest |entry| is 1. */
export function certificateOf(
  status: QpStatus,
  { deltaX, deltaY }: Iterate,
  { D, E }: ScaledProblem,
): Float64Array | undefined {
  if (status.startsWith("primal")) return normalisedDirection(deltaY, E);
  return status.startsWith("dual") ? normalisedDirection(deltaX, D) : undefined;
}

function normalisedDirection(direction: Float64Array, scale: Float64Array): Float64Array {
  const unscaled = direction.map((value, k) => value * scale[k]!);
  let size = 0;
  for (const value of unscaled) size = Math.max(size, Math.abs(value));
  return unscaled.map((value) => value / size);
}

type Figures = Pick<QpInfo, "objective" | "dualObjective" | "dualityGap" | "primalResidual" | "dualResidual">;

/** The figures of a point: as the method measured them, or those of a point that something else found. */
export function figures(status: QpStatus, residuals: Residuals, point: Judged | undefined): Figures {
  if (point === undefined || !hasPoint(status)) {
    const hasOne = hasPoint(status);
    return {
      objective: hasOne ? residuals.objective : objectiveWithoutPoint(status),
      dualObjective: hasOne ? residuals.dualObjective : Number.NaN,
      dualityGap: hasOne ? residuals.dualityGap : Number.NaN,
      primalResidual: residuals.primal,
      dualResidual: residuals.dual,
    };
  }
  const { objective, gap, violation, stationarity } = point.quality;
  return {
    objective,
    dualObjective: objective - gap,
    dualityGap: gap,
    primalResidual: violation,
    dualResidual: stationarity,
  };
}

/** The objective of a problem that has no point to take it at. */
function objectiveWithoutPoint(status: QpStatus): number {
  if (status.startsWith("primal")) return Number.POSITIVE_INFINITY;
  return status.startsWith("dual") ? Number.NEGATIVE_INFINITY : Number.NaN;
}
