import { KktSystem } from "../kkt.ts";
import type { CheckedProblem } from "../problem.ts";
import { scaleProblem } from "../scaling.ts";
import { type InteriorPointResult, interiorPoint } from "./interior-point.ts";
import { NewtonSystem } from "./newton-system.ts";

/** Passes of equilibration. */
const PASSES = 10;

/** {@link interiorPoint} for a problem that has no solver yet. */
export function solveInteriorPoint(problem: CheckedProblem, tolerance: number): InteriorPointResult {
  const scaled = scaleProblem(problem, PASSES);
  const kkt = new KktSystem(scaled.P, scaled.A);
  return NewtonSystem.use(scaled, kkt, (system) => interiorPoint(problem, scaled, system, tolerance));
}
