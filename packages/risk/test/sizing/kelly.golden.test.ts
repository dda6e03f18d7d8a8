import { expectClose, fixture, rounding, solver, statistical } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { kellyFraction } from "../../src/index.ts";

const truth = fixture(import.meta.url, "kelly.json");

describe("Kelly's stake", () => {
  test("grows as fast as any stake that a numerical search finds", () => {
    for (const { growthRate, near, ...odds } of truth.bets) {
      const { fraction, growthRate: ours } = kellyFraction(odds);
      expectClose(ours, growthRate, solver(1e-13), 1);
      expectClose(fraction, near, solver(1e-6), 1);
    }
  });

  test("of a portfolio is the solution of Σ w = μ, and grows with half of μ′w", () => {
    const { weights, growthRate } = kellyFraction({
      expectedReturns: truth.expectedReturns,
      covariance: truth.covariance,
    });
    expectClose(weights, truth.weights, rounding(40));
    expectClose(growthRate, truth.growthRate, rounding(40));
  });

  test("has the standard errors of 20 000 samples' stakes, to first order", () => {
    const { standardErrors, shrinkage, full, weights } = kellyFraction(
      {
        expectedReturns: truth.expectedReturns,
        covariance: truth.covariance,
        observations: truth.observations,
      },
      { shrink: true },
    );
    expectClose(shrinkage, truth.shrinkage, rounding(40));
    expectClose(
      weights,
      full.map((stake) => stake * truth.shrinkage),
      rounding(40),
    );
    const { draws, deviation } = truth.simulated;
    standardErrors.forEach((error, i) => {
      // The sampling error of a deviation, and the terms beyond the first order.
      const allowed = deviation[i] * (1 / Math.sqrt(2 * draws) + 2 / truth.observations);
      expectClose(error, deviation[i], statistical(allowed, 4));
    });
  });

  test("shrunk by its own error grows faster than the full estimate", () => {
    const { full, shrunk } = truth.simulated.growth;
    expect(full.mean + 4 * full.standardError).toBeLessThan(shrunk.mean - 4 * shrunk.standardError);
  });
});
