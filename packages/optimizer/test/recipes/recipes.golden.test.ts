import { Matrix } from "@astra-quant/core-linalg";
import { describeGolden, expectClose, fixture, solver } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  blackLitterman,
  efficientFrontier,
  type FactorCovariance,
  hierarchicalRiskParity,
  maximumSharpe,
  minimumCvar,
  optimizePortfolio,
  type PortfolioSpec,
  riskParity,
  robustPortfolio,
  targetVolatility,
} from "../../src/index.ts";

/** What the golden folder's README asks of recipes. */
const figures = solver(1e-10);
const weightsOf = solver(1e-8);
const sharpeWeights = solver(1e-6);

function covarianceOf(stored: {
  type: string;
  lower: number[];
  exposures: number[][];
  factorCovariance: number[][];
  specific: number[];
}): Matrix | FactorCovariance {
  const { exposures, factorCovariance, specific, lower } = stored;
  if (stored.type === "factor") return { exposures, factorCovariance, specific };
  const n = Math.round((Math.sqrt(8 * lower.length + 1) - 1) / 2);
  const sigma = new Matrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      sigma.set(i, j, lower[(i * (i + 1)) / 2 + j]!);
      sigma.set(j, i, lower[(i * (i + 1)) / 2 + j]!);
    }
  }
  return sigma;
}

describeGolden("qp/portfolio-recipes.json", (truth) => {
  for (const item of truth.cases) {
    const { name, recipe, optimum, constraints, expectedReturns, costs, currentWeights } = item;
    const spec = {
      ...(item.covariance !== undefined && { covariance: covarianceOf(truth.covariances[item.covariance]) }),
      expectedReturns,
      constraints,
      ...(costs !== undefined && { costs }),
      ...(currentWeights !== undefined && { currentWeights }),
    } as Omit<PortfolioSpec, "objective">;

    test(name, () => {
      switch (recipe) {
        case "maximum-sharpe": {
          const solution = maximumSharpe({ ...spec, riskFree: item.riskFree });
          expect(solution.status).toBe("optimal");
          expectClose(solution.objective, optimum.sharpe, figures);
          expectClose(solution.volatility, optimum.volatility, figures);
          expectClose(solution.weights, optimum.weights, sharpeWeights, 1);
          expectClose(solution.certifiedGap, 0, figures, 1);
          break;
        }
        case "target-volatility": {
          const solution = targetVolatility({ ...spec, volatility: item.volatilityMax });
          expect(solution.status).toBe("optimal");
          expectClose(solution.objective, optimum.expectedReturnAfterCosts, figures);
          expectClose(solution.volatility, optimum.volatility, figures);
          expectClose(solution.weights, optimum.weights, weightsOf, 1);
          const cap = solution.binding.find(({ constraint }) => constraint === "volatility.max");
          expect(cap !== undefined).toBe(optimum.binding);
          if (cap) expectClose(cap.shadowPrice, optimum.gammaAtOptimum * item.volatilityMax, weightsOf);
          break;
        }
        case "frontier": {
          const { portfolios, status } = efficientFrontier(spec, { points: 20 });
          expect(status).toBe("optimal");
          for (const point of item.points) {
            const solution = optimizePortfolio({
              ...spec,
              objective: { maximize: "utility", riskAversion: point.riskAversion },
            });
            expectClose(-solution.objective, point.objective, figures);
            expectClose(solution.volatility, point.volatility, figures);
            // no point of the frontier dominates the stored one by more than rounding
            for (const other of portfolios) {
              const bound = -point.objective + (point.gamma / 2) * other.volatility ** 2;
              expect(other.objective - bound).toBeLessThan(figures.relative);
            }
          }
          break;
        }
        case "tracking-error": {
          const solution = optimizePortfolio({
            ...spec,
            objective: { minimize: "tracking-error", benchmark: item.benchmark },
          });
          expectClose(solution.objective, optimum.trackingError, figures);
          expectClose(solution.weights, optimum.weights, weightsOf, 1);
          break;
        }
        case "risk-parity": {
          const solution = riskParity(spec.covariance, { budgets: item.budgets });
          expect(solution.status).toBe("optimal");
          expectClose(solution.weights, optimum.weights, figures, 1);
          expectClose(solution.volatility, optimum.volatility, figures);
          expectClose(solution.riskShares, item.budgets, figures, 1);
          break;
        }
        default: {
          expect(recipe).toBe("minimum-cvar");
          const solution = minimumCvar(item.scenarios, { confidence: item.confidence, constraints });
          expect(solution.status).toBe("optimal");
          expectClose(solution.objective, optimum.cvar, figures);
          expect(solution.certifiedGap).toBeLessThan(figures.relative);
        }
      }
    });
  }
});

const truth = fixture(import.meta.url, "recipes.json");
const { covariance, mean } = truth;
/** What Clarabel proves of these cones. */
const cone = solver(1e-6);
/** A weight is known to about the root of what the objective is. */
const coneWeights = solver(2e-3);
const band = {
  net: { equal: 0 },
  gross: { max: 2 },
  weights: { min: -0.8, max: 0.8 },
};
const long = { net: { equal: 1 }, weights: { min: 0 } };

describe("risk budgets of Newton's method in forty digits", () => {
  for (const { budgets, weights } of truth.riskParity) {
    test(`${budgets.join(":")}`, () => {
      expectClose(riskParity(covariance, { budgets }).weights, weights, figures, 1);
    });
  }
});

describe("hierarchical risk parity over SciPy's trees", () => {
  for (const item of truth.hierarchical) {
    test(`${item.linkage} linkage of ${item.distance}`, () => {
      const solution = hierarchicalRiskParity(covariance, {
        linkage: item.linkage,
        distance: item.distance,
      });
      expect(Array.from(solution.order)).toEqual(item.order);
      expectClose(
        solution.merges.map(({ height }) => height),
        item.heights,
        figures,
      );
      expectClose(solution.weights, item.weights, figures, 1);
    });
  }
});

describe("expected shortfall of SciPy's HiGHS", () => {
  for (const item of truth.shortfall) {
    test(`confidence ${item.confidence}, weights in [${item.lower}, ${item.upper}], return ${item.leastReturn}`, () => {
      const solution = minimumCvar(truth.returns, {
        confidence: item.confidence,
        constraints: {
          weights: { min: item.lower, max: item.upper },
          ...(item.leastReturn !== null && { expectedReturn: { min: item.leastReturn } }),
        },
      });
      expect(solution.status).toBe("optimal");
      expectClose(solution.objective, item.shortfall, weightsOf);
      expectClose(solution.certifiedGap, 0, figures, 1);
    });
  }
});

describe("views as one generalised least squares", () => {
  const { picks, expected, marketWeights, delta, tau, prior, posteriors, confidences } = truth.views;
  for (const { kind, omega, mean: wanted, covariance: spread } of posteriors) {
    test(`uncertainty by ${kind}`, () => {
      const posterior = blackLitterman(covariance, {
        marketWeights,
        riskAversion: delta / 2,
        picks,
        views: expected,
        tau,
        ...(kind === "confidences" && { confidences }),
        ...(kind === "matrix" && { uncertainty: omega }),
      });
      expect(posterior.status).toBe("ok");
      expectClose(posterior.priorReturns, prior, figures);
      expectClose(posterior.uncertainty, omega.flat(), figures);
      expectClose(posterior.expectedReturns, wanted, figures);
      expectClose(posterior.covariance, spread.flat(), figures);
    });
  }
});

describe("cones of cvxpy and Clarabel", () => {
  for (const item of truth.sharpe) {
    test(`Sharpe ratio over ${item.riskFree}, weights in [${item.lower}, ${item.upper}]`, () => {
      const solution = maximumSharpe({
        covariance,
        expectedReturns: mean,
        riskFree: item.riskFree,
        constraints: { weights: { min: item.lower, max: item.upper } },
      });
      expectClose(solution.objective, item.sharpe, cone);
      expectClose(solution.weights, item.weights, coneWeights, 1);
    });
  }
  for (const item of truth.capped) {
    test(`the most return at a volatility of ${item.volatility}`, () => {
      const solution = targetVolatility({
        covariance,
        expectedReturns: mean,
        volatility: item.volatility,
        constraints: item.isLongShort ? band : long,
      });
      expectClose(solution.objective, item.objective, cone);
      expectClose(solution.weights, item.weights, coneWeights, 1);
    });
  }
  for (const item of truth.cappedUtility) {
    test(`the utility under a volatility cap of ${item.volatility}`, () => {
      const solution = optimizePortfolio({
        covariance,
        expectedReturns: mean,
        objective: { maximize: "utility", riskAversion: item.riskAversion },
        constraints: { ...band, volatility: { max: item.volatility } },
      });
      expectClose(solution.objective, item.objective, cone);
      expectClose(solution.weights, item.weights, coneWeights, 1);
    });
  }
  for (const item of truth.robust) {
    test(`a mean uncertain by a ${item.box ? "box" : `ball of ${item.ellipsoid}`}`, () => {
      const solution = robustPortfolio(
        {
          covariance,
          expectedReturns: mean,
          riskAversion: item.riskAversion,
          constraints: item.isLong ? long : band,
        },
        item.box ? { box: item.box } : { ellipsoid: item.ellipsoid },
      );
      expect(solution.status).toBe("optimal");
      expectClose(solution.objective, item.objective, cone);
      expectClose(solution.weights, item.weights, coneWeights, 1);
    });
  }
  for (const item of truth.funding) {
    test(`the least funding cost of a return of ${item.leastReturn}`, () => {
      const solution = optimizePortfolio({
        covariance,
        expectedReturns: mean,
        objective: { minimize: "funding" },
        costs: { funding: { long: item.long, short: item.short } },
        constraints: { ...band, expectedReturn: { min: item.leastReturn } },
      });
      expect(solution.status).toBe("optimal");
      expectClose(solution.objective, -item.objective, cone);
    });
  }
});
