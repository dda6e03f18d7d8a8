import { expectClose, solver } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  efficientFrontier,
  maximumSharpe,
  minimumVariance,
  optimizePortfolio,
  type PortfolioSolution,
  type PortfolioSpec,
  robustPortfolio,
} from "../../src/index.ts";

const exact = solver(1e-12);
const covariance = [
  [0.04, 0.006],
  [0.006, 0.09],
];
const twins = [
  [0.04, 0.04],
  [0.04, 0.04],
];
const longOnly = { weights: { min: 0 } };

describe("the ratio where nothing earns more than the risk-free rate", () => {
  const NOTHING = "no portfolio within the limits earns more than the risk-free rate after costs";

  function expectLeastBad(solution: PortfolioSolution, weights: number[], ratio: number): void {
    expect(solution.status).toBe("optimal");
    expect(solution.message).toContain(NOTHING);
    expectClose(solution.weights, weights, exact, 1);
    expectClose(solution.objective, ratio, exact, 1);
    expect(solution.certifiedGap).toBeLessThanOrEqual(1e-12);
  }

  test("of those that lose least the one of least risk is returned, with its ratio and prices in return", () => {
    const worse = maximumSharpe({
      covariance,
      expectedReturns: [0.01, 0.02],
      riskFree: 0.03,
      constraints: longOnly,
    });
    expectLeastBad(worse, [0, 1], -0.01 / 0.3);
    expect(worse.binding).toHaveLength(2);
    expectClose(
      worse.binding.map(({ shadowPrice }) => shadowPrice),
      [0.01, 0.01],
      exact,
      1,
    );
    const alike = maximumSharpe({
      covariance,
      expectedReturns: [0.01, 0.01],
      riskFree: 0.03,
      constraints: longOnly,
    });
    const calm = minimumVariance(covariance, longOnly);
    expectLeastBad(alike, [...calm.weights], -0.02 / calm.volatility);
  });

  test("no portfolio of as much volatility or less has a higher ratio", () => {
    const means = [-0.01, -0.03];
    const best = maximumSharpe({ covariance, expectedReturns: means, constraints: longOnly });
    for (let k = 0; k <= 100; k++) {
      const w = [k / 100, 1 - k / 100] as const;
      const volatility = Math.sqrt(0.04 * w[0] ** 2 + 0.012 * w[0] * w[1] + 0.09 * w[1] ** 2);
      if (volatility > best.volatility) continue;
      expect((means[0]! * w[0] + means[1]! * w[1]) / volatility).toBeLessThanOrEqual(best.objective + 1e-12);
    }
  });

  test("holding nothing, where that is allowed, counts as a ratio of 0", () => {
    const objective = { maximize: "sharpe" } as const;
    const constraints = { gross: { max: 1 } };
    const flat: PortfolioSpec = { covariance, expectedReturns: [0, 0], objective, constraints };
    for (const solution of [
      optimizePortfolio(flat),
      optimizePortfolio({ ...flat, expectedReturns: [0.01, -0.01], costs: { linear: 0.05 } }),
      optimizePortfolio({ ...flat, expectedReturns: [0.1, 0.1], constraints: { gross: { max: 0 } } }),
      optimizePortfolio({ ...flat, expectedReturns: [-0.1, -0.1], constraints: { weights: { min: 0 } } }),
    ]) {
      expectLeastBad(solution, [0, 0], 0);
    }
  });

  test("a singular covariance, a single asset, fixed weights and equal means are no exception", () => {
    expectLeastBad(
      maximumSharpe({ covariance: twins, expectedReturns: [-0.01, -0.02], constraints: longOnly }),
      [1, 0],
      -0.05,
    );
    expectLeastBad(maximumSharpe({ covariance: [[0.04]], expectedReturns: [-0.01] }), [1], -0.05);
    expectLeastBad(
      maximumSharpe({
        covariance,
        expectedReturns: [-0.01, -0.02],
        constraints: { weights: { min: [0.4, 0.6], max: [0.4, 0.6] } },
      }),
      [0.4, 0.6],
      -0.016 / Math.sqrt(0.04 * 0.16 + 0.012 * 0.24 + 0.09 * 0.36),
    );
  });

  test("a volatility cap still holds, and is among the prices", () => {
    const solution = maximumSharpe({
      covariance,
      expectedReturns: [-0.02, -0.01],
      constraints: { ...longOnly, volatility: { max: 0.19 } },
    });
    expect(solution.status).toBe("optimal");
    expect(solution.message).toContain(NOTHING);
    expectClose(solution.volatility, 0.19, exact);
    expect(solution.binding.map(({ constraint }) => constraint)).toContain("volatility.max");
  });

  test("a ratio that rises for ever as weights grow is unbounded, and what it rises to is stated", () => {
    const solution = maximumSharpe({ assets: ["A", "B"], covariance, expectedReturns: [-0.01, -0.02] });
    expect(solution.status).toBe("unbounded");
    // that of A against B
    expectClose(solution.objective, 0.01 / Math.sqrt(0.04 + 0.09 - 0.012), solver(1e-8));
    expect(solution.message).toBe(
      "the Sharpe ratio comes nearer to 0.0291111 the more weight is held long A against short B, and never gets there; a gross limit would end that, or bounds on these weights",
    );
  });
});

describe("a mean within an ellipsoid", () => {
  test("where every portfolio may lose, nothing is held, proven", () => {
    for (const constraints of [{}, { gross: { max: 1 } }, { weights: { min: -1, max: 1 } }]) {
      const spec = { covariance, expectedReturns: [0.01, 0.01], riskAversion: 1, constraints };
      const { status, weights, certifiedGap, objective } = robustPortfolio(spec, { ellipsoid: 2 });
      expect(status).toBe("optimal");
      expectClose(weights, [0, 0], exact, 1);
      expectClose(objective, 0, exact, 1);
      expect(certifiedGap).toBeLessThanOrEqual(1e-15);
    }
  });

  test("a singular shape leaves riskless mixes no doubt", () => {
    const spec = { covariance: twins, expectedReturns: [0.1, 0.12], riskAversion: 1 };
    const solution = robustPortfolio(
      { ...spec, constraints: { gross: { max: 1 }, net: { equal: 0 } } },
      { ellipsoid: 0.2 },
    );
    expect(solution.status).toBe("optimal");
    expectClose(solution.weights, [-0.5, 0.5], exact, 1);
    expectClose(solution.objective, 0.01, exact, 1);
    // with s = w1 + w2 and gross 1: 0.11 s + 0.01 − 0.2 · 0.2 s − 0.04 s², best at s = 0.875
    const free = robustPortfolio({ ...spec, constraints: { gross: { max: 1 } } }, { ellipsoid: 0.2 });
    expect(free.status).toBe("optimal");
    expectClose(free.weights, [-0.0625, 0.9375], exact, 1);
    expectClose(free.objective, 0.07 * 0.875 + 0.01 - 0.04 * 0.875 ** 2, exact, 1);
  });

  test("a gain that outruns the doubt has no end without limits", () => {
    const solution = robustPortfolio(
      { covariance, expectedReturns: [0.1, 0.1], riskAversion: 0 },
      { ellipsoid: 0.2 },
    );
    expect(solution.status).toBe("unbounded");
    expect(solution.message).toContain(
      "earns 0.575403 for each unit of volatility, more than the ellipsoid's 0.2",
    );
  });

  test("one asset: the return less the doubt, over the curvature", () => {
    const solution = robustPortfolio(
      { covariance: [[0.04]], expectedReturns: [0.1], riskAversion: 1 },
      { ellipsoid: 0.2 },
    );
    expectClose(solution.weights, [(0.1 - 0.2 * 0.2) / 0.08], exact);
  });
});

describe("sets of next to nothing", () => {
  const utility = { maximize: "utility", riskAversion: 1 } as const;

  test("one asset under every limit", () => {
    const { status, weights } = optimizePortfolio({
      covariance: [[0.04]],
      expectedReturns: [0.1],
      objective: utility,
      constraints: {
        gross: { max: 1 },
        net: { min: -1, max: 1 },
        groups: { all: { members: [0], max: 0.75, gross: { max: 2 } } },
        exposures: { beta: { loadings: [2], max: 3 } },
        turnover: { max: 5 },
      },
    });
    expect(status).toBe("optimal");
    expectClose(weights, [0.75], exact);
    const frontier = efficientFrontier({ covariance: [[0.04]], expectedReturns: [0.1] });
    expect(frontier.status).toBe("optimal");
    expect(frontier.portfolios).toHaveLength(1);
  });

  test("every limit of no width, all met at one point", () => {
    const { status, weights, relativeGap } = optimizePortfolio({
      covariance,
      expectedReturns: [0.1, 0.1],
      objective: utility,
      constraints: {
        gross: { max: 1 },
        net: { equal: 1 },
        weights: { min: [0.4, 0.6], max: [0.4, 0.6] },
        groups: { all: { members: [0, 1], min: 1, max: 1, gross: { max: 1 } } },
        exposures: { beta: { loadings: [1, 1], min: 1, max: 1 } },
        turnover: { max: 1 },
      },
    });
    expect(status).toBe("optimal");
    expectClose(weights, [0.4, 0.6], exact);
    expect(relativeGap).toBe(0);
  });

  test("gross of 0 sells everything, turnover of 0 nothing, and both exclude each other", () => {
    const held: PortfolioSpec = {
      covariance,
      expectedReturns: [0.1, 0.1],
      currentWeights: [0.3, -0.2],
      objective: utility,
      costs: { linear: 0.01, funding: { long: 0.02, short: -0.01 } },
    };
    const sold = optimizePortfolio({ ...held, constraints: { gross: { max: 0 } } });
    expectClose(sold.weights, [0, 0], exact, 1);
    expectClose(sold.objective, -0.005, exact, 1);
    const kept = optimizePortfolio({ ...held, constraints: { turnover: { max: 0 } } });
    expectClose(kept.weights, [0.3, -0.2], exact);
    const both = optimizePortfolio({ ...held, constraints: { gross: { max: 0 }, turnover: { max: 0 } } });
    expect(both.message).toBe(
      "gross.max 0 and turnover.max 0 cannot hold together; enough would be gross.max of 0.5, or turnover.max of 0.5",
    );
  });

  test("of twins with costs the cheaper is traded, and with equal costs the utility is the same", () => {
    const market: PortfolioSpec = {
      covariance: [
        [0.04, 0.04, 0.01],
        [0.04, 0.04, 0.01],
        [0.01, 0.01, 0.02],
      ],
      expectedReturns: [0.1, 0.1, -0.02],
      currentWeights: [0.2, 0, 0],
      objective: utility,
      constraints: { gross: { max: 1.5 } },
    };
    const alike = optimizePortfolio({ ...market, costs: { linear: 0.01 } });
    const dearer = optimizePortfolio({ ...market, costs: { linear: [0.01, 0.02, 0.01] } });
    expect([alike.status, dearer.status]).toEqual(["optimal", "optimal"]);
    expectClose(alike.objective, dearer.objective, exact, 1);
    expectClose(dearer.weights, [1.0625, 0, -0.4375], exact, 1);
  });
});
