import { Matrix } from "@astra-quant/core-linalg";
import { describeGolden, expectClose, fixture, solver } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  minimumVariance,
  optimizePortfolio,
  type PortfolioSolution,
  type PortfolioSpec,
} from "../../src/index.ts";
import { specOf } from "./stored-portfolios.ts";

const limits = solver(1e-9);

function price(solution: PortfolioSolution, constraint: string): number {
  return solution.binding.find((limit) => limit.constraint === constraint)?.shadowPrice ?? 0;
}

/** η: > 0 where net presses on its upper side. */
function priceOfNet(solution: PortfolioSolution): number {
  return price(solution, "net.max") - price(solution, "net.min");
}

/** A lower bound on the minimum that shares no code with the product: the Lagrangian at the stated multipliers. */
function dualBound(
  spec: { sigma: number[][]; mu: number[]; aversion: number },
  w: ArrayLike<number>,
  lambda: number,
  eta: number,
  gross: number,
  net: { min: number; max: number },
): number {
  const image = spec.sigma.map((row) => row.reduce((sum, value, j) => sum + value * w[j]!, 0));
  let bound = -spec.aversion * image.reduce((sum, value, i) => sum + value * w[i]!, 0);
  bound -= lambda * gross + Math.max(eta, 0) * net.max + Math.min(eta, 0) * net.min;
  for (let i = 0; i < spec.mu.length; i++) {
    const slope = 2 * spec.aversion * image[i]! - spec.mu[i]! + eta;
    bound += Math.min(0, (slope + lambda) * gross, (lambda - slope) * gross);
  }
  return bound;
}

describeGolden("optimise.json", (truth, tolerance) => {
  describeGolden("covariance.json", (covariances) => {
    for (const universe of ["u6_full", "u6_last504", "all_full", "all_last504"]) {
      const { tickers: assets, mu, ...wanted } = truth[universe];
      const covariance: number[][] = covariances.cov[universe].cov_ddof1;

      test(`${universe}: long-only minimum variance`, () => {
        const solution = minimumVariance(covariance, { weights: { min: 0 } });
        expect(solution.status).toBe("optimal");
        expectClose(solution.weights, wanted.min_variance_long_only.weights, tolerance, 1);
        expectClose(solution.objective, wanted.min_variance_long_only.variance_daily, tolerance);
        expectClose(Math.min(0, ...solution.weights), 0, limits);
        expectClose(solution.net, 1, limits);
      });

      test(`${universe}: minimum variance with short sales`, () => {
        const solution = minimumVariance(covariance);
        expectClose(solution.weights, wanted.min_variance_unconstrained.weights, tolerance, 1);
        expectClose(
          solution.volatility * Math.sqrt(252),
          wanted.min_variance_unconstrained.vol_annual,
          tolerance,
        );
      });

      for (const item of wanted.long_short_utility) {
        const { gamma, gross_limit, net_limit } = item;
        test(`${universe}: utility at risk aversion ${gamma}, gross ${gross_limit}, net ±${net_limit}`, () => {
          const solution = optimizePortfolio({
            assets,
            covariance,
            expectedReturns: mu,
            objective: { maximize: "utility", riskAversion: gamma },
            constraints: { gross: { max: gross_limit }, net: { min: -net_limit, max: net_limit } },
          });
          expect(solution.status).toBe("optimal");
          expectClose(solution.weights, item.weights, tolerance, 1);
          expectClose(solution.objective, item.objective, tolerance);
          expectClose(solution.expectedReturn, item.expected_return_daily, tolerance);
          expectClose(solution.volatility ** 2, item.variance_daily, tolerance);
          expect(solution.gross).toBeLessThanOrEqual(gross_limit + 1e-9);
          expect(Math.abs(solution.net)).toBeLessThanOrEqual(net_limit + 1e-9);
          const { lambda_l1, nu_net } = item.certificate;
          const slope = Math.max(...mu.map(Math.abs));
          expectClose(price(solution, "gross.max"), lambda_l1, tolerance, slope);
          expectClose(priceOfNet(solution), nu_net, tolerance, slope);
          const bound = dualBound(
            { sigma: covariance, mu, aversion: gamma },
            solution.weights,
            price(solution, "gross.max"),
            priceOfNet(solution),
            gross_limit,
            { min: -net_limit, max: net_limit },
          );
          expectClose(-solution.objective - solution.certifiedGap, bound, tolerance);
        });
      }
    }
  });
});

describe("portfolios of cvxpy and Clarabel, polished on their active set", () => {
  for (const item of fixture(import.meta.url, "portfolios.json").cases) {
    const { gross, net, lower, upper } = item.limits;
    const constraints: PortfolioSpec["constraints"] = {
      ...(gross !== undefined && { gross: { max: gross } }),
      ...(net !== undefined && {
        net: { min: net[0] ?? Number.NEGATIVE_INFINITY, max: net[1] ?? Number.POSITIVE_INFINITY },
      }),
      weights: { min: lower ?? Number.NEGATIVE_INFINITY, max: upper ?? Number.POSITIVE_INFINITY },
    };
    test(`${item.name}: weights, objective and multipliers`, () => {
      const variance = item.expectedReturns.every((value: number) => value === 0);
      const solution = optimizePortfolio({
        covariance: item.covariance,
        expectedReturns: item.expectedReturns,
        objective: variance
          ? { minimize: "variance" }
          : { maximize: "utility", riskAversion: item.riskAversion },
        constraints,
      });
      expect(solution.status).toBe("optimal");
      expectClose(solution.weights, item.weights, limits, 1);
      expectClose(solution.objective, variance ? item.variance : item.utility, limits);
      const slope = Math.max(...item.expectedReturns.map(Math.abs), item.variance);
      expectClose(price(solution, "gross.max"), item.lambda, limits, slope);
      expectClose(priceOfNet(solution), item.eta, limits, slope);
    });
  }
});

for (const n of [6, 20, 50, 200]) {
  describeGolden(`qp/portfolio-${n}.json`, (truth) => {
    for (const item of truth.cases) {
      const spec = specOf(truth, item);
      test(`${item.name}: objective, weights, prices and gap of the certified optimum`, () => {
        const solution = optimizePortfolio(spec);
        expect(solution.status).toBe("optimal");
        const { optimum } = item;
        // a covariance rebuilt from its factors, or singular, moves the optimum by its rounding
        expectClose(
          -solution.objective,
          optimum.objective,
          solver(1e-12),
          Math.max(1, Math.abs(optimum.objective)),
        );
        if (optimum.uniqueWeights) expectClose(solution.weights, optimum.weights, solver(1e-9), 1);
        if (!optimum.uniqueWeights || !optimum.uniqueMultipliers) return;
        for (const [name, multiplier] of Object.entries<number>(optimum.multipliers)) {
          const stated = name.endsWith(".max")
            ? price(solution, name)
            : price(solution, `${name}.max`) - price(solution, `${name}.min`);
          expectClose(stated, multiplier, solver(1e-8), 1);
        }
        for (const { constraint, shadowPrice, reach } of solution.binding) {
          if (constraint.startsWith("weights")) continue; // a bound at a kink has two sides, whatever the multipliers
          expect(reach!.unique).toBe(true);
          const { loosening, tightening } = reach!;
          expectClose([loosening.price, tightening!.price], [shadowPrice, shadowPrice], solver(1e-8), 1);
        }
      });

      for (const method of ["interior-point", "osqp"] as const) {
        test(`${item.name}: ${method} agrees`, () => {
          const solution = optimizePortfolio({ ...spec, method });
          expect(solution.status).toBe("optimal");
          const { objective } = item.optimum;
          expectClose(-solution.objective, objective, solver(1e-8), Math.max(1, Math.abs(objective)));
        });
      }
    }
  });
}

describeGolden("qp/portfolio-infeasible.json", (truth) => {
  for (const item of truth.cases) {
    const { n, constraints, currentWeights, expected } = item;
    const solve = (): PortfolioSolution =>
      optimizePortfolio({
        covariance: Matrix.identity(n),
        objective: { minimize: "variance" },
        constraints,
        ...(currentWeights !== undefined && { currentWeights }),
      });
    if (expected.feasible) {
      test(`${item.name}: feasible`, () => {
        expect(solve().status).toBe("optimal");
      });
      continue;
    }
    test(`${item.name}: a minimal conflict, and how little would have to give`, () => {
      const { status, conflict } = solve();
      expect(status).toBe("infeasible");
      const minimal = expected.minimalConflicts.map((names: string[]) => [...names].sort().join());
      expect(minimal).toContain([...conflict!.constraints].sort().join());
      const alone = new Map(conflict!.smallestRelaxation.map(({ constraint, by }) => [constraint, by]));
      for (const constraint of conflict!.constraints) {
        const least: number | null = expected.singleRelaxation[constraint];
        if (least === null) expect(alone.has(constraint)).toBe(false);
        else expectClose(alone.get(constraint)!, least, solver(1e-9), 1);
      }
      if (expected.smallestTotalRelaxation === null) expect(conflict!.total).toBeUndefined();
      else expectClose(conflict!.total!, expected.smallestTotalRelaxation, solver(1e-9), 1);
    });
  }
});
