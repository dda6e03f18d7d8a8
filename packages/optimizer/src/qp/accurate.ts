import { provesNoBound, provesNoPoint, provesStatus } from "./certificates.ts";
import { activeSides, LET_GO, solveActiveSet } from "./interior-point/active-set.ts";
import { nearestMiss, steepestRay } from "./interior-point/farkas.ts";
import { interiorPoint } from "./interior-point/interior-point.ts";
import { NewtonSystem } from "./interior-point/newton-system.ts";
import { type Judged, judgeScaled } from "./optimality.ts";
import { DEFAULT_SETTINGS, type QpSettings } from "./settings.ts";
import { hasPoint, type QpStatus } from "./status.ts";
import type { Workspace } from "./workspace.ts";

/** What `accurate` promises: violation, stationarity and gap, each against its scale. */
export const ACCURATE = 1e-9;
/** What it aims at, so that the objective too has nine digits where the multipliers are large. */
const AIM = 1e-11;
/** Curvature of the scaled P that is negative by less than this is rounding. */
const CONVEX_TO = 1e-9;
/** Active sets to try from where the splitting ended. */
const ACTIVE_SETS = 6;

/** Iterations that the splitting has at least before the interior point is tried: some after its first new rho. */
const LEAST_PATIENCE = 75;
/** Factorisations that the splitting may cost beyond that: an interior point takes ten times as many. */
const FACTORISATIONS = 2;

/** Iterations of the splitting, by the entries of K's factor, after which it had better be left. */
export function patienceOf({ kkt }: Workspace): number {
  const { pointers, size } = kkt.ldl;
  let factor = 0;
  for (let j = 0; j < size; j++) {
    const entries = pointers[j + 1]! - pointers[j]!;
    factor += entries * entries;
  }
  const solve = 4 * pointers[size]! + size;
  return Math.max(LEAST_PATIENCE, Math.ceil((FACTORISATIONS * factor) / solve));
}

/** What the accurate finish came to. */
export interface AccurateInfo {
  /**
   * True when the answer holds to 1e-9: a point whose violation (against the bounds that multipliers press on, and row by
   * row against the row's own entries, bound and terms), stationarity (against the terms that cancel in it) and gap
   * (against the objective) are all below, or a certificate that what must vanish in it does.
   */
  readonly reached: boolean;
  /** Whose answer was taken. */
  readonly by: "splitting" | "polish" | "interior-point";
  /** The largest of these relative figures of the point returned; NaN without a point. */
  readonly error: number;
  /** Iterations of the interior point, 0 where it was not needed. */
  readonly iterations: number;
}

/** The answer that the finish leaves: a point, or a certificate that there is none. */
export interface AccurateFinish {
  readonly status: QpStatus;
  readonly info: AccurateInfo;
  readonly point?: Judged;
  /** Where the objective was found to be concave. */
  readonly concaveVariable?: number;
  /** In the user's terms, the largest entry ±1: m entries where no point exists, n where there is no bound. */
  readonly certificate?: Float64Array;
}

/**
 * Goes on from where the splitting ended: to the active set that its iterate shows, then by an interior point, then to a
 * proof that there is nothing to find. What is proved to 1e-9 decides the status; where nothing is, `status` stays.
 */
export function finishAccurately(
  workspace: Workspace,
  { sigma }: QpSettings,
  status: QpStatus,
  certificate?: Float64Array,
): AccurateFinish {
  const { problem, scaled, kkt } = workspace;
  const reached = (by: AccurateInfo["by"], point: Judged, iterations: number): AccurateFinish => ({
    status: "solved",
    point,
    info: { reached: true, by, error: point.error, iterations },
  });
  if (certificate !== undefined && provesStatus(problem, status, certificate)) {
    return proved(status, certificate, "splitting", 0);
  }
  const concaveVariable = sigma > DEFAULT_SETTINGS.sigma ? concaveVariableOf(workspace, sigma) : -1;
  if (concaveVariable >= 0) {
    const info = { reached: false, by: "splitting", error: Number.NaN, iterations: 0 } as const;
    return { status: "problem non convex", concaveVariable, info };
  }
  const { best, by, iterations } = NewtonSystem.use(scaled, kkt, (system) =>
    bestPoint(workspace, system, hasPoint(status)),
  );
  if (best.error <= ACCURATE) return reached(by, best, iterations);
  const miss = nearestMiss(scaled);
  if (miss !== undefined && provesNoPoint(problem, miss)) {
    return proved("primal infeasible", miss, "interior-point", iterations);
  }
  const ray = steepestRay(scaled);
  if (ray !== undefined && provesNoBound(problem, ray)) {
    return proved("dual infeasible", ray, "interior-point", iterations);
  }
  const point = hasPoint(status) ? best : undefined;
  return {
    status,
    ...(point && { point }),
    ...(certificate && { certificate }),
    info: {
      reached: false,
      by: point ? by : "splitting",
      error: point?.error ?? Number.NaN,
      iterations,
    },
  };
}

interface BestPoint {
  readonly best: Judged;
  readonly by: AccurateInfo["by"];
  /** Of the interior point. */
  readonly iterations: number;
}

/** The best of the splitting's own point, of the active sets that it shows, and, if these are not enough, of the interior point. */
function bestPoint(
  { problem, scaled, splitting }: Workspace,
  system: NewtonSystem,
  isGiven: boolean,
): BestPoint {
  let best: Judged | undefined;
  let by: AccurateInfo["by"] = "splitting";
  if (isGiven) {
    best = judgeScaled(problem, scaled, splitting.x, splitting.y);
    if (best.error <= AIM) return { best, by, iterations: 0 };
    const start = { x: splitting.x, y: splitting.y, active: activeSides(scaled, splitting) };
    const polished = solveActiveSet(problem, scaled, system, start, { steps: ACTIVE_SETS, tolerance: AIM });
    if (polished !== undefined && polished.error < best.error) {
      best = polished;
      by = "polish";
    }
    if (best.error <= ACCURATE) return { best, by, iterations: 0 };
    system.reset();
  }
  const { iterations, ...inner } = interiorPoint(problem, scaled, system, AIM);
  if (best !== undefined && !(inner.error < best.error)) return { best, by, iterations };
  return { best: inner, by: "interior-point", iterations };
}

/** The variable at which P alone shows that it is not positive semidefinite, which a large σ hides; −1 when it is. */
function concaveVariableOf(workspace: Workspace, sigma: number): number {
  const { scaled, kkt } = workspace;
  kkt.setMatrices(scaled.P, scaled.A, CONVEX_TO);
  const variable = kkt.factor(LET_GO) ? -1 : kkt.concaveVariable;
  workspace.restore(sigma);
  return variable;
}

function proved(
  status: QpStatus,
  certificate: Float64Array,
  by: AccurateInfo["by"],
  iterations: number,
): AccurateFinish {
  return {
    status: status.startsWith("primal") ? "primal infeasible" : "dual infeasible",
    certificate,
    info: { reached: true, by, error: Number.NaN, iterations },
  };
}
