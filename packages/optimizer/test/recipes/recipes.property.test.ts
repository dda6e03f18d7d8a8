import { createRandom, Matrix, multiply, quadraticForm, transpose } from "@astra-quant/core-linalg";
import { expectClose, solver } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  efficientFrontier,
  hierarchicalRiskParity,
  maximumSharpe,
  minimumCvar,
  optimizePortfolio,
  type PortfolioConstraints,
  riskParity,
  robustPortfolio,
  targetVolatility,
} from "../../src/index.ts";

const proven = solver(1e-8);
const weightsOf = solver(1e-6);

interface Market {
  readonly n: number;
  readonly seed: number;
  readonly spec: Spec;
}

interface Spec {
  readonly covariance: Matrix;
  readonly expectedReturns: Float64Array;
  readonly constraints: PortfolioConstraints;
}

/** Random loadings and returns; with fewer rows than assets the covariance is singular. */
function marketOf(seed: number, n: number, isSingular: boolean, isLong: boolean): Market {
  const random = createRandom(seed);
  const rows = isSingular ? Math.max(1, Math.floor(n / 2)) : n;
  const A = new Matrix(
    rows,
    n,
    random.fillNormal(new Float64Array(rows * n)).map((x) => 0.1 * x),
  );
  const covariance = multiply(transpose(A), A);
  if (!isSingular) for (let i = 0; i < n; i++) covariance.data[i * (n + 1)]! += 0.01;
  const expectedReturns = random.fillNormal(new Float64Array(n)).map((x) => 0.02 + 0.05 * x);
  expectedReturns[0] = 0.08;
  const constraints: PortfolioConstraints = isLong
    ? { net: { equal: 1 }, weights: { min: 0, max: 1 } }
    : { net: { min: -0.2, max: 0.4 }, gross: { max: 2 }, weights: { min: -0.7, max: 0.7 } };
  return { n, seed, spec: { covariance, expectedReturns, constraints } };
}

const market = fc
  .tuple(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 2, max: 14 }), fc.boolean(), fc.boolean())
  .map(([seed, n, isSingular, isLong]) => marketOf(seed, n, isSingular, isLong));
const definite = fc
  .tuple(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 2, max: 14 }), fc.boolean())
  .map(([seed, n, isLong]) => marketOf(seed, n, false, isLong));

/** Portfolios within the limits, by chance. */
function feasible({ n, seed, spec: { constraints } }: Market): Float64Array[] {
  const random = createRandom(`within ${seed}`);
  const isLong = constraints.gross === undefined;
  return Array.from({ length: 40 }, () => {
    const w = random.fillNormal(new Float64Array(n)).map((x) => (isLong ? x * x : x));
    const sum = w.reduce((s, x) => s + (isLong ? x : Math.abs(x)), 0);
    const tilt = w.map((x) => (isLong ? x / sum : (0.4 * x) / sum));
    return tilt;
  });
}

function reward(mu: Float64Array, w: ArrayLike<number>): number {
  return mu.reduce((sum, m, i) => sum + m * w[i]!, 0);
}

describe("the best ratio", () => {
  test("is certified, and no portfolio drawn by chance has a better one", () => {
    fc.assert(
      fc.property(market, (m) => {
        const solution = maximumSharpe(m.spec);
        if (solution.status === "unbounded") return; // a singular covariance may have riskless gains
        expect(solution.status).toBe("optimal");
        for (const w of feasible(m)) {
          const ratio = reward(m.spec.expectedReturns, w) / Math.sqrt(quadraticForm(m.spec.covariance, w));
          expect(ratio).toBeLessThanOrEqual(solution.objective * (1 + proven.relative));
        }
      }),
      { numRuns: 150 },
    );
  });

  test("does not care about the units of returns or of risk", () => {
    fc.assert(
      fc.property(definite, fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (m, k) => {
        const solution = maximumSharpe(m.spec);
        const scaled = maximumSharpe({
          ...m.spec,
          expectedReturns: m.spec.expectedReturns.map((x) => k * x),
          covariance: new Matrix(m.n, m.n, m.spec.covariance.data.map((x) => x / k)), // biome-ignore format: one argument
        });
        expectClose(scaled.objective, solution.objective * k * Math.sqrt(k), proven);
      }),
      { numRuns: 60 },
    );
  });

  test("follows its assets when they are reordered", () => {
    fc.assert(
      fc.property(definite, (m) => {
        const back = <T>(v: ArrayLike<T>): T[] => Array.from(v).reverse();
        const reversed = new Matrix(m.n, m.n, Float64Array.from(m.spec.covariance.data).reverse());
        const solution = maximumSharpe(m.spec);
        const other = maximumSharpe({
          ...m.spec,
          covariance: reversed,
          expectedReturns: back(m.spec.expectedReturns),
        });
        expectClose(other.objective, solution.objective, proven);
        if (m.spec.constraints.gross === undefined)
          expectClose(back(other.weights), solution.weights, weightsOf, 1);
      }),
      { numRuns: 60 },
    );
  });
});

describe("the frontier", () => {
  test("rises in volatility and return, is concave, and its cap and its target are the same portfolios", () => {
    fc.assert(
      fc.property(market, (m) => {
        const { status, portfolios } = efficientFrontier(m.spec, { points: 9 });
        expect(status).toBe("optimal");
        for (let k = 1; k < portfolios.length; k++) {
          const [a, b] = [portfolios[k - 1]!, portfolios[k]!];
          expect(b.volatility).toBeGreaterThanOrEqual(a.volatility - proven.relative);
          expect(b.objective).toBeGreaterThan(a.objective);
          expect(b.violation).toBeLessThan(proven.relative);
          if (k < 2) continue;
          const c = portfolios[k - 2]!;
          const slopeBefore = (a.volatility - c.volatility) / (a.objective - c.objective);
          const slopeAfter = (b.volatility - a.volatility) / (b.objective - a.objective);
          expect(slopeAfter).toBeGreaterThanOrEqual(slopeBefore - weightsOf.relative);
        }
        const middle = portfolios[Math.floor(portfolios.length / 2)]!;
        if (!(middle.volatility > 1e-3)) return;
        const capped = targetVolatility({ ...m.spec, volatility: middle.volatility });
        expectClose(capped.objective, middle.objective, weightsOf);
      }),
      { numRuns: 100 },
    );
  });

  test("has its utility's portfolio at each risk aversion", () => {
    fc.assert(
      fc.property(definite, (m) => {
        const { portfolios } = efficientFrontier(m.spec, { points: 6 });
        for (const { riskAversion, weights } of portfolios.slice(1, -1)) {
          const solution = optimizePortfolio({ ...m.spec, objective: { maximize: "utility", riskAversion } });
          expectClose(solution.weights, weights, weightsOf, 1);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe("risk budgets", () => {
  test("are met, whatever the scale of each asset", () => {
    fc.assert(
      fc.property(
        definite,
        fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
        ({ n, seed, spec: { covariance } }, k) => {
          const budgets = createRandom(seed)
            .fillUniform(new Float64Array(n))
            .map((u) => 0.1 + u);
          const total = budgets.reduce((sum, b) => sum + b, 0);
          const solution = riskParity(covariance, { budgets });
          expect(solution.status).toBe("optimal");
          expectClose(solution.riskShares, budgets.map((b) => b / total), proven); // biome-ignore format: a line
          // a unit k times as large of the first asset: its weight, before all are scaled to 1, is k times smaller
          const other = covariance.clone();
          for (let i = 0; i < n; i++) {
            other.data[i]! *= k;
            other.data[i * n]! *= k;
          }
          const rescaled = riskParity(other, { budgets });
          expectClose(
            (rescaled.weights[0]! * k) / rescaled.weights[1]!,
            solution.weights[0]! / solution.weights[1]!,
            proven,
          );
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe("hierarchical risk parity", () => {
  test("spends all capital, and does not care about the unit of risk", () => {
    fc.assert(
      fc.property(
        market,
        fc.constantFrom("single", "complete", "average", "ward"),
        ({ n, spec: { covariance } }, linkage) => {
          const { weights, order } = hierarchicalRiskParity(covariance, { linkage });
          expectClose(weights.reduce((sum, w) => sum + w, 0), 1, proven); // biome-ignore format: a line
          expect(weights.every((w) => w >= 0)).toBe(true);
          expect(Array.from(order).sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
          const scaled = new Matrix(n, n, covariance.data.map((x) => 4 * x)); // biome-ignore format: a line
          expectClose(hierarchicalRiskParity(scaled, { linkage }).weights, weights, proven);
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe("minimum CVaR", () => {
  test("is certified, beaten by no portfolio drawn by chance, and scales with the scenarios", () => {
    fc.assert(
      fc.property(definite, fc.integer({ min: 10, max: 120 }), (m, S) => {
        const random = createRandom(m.seed);
        const table = new Matrix(S, m.n, random.fillNormal(new Float64Array(S * m.n)).map((x) => 0.01 * x)); // biome-ignore format: a line
        const constraints = { net: { equal: 1 }, weights: { min: 0, max: 1 } };
        const solution = minimumCvar(table, { confidence: 0.8, constraints });
        expect(solution.status).toBe("optimal");
        const tail = 0.2 * S;
        for (const w of feasible({ ...m, spec: { ...m.spec, constraints } })) {
          const losses = Array.from({ length: S }, (_, s) => -reward(w, table.data.subarray(s * m.n, (s + 1) * m.n))).sort((a, b) => b - a); // biome-ignore format: a line
          const whole = Math.floor(tail);
          const sum =
            losses.slice(0, whole).reduce((t, x) => t + x, 0) + (tail - whole) * (losses[whole] ?? 0);
          expect(sum / tail).toBeGreaterThanOrEqual(solution.objective - proven.relative);
        }
        const scaled = new Matrix(S, m.n, table.data.map((x) => 1000 * x)); // biome-ignore format: a line
        expectClose(
          minimumCvar(scaled, { confidence: 0.8, constraints }).objective,
          1000 * solution.objective,
          proven,
        );
      }),
      { numRuns: 100 },
    );
  });
});

describe("a robust mean", () => {
  test("has the worst utility it says, and no portfolio drawn by chance a better one", () => {
    fc.assert(
      fc.property(market, fc.double({ min: 1e-3, max: 2, noNaN: true }), (m, ellipsoid) => {
        const riskAversion = 1;
        const solution = robustPortfolio({ ...m.spec, riskAversion }, { ellipsoid });
        const worst = (w: Float64Array): number => {
          const variance = Math.max(0, quadraticForm(m.spec.covariance, w));
          return (
            reward(m.spec.expectedReturns, w) - ellipsoid * Math.sqrt(variance) - riskAversion * variance
          );
        };
        expectClose(solution.objective, worst(solution.weights), proven, 1);
        for (const w of feasible(m))
          expect(worst(w)).toBeLessThanOrEqual(solution.objective + proven.relative);
      }),
      { numRuns: 100 },
    );
  });
});
