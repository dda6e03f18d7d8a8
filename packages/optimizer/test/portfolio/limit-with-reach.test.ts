import { describe, expect, test } from "vitest";
import { optimizePortfolio, PortfolioOptimizer, type PortfolioSpec } from "../../src/index.ts";

const spec: PortfolioSpec = {
  covariance: [
    [0.04, 0],
    [0, 0.01],
  ],
  expectedReturns: [0.2, 0.1],
  objective: { maximize: "utility", riskAversion: 0.1 },
  constraints: { gross: { max: 1 }, weights: { max: 0.75 } },
};

describe("a binding limit with its reach", () => {
  test("has it as a field of its own: it is copied, listed and written out with the rest", () => {
    const [limit] = optimizePortfolio(spec).binding;
    expect(Object.keys(limit!)).toEqual(["constraint", "shadowPrice", "perTenth", "reach"]);
    expect({ ...limit }.reach).toBe(limit!.reach);
    expect(JSON.parse(JSON.stringify(limit)).reach.limit).toBe(1);
    expect(structuredClone(limit)).toEqual({ ...limit });
  });

  test("is that of its own solve, looked at after another", () => {
    const optimizer = new PortfolioOptimizer(spec);
    const early = optimizer.solve();
    const late = optimizer.solve({ constraints: { gross: { max: 0.5 }, weights: { max: 0.75 } } });
    expect(early.binding[0]!.reach!.limit).toBe(1);
    expect(late.binding[0]!.reach!.limit).toBe(0.5);
  });

  test("weights and contributions have buffers of their own", () => {
    const { weights, contributions } = new PortfolioOptimizer(spec).solve();
    for (const vector of [weights, contributions.marginal, contributions.component]) {
      expect(vector.buffer.byteLength).toBe(2 * Float64Array.BYTES_PER_ELEMENT);
    }
  });
});
