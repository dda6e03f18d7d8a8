import { expectClose, solver } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { type QpProblem, solveQp } from "../../src/index.ts";

const NONE = Number.POSITIVE_INFINITY;

/** The gap at the defaults bounds what is left to the accurate optimum; and there, nothing is left. */
function expectBound(problem: QpProblem): void {
  const best = solveQp(problem, { accurate: true }).info;
  const scale = Math.max(1, Math.abs(best.objective));
  expectClose(best.certifiedGap, 0, solver(1e-9), scale);
  const { objective, certifiedGap } = solveQp(problem).info;
  expect(objective - certifiedGap).toBeLessThanOrEqual(best.objective + 1e-9 * scale);
  expect(certifiedGap).toBeLessThan(1e-1 * scale);
}

describe("the certified gap", () => {
  test("takes upper ends from a row of several variables that have lower ones", () => {
    const A = [
      [1, 0],
      [0, 1],
      [1, 2],
    ];
    const P = [
      [0, 0],
      [0, 0],
    ];
    expectBound({ P, q: [-1, -1], A, l: [0, 0, -NONE], u: [NONE, NONE, 1] });
  });

  test("takes an end that follows only from an end that followed", () => {
    const A = [
      [1, 0, 0],
      [1, -1, 0],
      [0, 1, -1],
    ];
    const P = [
      [0, 0, 0],
      [0, 0, 0],
      [0, 0, 0],
    ];
    expectBound({ P, q: [1, -1, 1], A, l: [-1, 0, -1], u: [1, 2, 1] });
  });

  test("eliminates open variables that have curvature, though P as a whole is singular", () => {
    const A = [
      [1, 0, 0],
      [0, 0, 1],
    ];
    const P = [
      [1, 1, 0],
      [1, 2, 0],
      [0, 0, 0],
    ];
    expectBound({ P, q: [1, -3, -1], A, l: [-1, 0], u: [1, 1] });
  });

  test("is not spoilt by bounds so far away that rounding times them is large", () => {
    const A = [
      [1, 0],
      [0, 1],
    ];
    const P = [
      [2, 1],
      [1, 2],
    ];
    expectBound({ P, q: [-1, -4], A, l: [-1e20, -1e20], u: [1e20, 1] });
  });

  test("is no number where a variable without curvature and without end still has a slope", () => {
    const P = [
      [1, 0],
      [0, 0],
    ];
    const { info } = solveQp({ P, q: [1, 1], A: [[0, 1]], l: [0], u: [NONE] }, { maxIter: 1 });
    expect(info.certifiedGap).toBeNaN();
  });
});

test("a small component of the gradient is not called rounding because another has large terms", () => {
  // f = 2^-8 (v₀ + 2^15 v₁)² + … : along v₁ the terms of the gradient are 1e5 times those along v₀, which is unbounded
  const problem = {
    P: [
      [0.0078125, 256],
      [256, 8388608],
    ],
    q: [0.01953125, 640],
    A: [
      [0, 49152],
      [0, 0.375],
    ],
    l: [-1.75, -0.0000133514404296875],
  };
  const { status, info } = solveQp(problem, { adaptiveRho: 3, epsAbs: 1e-8, epsRel: 0 });
  const optimum = -0.0244140625;
  expect(status).toBe("solved");
  expect(info.stationarity).toBeGreaterThan(0);
  // P is singular along (2^15, −1): no bound can be had, and a bound above the optimum must not be given
  if (!Number.isNaN(info.certifiedGap))
    expect(info.objective - info.certifiedGap).toBeLessThanOrEqual(optimum);
});
