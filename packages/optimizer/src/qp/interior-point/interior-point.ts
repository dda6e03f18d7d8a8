import { type Judged, judgeScaled } from "../optimality.ts";
import type { CheckedProblem } from "../problem.ts";
import type { ScaledProblem } from "../scaling.ts";
import { solveActiveSet } from "./active-set.ts";
import { CentralPath } from "./central-path.ts";
import type { NewtonSystem } from "./newton-system.ts";

const MOST_ITERATIONS = 100;
/** Iterations without a better point after which there is none to be had. */
const PATIENCE = 15;
/** From this error on the active set is worth a try, once. */
const SHOWS_THE_ACTIVE_SET = 1e-6;
const ACTIVE_SETS = 3;

export interface InteriorPointResult extends Judged {
  readonly iterations: number;
}

/**
 * Mehrotra's predictor–corrector method for l ≤ Ax ≤ u: the best point that it found, in the user's terms. It needs no
 * feasible start. Where there is no optimum the error stays large and x or y grow without end.
 */
export function interiorPoint(
  problem: CheckedProblem,
  scaled: ScaledProblem,
  system: NewtonSystem,
  tolerance: number,
): InteriorPointResult {
  const path = new CentralPath(scaled, system);
  const nearest = { x: path.x.slice(), y: path.y.slice(), error: path.error };
  let vertex: Judged | undefined;
  let iterations = 0;
  let nearestAt = 0;
  while (iterations < MOST_ITERATIONS && iterations - nearestAt < PATIENCE) {
    if (path.error <= tolerance) {
      const judged = judgeScaled(problem, scaled, path.x, path.y);
      if (judged.error <= tolerance) return { ...judged, iterations };
    }
    if (!path.step()) break;
    iterations++;
    if (!(path.error < nearest.error)) continue;
    nearest.x.set(path.x);
    nearest.y.set(path.y);
    nearest.error = path.error;
    nearestAt = iterations;
    if (nearest.error > SHOWS_THE_ACTIVE_SET || vertex !== undefined) continue;
    vertex = solveActiveSet(problem, scaled, system, path.point(), { steps: ACTIVE_SETS, tolerance });
    if (vertex !== undefined && vertex.error <= tolerance) return { ...vertex, iterations };
  }
  const judged = judgeScaled(problem, scaled, nearest.x, nearest.y);
  return { ...(vertex !== undefined && vertex.error < judged.error ? vertex : judged), iterations };
}
