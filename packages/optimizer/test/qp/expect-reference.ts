import { expectClose, solver } from "@astra-quant/testkit";
import { expect } from "vitest";
import type { QpSolution } from "../../src/index.ts";
import type { Expected } from "./stored-cases.ts";

/** The tolerance that the conformance data state: 1e-7, or a hundred times what the elimination order moves. */
export function expectReference(solution: QpSolution, expected: Expected, spread = 0): void {
  expect(solution.status).toBe(expected.status);
  expect(solution.info.iterations).toBe(expected.iterations);
  if (expected.statusVal !== undefined) expect(solution.statusVal).toBe(expected.statusVal);
  if (expected.rhoUpdates !== undefined) expect(solution.info.rhoUpdates).toBe(expected.rhoUpdates);
  if (expected.polish !== undefined) expect(solution.info.polish).toBe(expected.polish);
  const tolerance = solver(Math.max(1e-7, 100 * spread));
  const scaleOf = (values: readonly number[]): number => Math.max(1, ...values.map(Math.abs));
  if (expected.x) expectClose(solution.x, expected.x, tolerance, scaleOf(expected.x));
  if (expected.y) expectClose(solution.y, expected.y, tolerance, scaleOf(expected.y));
  if (!expected.x) return;
  for (const name of [
    "objective",
    "dualObjective",
    "dualityGap",
    "primalResidual",
    "dualResidual",
  ] as const) {
    const wanted = expected[name];
    if (wanted !== undefined) {
      expectClose(solution.info[name], wanted, tolerance, scaleOf([wanted, expected.objective ?? 0]));
    }
  }
}
