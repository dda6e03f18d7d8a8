import { Osqp } from "./osqp.ts";
import type { QpProblem } from "./problem.ts";
import type { QpSettings } from "./settings.ts";
import type { QpSolution } from "./solution.ts";

/**
 * Solves one quadratic program: minimise ½x'Px + q'x subject to l ≤ Ax ≤ u.
 *
 * At the default tolerances (1e-3) "solved" can be far off; where the answer matters set `epsAbs` and `epsRel`
 * to 1e-6 with `polishing`, and read `info.violation` and `info.certifiedGap`.
 *
 * @throws QuantError for data or settings that are not what {@link QpProblem} and {@link QpSettings} say.
 */
export function solveQp(problem: QpProblem, settings: Partial<QpSettings> = {}): QpSolution {
  return new Osqp(problem, settings).solve();
}
