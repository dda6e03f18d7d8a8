import { expectClose, solver } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { optimizePortfolio, type PortfolioChanges, PortfolioOptimizer } from "../../src/index.ts";
import { type RandomPortfolio, randomPortfolio } from "./random-portfolios.ts";

const problems = fc
  .integer({ min: 0, max: 2 ** 31 })
  .map((seed) => randomPortfolio(seed, 25))
  .filter(({ isBounded, isDefinite, spec }) => isBounded && isDefinite && spec.objective.riskAversion > 0.1);

/** One field after the other is given anew, and now and then the same again. */
function changesOf({ spec }: RandomPortfolio, kind: number, scale: number): PortfolioChanges {
  const { expectedReturns, currentWeights, objective, constraints } = spec;
  switch (kind) {
    case 0:
      return { expectedReturns: expectedReturns.map((mu, i) => mu * (1 + 0.3 * scale * (i % 3))) };
    case 1:
      return { objective: { ...objective, riskAversion: objective.riskAversion * (1 + scale) } };
    case 2:
      return constraints.gross === undefined
        ? {}
        : { constraints: { ...constraints, gross: { max: constraints.gross.max * (1 + scale) } } };
    case 3:
      return { costs: { linear: 0.01 * scale } };
    case 4:
      return { currentWeights: currentWeights.map((w) => w * (1 - 0.1 * scale)), constraints: {} };
    default:
      return {};
  }
}

describe("a sequence of solves", () => {
  test("each comes to the weights of a solve from nothing, whatever was changed", () => {
    fc.assert(
      fc.property(
        problems,
        fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.double({ min: 0, max: 1, noNaN: true })), {
          minLength: 1,
          maxLength: 6,
        }),
        (problem, moves) => {
          const optimizer = new PortfolioOptimizer(problem.spec);
          let spec: RandomPortfolio["spec"] = problem.spec;
          for (const [kind, scale] of moves) {
            const changes = changesOf({ ...problem, spec }, kind, scale);
            spec = { ...spec, ...changes } as RandomPortfolio["spec"];
            const warm = optimizer.solve(changes);
            const cold = optimizePortfolio(spec);
            expect(warm.status).toBe(cold.status);
            if (cold.status !== "optimal") continue;
            expectClose(warm.weights, cold.weights, solver(1e-9), Math.max(1, cold.gross));
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test("goes by what it was given, not by what became of the caller's arrays", () => {
    const expectedReturns = Float64Array.of(0.1, 0.05);
    const max = Float64Array.of(0.4, 0.9);
    const spec = {
      covariance: [
        [0.04, 0.01],
        [0.01, 0.09],
      ],
      expectedReturns,
      objective: { maximize: "utility", riskAversion: 1 },
      constraints: { weights: { min: 0, max } },
    } as const;
    const optimizer = new PortfolioOptimizer(spec);
    const before = optimizer.solve().weights;
    expectedReturns.fill(-1);
    max.fill(0);
    expect(optimizer.solve().weights).toEqual(before);
    expect(optimizer.solve({ expectedReturns }).weights).toEqual(Float64Array.of(0, 0));
    expect(optimizer.solve({ expectedReturns: [0.1, 0.05] }).weights).toEqual(before);
  });
});
