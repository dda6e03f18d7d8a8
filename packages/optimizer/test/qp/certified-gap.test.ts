import { expect, test } from "vitest";
import { solveQp } from "../../src/index.ts";

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
