import { QuantError } from "@astra-quant/core-linalg";
import { expectClose, rounding, solver } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  blackLitterman,
  efficientFrontier,
  hierarchicalRiskParity,
  maximumSharpe,
  minimumCvar,
  optimizePortfolio,
  PortfolioOptimizer,
  resampledPortfolio,
  riskParity,
  robustPortfolio,
  signalWeights,
  targetVolatility,
} from "../../src/index.ts";

const exact = rounding(64);
const proven = solver(1e-9);
const covariance = [
  [0.04, 0.006],
  [0.006, 0.09],
];
const expectedReturns = [0.08, 0.1];

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof QuantError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return "nothing thrown";
}

describe("maximum Sharpe ratio", () => {
  test("two assets without bounds are weighted as Σ⁻¹(μ − riskFree)", () => {
    const solution = maximumSharpe({ covariance, expectedReturns, riskFree: 0.02 });
    // Σ⁻¹ (0.06, 0.08) ∝ (0.09·0.06 − 0.006·0.08, 0.04·0.08 − 0.006·0.06)
    const [a, b] = [0.09 * 0.06 - 0.006 * 0.08, 0.04 * 0.08 - 0.006 * 0.06];
    expectClose(solution.weights, [a / (a + b), b / (a + b)], proven);
    const excess = (0.06 * a + 0.08 * b) / (a + b);
    expectClose(solution.objective, excess / solution.volatility, exact);
    expect(solution.certifiedGap).toBeLessThan(proven.relative);
  });

  test("capital that is not invested earns the risk-free rate, so a leveraged copy has the same ratio", () => {
    const spec = { covariance, expectedReturns, riskFree: 0.02 };
    const one = maximumSharpe(spec);
    const two = maximumSharpe({ ...spec, constraints: { net: { equal: 2 } } });
    expectClose(two.objective, one.objective, proven);
    expectClose(
      two.weights,
      one.weights.map((w) => 2 * w),
      proven,
    );
  });

  test("where nothing earns more than the risk-free rate the least bad is stated", () => {
    const solution = maximumSharpe({
      covariance,
      expectedReturns,
      riskFree: 0.2,
      constraints: { weights: { min: 0 } },
    });
    expect(solution.status).toBe("optimal");
    expect(solution.message).toContain("no portfolio within the limits earns more");
    expectClose(solution.weights, [0, 1], exact);
    expectClose(solution.objective, -0.1 / 0.3, exact);
  });

  test("a portfolio without risk that earns has no finite ratio", () => {
    const solution = maximumSharpe({
      covariance: [
        [0.04, -0.04],
        [-0.04, 0.04],
      ],
      expectedReturns,
      constraints: { weights: { min: 0 } },
    });
    expect(solution.status).toBe("unbounded");
    expect(solution.message).toContain("nothing ends the Sharpe ratio");
    expect(solution.objective).toBe(Number.POSITIVE_INFINITY);
  });

  test("limits that cannot hold are named", () => {
    const solution = maximumSharpe({ covariance, expectedReturns, constraints: { gross: { max: 0.5 } } });
    expect(solution.status).toBe("infeasible");
    expect(solution.conflict?.constraints).toEqual(["gross.max", "net.min"]);
  });

  test("the shadow price is what the ratio gains per unit of a limit", () => {
    const step = 1e-5;
    const at = (max: number) =>
      maximumSharpe({ covariance, expectedReturns, constraints: { weights: { min: 0, max } } });
    const price = at(0.6).binding.find(({ constraint }) => constraint === "weights.max[0]")?.shadowPrice;
    const gain = (at(0.6 + step).objective - at(0.6 - step).objective) / (2 * step);
    expectClose(price ?? Number.NaN, gain, solver(1e-6));
  });

  test("a volatility cap below that of the best ratio binds", () => {
    const spec = { covariance, expectedReturns, objective: { maximize: "sharpe" as const } };
    const constraints = { net: { min: 0.2, max: 1 } };
    const capped = optimizePortfolio({ ...spec, constraints: { ...constraints, volatility: { max: 0.05 } } });
    expect(capped.status).toBe("optimal");
    expect(capped.volatility).toBeLessThanOrEqual(0.05 + proven.relative);
  });
});

describe("volatility caps", () => {
  const spec = { covariance, expectedReturns };

  test("the price of the cap is what a unit of volatility brings", () => {
    const at = (volatility: number) => targetVolatility({ ...spec, volatility });
    const solution = at(0.25);
    expectClose(solution.volatility, 0.25, proven);
    const [cap] = solution.binding.filter(({ constraint }) => constraint === "volatility.max");
    const step = 1e-5;
    const gain = (at(0.25 + step).objective - at(0.25 - step).objective) / (2 * step);
    expectClose(cap?.shadowPrice ?? Number.NaN, gain, solver(1e-6));
  });

  test("below the least volatility the limits in the way are named, with the least", () => {
    const solution = targetVolatility({ ...spec, volatility: 0.1, constraints: { weights: { min: 0 } } });
    expect(solution.status).toBe("infeasible");
    expect(solution.conflict?.constraints).toEqual(["volatility.max", "net.min"]);
    const least = Math.sqrt((0.04 * 0.09 - 0.006 * 0.006) / (0.04 + 0.09 - 2 * 0.006));
    expectClose(solution.conflict?.smallestRelaxation[0]?.to ?? Number.NaN, least, proven);
    expect(solution.message).toContain("volatility.max 0.1 cannot hold with net.min");
  });

  test("a cap that a utility does not reach changes nothing", () => {
    const objective = { maximize: "utility" as const, riskAversion: 2 };
    const free = optimizePortfolio({ ...spec, objective });
    const capped = optimizePortfolio({ ...spec, objective, constraints: { volatility: { max: 10 } } });
    expect(capped).toEqual(free);
  });

  test("without a cap a return without limits is unbounded, with one it is not", () => {
    const objective = { maximize: "return" as const };
    const constraints = { net: { equal: 0 } };
    expect(optimizePortfolio({ ...spec, objective, constraints }).status).toBe("unbounded");
    const solution = optimizePortfolio({
      ...spec,
      objective,
      constraints: { ...constraints, volatility: { max: 0.1 } },
    });
    expect(solution.status).toBe("optimal");
    const unit = 0.1 / Math.sqrt(0.04 + 0.09 - 2 * 0.006);
    expectClose(solution.weights, [-unit, unit], proven);
  });

  test("a cap of zero leaves what has no risk", () => {
    const solution = optimizePortfolio({
      ...spec,
      objective: { maximize: "return" },
      constraints: { gross: { max: 1 }, volatility: { max: 0 } },
    });
    expectClose(solution.weights, [0, 0], proven, 1);
  });

  test("an optimizer goes from one cap to the next", () => {
    const optimizer = new PortfolioOptimizer({
      ...spec,
      objective: { maximize: "return" },
      constraints: { net: { equal: 1 }, volatility: { max: 0.22 } },
    });
    for (const max of [0.22, 0.3, 0.25]) {
      const constraints = { net: { equal: 1 }, volatility: { max } };
      expectClose(
        optimizer.solve({ constraints }).weights,
        targetVolatility({ ...spec, volatility: max }).weights,
        proven,
      );
    }
  });
});

describe("the efficient frontier", () => {
  test("of two assets it runs from the least variance to the best asset, evenly in return", () => {
    const { status, portfolios } = efficientFrontier(
      { covariance, expectedReturns, constraints: { weights: { min: 0 } } },
      { points: 5 },
    );
    expect(status).toBe("optimal");
    const least = (0.09 - 0.006) / (0.04 + 0.09 - 2 * 0.006);
    expectClose(portfolios[0]!.weights, [least, 1 - least], proven);
    expectClose(portfolios[4]!.weights, [0, 1], proven, 1);
    expectClose(
      portfolios.map(({ weights }) => weights[0]!),
      [least, 0.75 * least, 0.5 * least, 0.25 * least, 0],
      proven,
      1,
    );
    expect(portfolios[0]!.riskAversion).toBe(Number.POSITIVE_INFINITY);
  });

  test("ends at a volatility cap", () => {
    const { portfolios } = efficientFrontier(
      { covariance, expectedReturns, constraints: { volatility: { max: 0.24 } } },
      { points: 3 },
    );
    expectClose(portfolios[2]!.volatility, 0.24, proven);
  });

  test("is one portfolio where the limits allow one", () => {
    const { portfolios } = efficientFrontier({
      covariance,
      expectedReturns,
      constraints: { weights: { min: [0.5, 0.5] } },
    });
    expect(portfolios).toHaveLength(1);
  });

  test("says why there is none", () => {
    const frontier = efficientFrontier({ covariance, expectedReturns });
    expect(frontier.status).toBe("unbounded");
    expect(frontier.portfolios).toEqual([]);
    expect(frontier.message).toContain("nothing ends the gain");
  });
});

describe("risk parity", () => {
  test("of two assets goes by the inverse of their deviations, whatever their correlation", () => {
    const solution = riskParity(covariance);
    expect(solution.status).toBe("optimal");
    expectClose(solution.weights, [0.3 / 0.5, 0.2 / 0.5], exact);
    expectClose(solution.riskShares, [0.5, 0.5], exact);
  });

  test("an asset without variance, and a mix without any, are said", () => {
    const still = riskParity([
      [0.04, 0],
      [0, 0],
    ]);
    expect(still.status).toBe("unbounded");
    expect(still.message).toContain("asset 1 has no variance");
    const hedge = riskParity([
      [0.04, -0.04],
      [-0.04, 0.04],
    ]);
    expect(hedge.status).not.toBe("optimal");
  });

  test("a factor model is its matrix", () => {
    const exposures = [
      [1, 0.2],
      [0.8, -0.1],
      [1.2, 0.4],
    ];
    const specific = [0.01, 0.02, 0.005];
    const dense = exposures.map((row, i) =>
      exposures.map(
        (other, j) => row[0]! * other[0]! * 0.04 + row[1]! * other[1]! * 0.01 + (i === j ? specific[i]! : 0),
      ),
    );
    const model = { exposures, factorCovariance: [[0.04, 0], [0, 0.01]], specific }; // biome-ignore format: one row a line
    const budgets = [1, 2, 3];
    expectClose(riskParity(model, { budgets }).weights, riskParity(dense, { budgets }).weights, proven);
  });
});

describe("hierarchical risk parity", () => {
  test("of uncorrelated assets goes by the inverse of their variances in each half", () => {
    const { weights } = hierarchicalRiskParity([
      [0.04, 0],
      [0, 0.01],
    ]);
    expectClose(weights, [0.2, 0.8], exact);
  });

  test("one asset has all", () => {
    expect(hierarchicalRiskParity([[0.04]]).weights).toEqual(Float64Array.of(1));
  });

  test("a singular covariance is fine, and duplicates share a branch", () => {
    const { merges, weights } = hierarchicalRiskParity([
      [0.04, 0.04, 0],
      [0.04, 0.04, 0],
      [0, 0, 0.04],
    ]);
    expect(merges[0]).toMatchObject({ left: 0, right: 1, size: 2 });
    expectClose(merges[0]!.height, 0, solver(1e-7), 1); // the root of what rounding leaves of 1 − ρ
    expectClose(weights.reduce((sum, w) => sum + w, 0), 1, exact); // biome-ignore format: a sum
  });
});

describe("minimum CVaR", () => {
  test("counts the boundary scenario by the fraction that is missing", () => {
    // of 4 scenarios at 0.5 the mean of the two worst; at 0.6 the worst 1.6 of them
    const scenarios = [[-0.04], [-0.02], [0.01], [0.03]];
    expectClose(minimumCvar(scenarios, { confidence: 0.5 }).objective, 0.03, proven);
    expectClose(minimumCvar(scenarios, { confidence: 0.6 }).objective, (0.04 + 0.6 * 0.02) / 1.6, proven);
  });

  test("fixed assets stay, and the rest is best for what they bring", () => {
    const scenarios = [
      [-0.05, 0.04, 0.01],
      [0.03, -0.03, 0.0],
      [0.01, 0.02, -0.01],
      [-0.02, 0.01, 0.02],
    ];
    const solution = minimumCvar(scenarios, {
      confidence: 0.5,
      constraints: { weights: { min: [0.3, 0, 0], max: [0.3, 1, 1] } },
    });
    expect(solution.status).toBe("optimal");
    expect(solution.weights[0]).toBe(0.3);
    expect(solution.certifiedGap).toBeLessThan(proven.relative);
    for (let k = 0; k <= 70; k++) {
      const b = k / 100;
      const losses = scenarios
        .map(([x, y, z]) => -(0.3 * x! + b * y! + (0.7 - b) * z!))
        .sort((p, q) => q - p);
      expect((losses[0]! + losses[1]!) / 2).toBeGreaterThanOrEqual(solution.objective - proven.relative);
    }
  });

  test("limits that cannot hold are named, and those it does not know refused", () => {
    const scenarios = [
      [0.01, 0.02],
      [-0.01, 0.01],
    ];
    const solution = minimumCvar(scenarios, { constraints: { weights: { max: 0.4 } } });
    expect(solution.status).toBe("infeasible");
    expect(solution.conflict?.constraints).toEqual(["weights.max", "net.min"]);
    const volatility = { volatility: { max: 0.1 } } as object;
    expect(codeOf(() => minimumCvar(scenarios, { constraints: volatility }))).toContain("volatility");
  });

  test("a long/short program that can gain without end says along which weights", () => {
    const scenarios = [
      [0.01, 0.0],
      [0.02, -0.01],
      [0.03, 0.01],
    ];
    const solution = minimumCvar(scenarios, { confidence: 0.5 });
    expect(solution.status).toBe("unbounded");
    expect(solution.message).toContain("long 0 against short 1");
    expect(solution.objective).toBe(Number.NEGATIVE_INFINITY);
  });
});

describe("Black-Litterman", () => {
  const market = { marketWeights: [0.6, 0.4], riskAversion: 1.25 };

  test("no views leave the prior", () => {
    const posterior = blackLitterman(covariance, {
      ...market,
      picks: [[1, 0]],
      views: [0.3],
      confidences: [0],
    });
    expect(posterior.expectedReturns).toEqual(posterior.priorReturns);
    expectClose(
      posterior.priorReturns,
      [2.5 * (0.04 * 0.6 + 0.006 * 0.4), 2.5 * (0.006 * 0.6 + 0.09 * 0.4)],
      exact,
    );
  });

  test("a certain view holds, and a confidence goes that part of the way", () => {
    const at = (confidence: number) =>
      blackLitterman(covariance, { ...market, picks: [[1, 0]], views: [0.3], confidences: [confidence] });
    expectClose(at(1).expectedReturns[0]!, 0.3, exact);
    const prior = at(0).expectedReturns[0]!;
    expectClose(at(0.25).expectedReturns[0]!, prior + 0.25 * (0.3 - prior), exact);
  });

  test("views without doubt that repeat each other are singular", () => {
    const posterior = blackLitterman(covariance, {
      ...market,
      picks: [
        [1, -1],
        [1, -1],
      ],
      views: [0.01, 0.02],
      confidences: [1, 1],
    });
    expect(posterior.status).toBe("singular");
    expect(posterior.expectedReturns).toEqual(Float64Array.of(Number.NaN, Number.NaN));
  });
});

describe("estimates that are doubted", () => {
  const constraints = { net: { equal: 1 }, weights: { min: 0 } };
  const spec = { covariance, expectedReturns, constraints };

  test("a box is what it costs to hold", () => {
    const robust = robustPortfolio({ ...spec, riskAversion: 1 }, { box: [0.02, 0.05] });
    const charged = optimizePortfolio({
      covariance,
      expectedReturns: [0.06, 0.05],
      objective: { maximize: "utility", riskAversion: 1 },
      constraints,
    });
    expectClose(robust.weights, charged.weights, proven);
    expectClose(robust.objective, charged.objective, proven);
  });

  test("no uncertainty changes nothing, a great one leads to the least variance", () => {
    const free = optimizePortfolio({ ...spec, objective: { maximize: "utility", riskAversion: 1 } });
    expect(robustPortfolio({ ...spec, riskAversion: 1 }, { ellipsoid: 0 })).toEqual(free);
    const timid = robustPortfolio({ ...spec, riskAversion: 1 }, { ellipsoid: 1e6 });
    const least = (0.09 - 0.006) / (0.04 + 0.09 - 2 * 0.006);
    expectClose(timid.weights, [least, 1 - least], solver(1e-6));
  });

  test("a seed gives its bits again, and more resamples a smaller error", () => {
    const problem = { ...spec, objective: { maximize: "utility" as const, riskAversion: 3 } };
    const run = (resamples: number) =>
      resampledPortfolio(problem, { observations: 60, resamples, seed: "desk-7" });
    const few = run(20);
    expect(run(20)).toEqual(few);
    const many = run(80);
    expect(many.standardErrors[0]!).toBeLessThan(few.standardErrors[0]!);
    expectClose(many.weights.reduce((sum, w) => sum + w, 0), 1, proven); // biome-ignore format: a sum
    const other = optimizePortfolio(problem);
    expect(Math.abs(many.weights[0]! - other.weights[0]!)).toBeLessThan(0.5);
  });
});

describe("signal weights", () => {
  test("without correlation or cap the scores decide, as the equations say", () => {
    const { weights } = signalWeights([1, 0.8], [[1, 0.5], [0.5, 1]]); // biome-ignore format: one row a line
    // score − 2λ Cw equal for both, Σw = 1: 1 − 0.8 = (w₁ − w₂)(1 − 0.5)
    expectClose(weights, [0.7, 0.3], proven);
  });

  test("caps that leave no room are named", () => {
    const solution = signalWeights([1, 1], [[1, 0], [0, 1]], { cap: 0.4, names: ["a", "b"] }); // biome-ignore format: one row a line
    expect(solution.status).toBe("infeasible");
    expect(solution.message).toContain("weights.max[a] 0.4");
  });
});

describe("misuse", () => {
  const spec = { covariance, expectedReturns };
  const cases: [string, () => unknown, string][] = [
    ["a negative cap", () => targetVolatility({ ...spec, volatility: -1 }), "range: constraints.volatility.max must be non-negative"],
    ["an unknown objective", () => optimizePortfolio({ ...spec, objective: { maximize: "sharp" } as never }), "option: objective.maximize must be"],
    ["a risk-free rate that is NaN", () => maximumSharpe({ ...spec, riskFree: Number.NaN }), "not-finite: objective.riskFree"],
    ["funding without rates", () => optimizePortfolio({ ...spec, objective: { minimize: "funding" } }), "option: costs.funding must be given"],
    ["a Sharpe ratio without returns", () => optimizePortfolio({ covariance, objective: { maximize: "sharpe" } }), "shape: expectedReturns must be given to maximize the Sharpe ratio"],
    ["a cap on tracking", () => optimizePortfolio({ covariance, objective: { minimize: "tracking-error", benchmark: [1, 0] }, constraints: { volatility: { max: 1 } } }), "option: constraints.volatility must not go"],
    ["one point", () => efficientFrontier(spec, { points: 1 }), "range: points must be an integer ≥ 2"],
    ["a budget of zero", () => riskParity(covariance, { budgets: [1, 0] }), "range: budgets[1] must be positive, got 0"],
    ["an unknown linkage", () => hierarchicalRiskParity(covariance, { linkage: "near" as never }), "option: linkage must be"],
    ["an asset without variance", () => hierarchicalRiskParity([[0]]), "data: covariance[0][0] must be positive, got 0"],
    ["one scenario", () => minimumCvar([[0.1]]), "shape: scenarios must have at least 2 rows"],
    ["a confidence of 1", () => minimumCvar([[0.1], [0.2]], { confidence: 1 }), "range: confidence must be strictly between 0 and 1"],
    ["neither market nor prior", () => blackLitterman(covariance, { picks: [[1, 0]], views: [0] }), "option: either marketWeights and riskAversion or priorReturns"],
    ["a confidence above 1", () => blackLitterman(covariance, { priorReturns: [0, 0], picks: [[1, 0]], views: [0], confidences: [2] }), "range: confidences[0] must be in [0, 1], got 2"],
    ["two uncertainties", () => robustPortfolio({ ...spec, riskAversion: 1 }, { box: 1, ellipsoid: 1 } as never), "option: uncertainty must have one of box and ellipsoid"],
    ["a negative box", () => robustPortfolio({ ...spec, riskAversion: 1 }, { box: -1 }), "range: uncertainty.box[0] must be non-negative"],
    ["one observation", () => resampledPortfolio({ ...spec, objective: { minimize: "variance" } }, { observations: 1, seed: 1 }), "range: observations must be an integer ≥ 2"],
  ]; // biome-ignore format: one case a line
  for (const [name, run, message] of cases) {
    test(`${name} is refused`, () => {
      expect(codeOf(run)).toContain(message);
    });
  }
});
