import {
  hasCrossedInterval,
  hintsAtNoBound,
  hintsAtNoPoint,
  provesNoBound,
  provesNoPoint,
  provesStatus,
} from "./certificates.ts";
import { nearestMiss, steepestRay } from "./interior-point/farkas.ts";
import type { Iterate } from "./iterate.ts";
import type { CheckedProblem } from "./problem.ts";
import type { ScaledProblem } from "./scaling.ts";
import { hasPoint, type QpStatus } from "./status.ts";

/** What the status hides: that a proof says otherwise, or that the proof it rests on is none. */
export type Suspicion = "primal infeasible" | "dual infeasible" | "certificate weak";

/** Where an answer came from: the problem in both terms and the last iteration. */
export interface Evidence {
  readonly problem: CheckedProblem;
  readonly scaled: ScaledProblem;
  readonly splitting: Iterate;
}

/** An answer in the user's terms. */
export interface Answer {
  readonly status: QpStatus;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly certificate: Float64Array | undefined;
  /** The largest overrun of a row by x. */
  readonly violation: number;
}

/**
 * Whether it is proved to 1e-9 that there is no point, or no bound, though one is given (a tolerance hides what is
 * smaller than itself); and whether the certificate of an infeasible problem fails to hold to 1e-9.
 */
export function suspicion(evidence: Evidence, answer: Answer): Suspicion | undefined {
  const { status, certificate } = answer;
  if (hasPoint(status)) {
    if (isInfeasible(evidence, answer)) return "primal infeasible";
    return isUnbounded(evidence, answer) ? "dual infeasible" : undefined;
  }
  if (certificate === undefined) return undefined;
  return provesStatus(evidence.problem, status, certificate) ? undefined : "certificate weak";
}

/** The multipliers and their last step point at what no x can meet; where they do, the nearest miss proves it. */
function isInfeasible({ problem, scaled, splitting }: Evidence, { x, y, violation }: Answer): boolean {
  if (!(violation > 0)) return false;
  if (hasCrossedInterval(problem)) return true;
  const step = splitting.deltaY.map((value, i) => value * scaled.E[i]!);
  if (![y, step].some((v) => hintsAtNoPoint(problem, v, violation))) return false;
  const miss = nearestMiss(scaled);
  return miss !== undefined && provesNoPoint(problem, miss, x);
}

/** The point's last step runs where nothing seems to end it; where it does, the steepest ray proves it. */
function isUnbounded({ problem, scaled, splitting }: Evidence, { x, y }: Answer): boolean {
  const step = splitting.deltaX.map((value, j) => value * scaled.D[j]!);
  if (!hintsAtNoBound(problem, step)) return false;
  const ray = steepestRay(scaled);
  return ray !== undefined && provesNoBound(problem, ray, { x, y });
}
