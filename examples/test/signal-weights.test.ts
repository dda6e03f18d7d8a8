import { Matrix } from "@astra-quant/core-linalg";
import { type QpSettings, solveQp } from "@astra-quant/optimizer";
import { optimizeSignalWeights, type QuadraticProgramSolver } from "@astra-quant/signals";
import { expectClose, solver } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";

const tight: Partial<QpSettings> = { epsAbs: 1e-9, epsRel: 1e-9, polishing: true };
/** The optimizer's solver as the port that signals declare: the two packages know nothing of each other. */
const solve: QuadraticProgramSolver = (program) => solveQp(program, tight);

describe("the optimizer behind the weights of signals", () => {
  test("solves the correlation-penalised program to a certified gap", () => {
    const signals = {
      momentum: { ic: 0.03, health: 0.7, sharpe: 1.2 },
      carry: { ic: 0.021, health: 0.55, sharpe: 0.4 },
      beta: { ic: -0.004, health: 0.2, sharpe: -0.8 },
    };
    const correlation = Matrix.fromRows([
      [1, 0.4, 0.1],
      [0.4, 1, 0.2],
      [0.1, 0.2, 1],
    ]);
    const { status, weights, certifiedGap, moved } = optimizeSignalWeights(signals, correlation, { solve });
    expect(status).toBe("optimal");
    expectClose(weights.momentum! + weights.carry! + weights.beta!, 1, solver(1e-12));
    expect(certifiedGap).toBeLessThan(1e-6);
    expect(moved).toBeLessThan(1e-6);
  });
});
