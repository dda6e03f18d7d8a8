import { expectClose, fixture, solver } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { hierarchicalRiskParity } from "../../src/index.ts";

const figures = solver(1e-10);
const truth = fixture(import.meta.url, "hierarchy.json");

describe("hierarchical risk parity from returns, over SciPy's trees and NumPy's covariance", () => {
  for (const item of truth.cases) {
    test(`${item.periods} periods of six assets, ${item.linkage} linkage of ${item.distance}`, () => {
      const solution = hierarchicalRiskParity(
        { returns: truth.returns.slice(0, item.periods) },
        { linkage: item.linkage, distance: item.distance },
      );
      expect(Array.from(solution.order)).toEqual(item.order);
      const heights = solution.merges.map(({ height }) => height);
      expectClose(heights, item.heights, figures, 1);
      expectClose(solution.weights, item.weights, figures, 1);
      expectClose(solution.volatility, item.volatility, figures);
    });
  }
});
