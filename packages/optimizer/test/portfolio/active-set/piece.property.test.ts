import { createRandom, Matrix, sampleCovariance } from "@astra-quant/core-linalg";
import { expectClose, solver } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  efficientFrontier,
  optimizePortfolio,
  type PortfolioSolution,
  type PortfolioSpec,
} from "../../../src/index.ts";

type Universe = Omit<PortfolioSpec, "objective">;

function universe(seed: number, n: number, kind: number): Universe {
  const random = createRandom(`pieces ${seed}`);
  const returns = new Matrix(3 * n, n, random.fillNormal(new Float64Array(3 * n * n)));
  const { covariance } = sampleCovariance(returns);
  const expectedReturns = random.fillNormal(new Float64Array(n)).map((z) => 0.1 * z);
  const currentWeights = random.fillNormal(new Float64Array(n)).map((z) => (0.2 * z) / n);
  const box = { weights: { min: kind === 0 ? 0 : -0.5, max: 0.6 } };
  if (kind === 0) return { covariance, expectedReturns, constraints: box };
  const constraints = { ...box, gross: { max: 1.6 }, groups: { some: { members: [0, 1], max: 0.5 } } };
  if (kind === 1) return { covariance, expectedReturns, constraints };
  const costs = kind === 2 ? { linear: 0.01 } : { linear: 0.01, quadratic: 0.05 };
  return { covariance, expectedReturns, currentWeights, constraints, costs };
}

describe("a piece of the frontier", () => {
  test("leads to portfolios that a solve at their risk aversion finds too", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 31 }),
        fc.integer({ min: 3, max: 14 }),
        fc.integer({ min: 0, max: 3 }),
        (seed, n, kind) => {
          const spec = universe(seed, n, kind);
          const { status, portfolios } = efficientFrontier(spec, { points: 12 });
          expect(status).toBe("optimal");
          for (const { riskAversion, weights, volatility, binding } of portfolios.slice(1, -1)) {
            const constraints = { net: { equal: 1 }, ...spec.constraints };
            const alone = optimizePortfolio({
              ...spec,
              constraints,
              objective: { maximize: "utility", riskAversion },
            });
            expectClose(weights, alone.weights, solver(1e-9), 1);
            expectClose(volatility, alone.volatility, solver(1e-10), 1);
            expect(binding.map(({ constraint }) => constraint).sort()).toEqual(
              alone.binding.map(({ constraint }) => constraint).sort(),
            );
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test("at the upper end is where less is earned at once", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 31 }),
        fc.integer({ min: 3, max: 14 }),
        fc.integer({ min: 0, max: 2 }),
        (seed, n, kind) => {
          const spec = universe(seed, n, kind);
          const last = efficientFrontier(spec, { points: 3 }).portfolios.at(-1)!;
          const constraints = { net: { equal: 1 }, ...spec.constraints };
          const solved = (objective: PortfolioSpec["objective"]): PortfolioSolution =>
            optimizePortfolio({ ...spec, constraints, objective });
          const near = (factor: number): PortfolioSolution =>
            solved({ maximize: "utility", riskAversion: factor * last.riskAversion });
          expectClose(last.objective, solved({ maximize: "return" }).objective, solver(1e-13), 1);
          expectClose(near(0.999).weights, last.weights, solver(1e-12), 1);
          expect(near(1.001).volatility).toBeLessThan(last.volatility * (1 - 1e-9));
        },
      ),
      { numRuns: 60 },
    );
  });

  test("that many portfolios share is solved for once", () => {
    const covariance = [
      [0.04, 0],
      [0, 0.09],
    ];
    const { portfolios } = efficientFrontier(
      { covariance, expectedReturns: [0.05, 0.1], constraints: { weights: { min: 0 } } },
      { points: 40 },
    );
    const solves = portfolios.slice(1, -1).map(({ iterations }) => iterations);
    expect(Math.max(...solves)).toBe(0);
  });
});
