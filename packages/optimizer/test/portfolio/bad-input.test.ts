import { describe, expect, test } from "vitest";
import { optimizePortfolio, type PortfolioSpec } from "../../src/index.ts";

const base = {
  assets: ["AAPL", "MSFT"],
  covariance: [
    [0.04, 0.006],
    [0.006, 0.09],
  ],
  expectedReturns: [0.1, 0.1],
  objective: { maximize: "utility", riskAversion: 1 },
};

describe("what cannot be a spec is refused with the argument, the rule and the value", () => {
  const tech = (group: object): object => ({ constraints: { groups: { tech: group } } });
  const refused: [string, object, string, string][] = [
    ["an unknown asset", tech({ members: ["APL"], max: 1 }), "data", "constraints.groups.tech.members[0] must be an asset's name or an index below 2, got \"APL\"; did you mean 'AAPL'?"],
    ["an index beyond the assets", tech({ members: [2], max: 1 }), "data", "constraints.groups.tech.members[0] must be an asset's name or an index below 2, got 2"],
    ["a group with no members", tech({ members: [], max: 1 }), "shape", "constraints.groups.tech.members must name at least one asset, got Array(0)"],
    ["a member by name and by index", tech({ members: ["AAPL", 0], max: 1 }), "data", "constraints.groups.tech.members[1] must not be named twice, got 0"],
    ["groups without names", { constraints: { groups: [{ members: [0] }] } }, "option", "constraints.groups must be an object of named limits, got Array(1)"],
    ["a limit that is a number", { constraints: { gross: 1 } }, "option", "constraints.gross must be an object, got 1"],
    ["a min that nothing meets", { constraints: { net: { min: Infinity } } }, "range", "constraints.net.min must be finite, or -Infinity for no bound, got Infinity"],
    ["a max that nothing meets", { constraints: { weights: { max: [1, -Infinity] } } }, "range", "constraints.weights.max[1] must be finite, or Infinity for no bound, got -Infinity"],
    ["bounds of every asset that nothing meets", { constraints: { weights: { min: Infinity } } }, "range", "constraints.weights.min must be finite, or -Infinity for no bound, got Infinity"],
    ["an aversion below 0", { objective: { maximize: "utility", riskAversion: -1 } }, "range", "objective.riskAversion must be non-negative and finite, got -1"],
    ["an aversion without end", { objective: { maximize: "utility", riskAversion: Infinity } }, "not-finite", "objective.riskAversion must be non-negative and finite, got Infinity"],
    ["nothing to maximize", { objective: {} }, "option", "objective must say what to maximize or minimize, got neither"],
    ["two things at once", { objective: { maximize: "utility", minimize: "variance", riskAversion: 1 } }, "option", "unknown option 'minimize'"],
    ["what buying costs without selling", { costs: { linear: { buy: 0.01 } } }, "shape", "costs.linear.sell must be given, be it 0, got undefined"],
    ["longs without shorts", { costs: { funding: { long: 0.01 } } }, "shape", "costs.funding.short must be given, be it 0, got undefined"],
    ["rates that pay for turning round", { currentWeights: [0.1, 0], costs: { funding: { long: 0.01, short: -0.02 } } }, "range", "costs.funding's long + short of AAPL must be at least 0, got -0.01"],
    ["a covariance that is not semidefinite", { covariance: [[1, 2], [2, 1]] }, "data", "covariance must be positive semidefinite, but its smallest eigenvalue is -"],
    ["factors that are not", { covariance: { exposures: [[1], [1]], factorCovariance: [[-1]], specific: [1, 1] } }, "data", "covariance.factorCovariance must be positive semidefinite, but its smallest eigenvalue is -1 (elimination fails at row 0); nearestPositiveDefinite repairs it"],
    ["exposures of another length", { constraints: { exposures: { beta: { loadings: [1], min: 0 } } } }, "shape", "constraints.exposures.beta.loadings must have 2 entries, got 1"],
    ["a name that is a number", { assets: ["AAPL", 5] }, "data", "assets[1] must be a name of its own, got 5"],
  ]; // biome-ignore format: a table
  for (const [what, change, code, message] of refused) {
    test(`${what}`, () => {
      expect(() => optimizePortfolio({ ...base, ...change } as PortfolioSpec)).toThrowError(
        expect.objectContaining({ name: "QuantError", code, message: expect.stringContaining(message) }),
      );
    });
  }

  test("the pivot at which elimination fails and the function that repairs are named", () => {
    expect(() => optimizePortfolio({ ...base, covariance: [[1, 2], [2, 1]] } as never)).toThrow("(elimination fails at row 1); nearestPositiveDefinite repairs it"); // biome-ignore format: a line
  });
});

describe("what is allowed and yet worth knowing", () => {
  const solve = (change: object) => optimizePortfolio({ ...base, ...change } as PortfolioSpec);

  test("current weights beyond hard limits: the new ones meet them, and the notes say so", () => {
    const { status, notes, weights } = solve({
      currentWeights: [0.9, -0.6],
      constraints: { gross: { max: 1 }, net: { max: 0.1 }, weights: { max: 0.5 } },
    });
    expect(status).toBe("optimal");
    expect(notes).toEqual([
      "currentWeights of AAPL is 0.9, outside weights.max 0.5",
      "currentWeights have net 0.3, above its max 0.1",
      "currentWeights have gross 1.5, above its max 1",
    ]);
    expect(weights[0]).toBeLessThanOrEqual(0.5);
  });

  test("current weights that no allowed trade brings back: which limits exclude each other, and by how little", () => {
    const { status, message, notes } = solve({
      currentWeights: [0.9, -0.6],
      constraints: { gross: { max: 1 }, turnover: { max: 0.3 } },
    });
    expect(status).toBe("infeasible");
    expect(message).toBe(
      "gross.max 1 and turnover.max 0.3 cannot hold together; enough would be gross.max of 1.2, or turnover.max of 0.5",
    );
    expect(notes).toEqual(["currentWeights have gross 1.5, above its max 1"]);
  });

  test("a min above its max by next to nothing is an answer by every method", () => {
    for (const method of ["auto", "native", "interior-point", "osqp"]) {
      const { status, message } = solve({ constraints: { net: { min: 0.2, max: 0.1999 } }, method });
      expect(status).toBe("infeasible");
      expect(message).toContain("net.min 0.2 and net.max 0.1999 cannot hold together");
    }
  });

  test("where gross leaves nothing, a net of 0 can be priced and not moved", () => {
    const { status, binding } = solve({ constraints: { gross: { max: 0 }, net: { equal: 0 } } });
    expect(status).toBe("optimal");
    const { reach } = binding.find(({ constraint }) => constraint.startsWith("net"))!;
    expect(reach).toEqual({ limit: 0, unique: false, loosening: { price: 0 } });
  });

  test("a min above its max is an answer, for every kind of limit", () => {
    const messages = [
      solve({ constraints: { net: { min: 0.2, max: 0.1 } } }),
      solve({ constraints: { groups: { tech: { members: ["AAPL"], min: 0.3, max: 0.1 } } } }),
      solve({ constraints: { exposures: { beta: { loadings: [1, 1], min: 1, max: 0 } } } }),
    ].map(({ message }) => message);
    expect(messages).toEqual([
      "net.min 0.2 and net.max 0.1 cannot hold together; enough would be net.min of 0.1, or net.max of 0.2",
      "groups.tech.min 0.3 and groups.tech.max 0.1 cannot hold together; enough would be groups.tech.min of 0.1, or groups.tech.max of 0.3",
      "exposures.beta.min 1 and exposures.beta.max 0 cannot hold together; enough would be exposures.beta.min of 0, or exposures.beta.max of 1",
    ]);
  });
});
