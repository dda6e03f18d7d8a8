import { provesDualInfeasible, provesPrimalInfeasible } from "./infeasibility.ts";
import type { Iterate } from "./iterate.ts";
import type { Residuals } from "./residuals.ts";
import type { ScaledProblem } from "./scaling.ts";
import type { QpSettings } from "./settings.ts";
import type { QpStatus } from "./status.ts";

const DIVERGED = 1e30;
/** The last look, when the iterations are spent, allows this much more. */
const INACCURATE_FACTOR = 10;

/** Working room for the tests: n and m numbers. */
export interface TerminationWork {
  readonly variables: Float64Array;
  readonly rows: Float64Array;
}

/** The status that the iterate has earned, if any. */
export function decide(
  problem: ScaledProblem,
  iterate: Iterate,
  residuals: Residuals,
  settings: QpSettings,
  work: TerminationWork,
): QpStatus | undefined {
  return look(problem, iterate, residuals, settings, work, 1);
}

/** As {@link decide} with ten times the tolerances, for an iterate that will not get better. */
export function decideInaccurate(
  problem: ScaledProblem,
  iterate: Iterate,
  residuals: Residuals,
  settings: QpSettings,
  work: TerminationWork,
): QpStatus | undefined {
  const status = look(problem, iterate, residuals, settings, work, INACCURATE_FACTOR);
  switch (status) {
    case "solved":
      return "solved inaccurate";
    case "primal infeasible":
      return "primal infeasible inaccurate";
    case "dual infeasible":
      return "dual infeasible inaccurate";
    default:
      return status;
  }
}

function look(
  problem: ScaledProblem,
  iterate: Iterate,
  residuals: Residuals,
  settings: QpSettings,
  work: TerminationWork,
  slack: number,
): QpStatus | undefined {
  const { epsAbs, epsRel, epsPrimInf, epsDualInf, scaledTermination } = settings;
  if (residuals.primal > DIVERGED || residuals.dual > DIVERGED) return "problem non convex";
  const within = (residual: number, scale: number): boolean => residual < slack * (epsAbs + epsRel * scale);

  const primal = problem.m === 0 || within(residuals.primal, residuals.primalScale);
  const primalInfeasible =
    !primal &&
    provesPrimalInfeasible(problem, iterate.deltaY, slack * epsPrimInf, scaledTermination, work.variables);
  const dual = within(residuals.dual, residuals.dualScale);
  const dualInfeasible =
    !dual &&
    provesDualInfeasible(
      problem,
      iterate.deltaX,
      slack * epsDualInf,
      scaledTermination,
      work.variables,
      work.rows,
    );
  const gap = !settings.checkDualgap || within(Math.abs(residuals.gap), residuals.gapScale);
  if (primal && dual && gap) return "solved";
  if (primalInfeasible) return "primal infeasible";
  return dualInfeasible ? "dual infeasible" : undefined;
}
