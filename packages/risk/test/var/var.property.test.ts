import { Matrix, multiply, quantile, transpose } from "@astra-quant/core-linalg";
import { expectClose, rounding } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { historicalVar, monteCarloVar, parametricVar, scenarioReturns } from "../../src/index.ts";

const unit = fc.integer({ min: -1000, max: 1000 }).map((x) => x / 1000);
const confidence = fc.integer({ min: 501, max: 999 }).map((x) => x / 1000);
/** On a grid of basis points, far above the subnormal numbers. */
const basisPoints = fc.integer({ min: -5000, max: 5000 }).map((bp) => bp / 10_000);
/** Long enough for the tail of every level up to 0.95 to hold one. */
const samples = fc.array(basisPoints, { minLength: 20, maxLength: 200 });
const sampled = fc.integer({ min: 501, max: 950 }).map((x) => x / 1000);

/** Weights, means and BBᵀ ÷ 100 + I ÷ 1000 of one to six assets. */
const portfolios = fc.integer({ min: 1, max: 6 }).chain((n) =>
  fc
    .record({
      weights: fc.array(unit, { minLength: n, maxLength: n }),
      mean: fc.array(unit, { minLength: n, maxLength: n }),
      root: fc.array(fc.array(unit, { minLength: n, maxLength: n }), { minLength: n, maxLength: n }),
    })
    .map(({ root, ...rest }) => {
      const B = Matrix.fromRows(root);
      const covariance = multiply(B, transpose(B));
      for (let k = 0; k < n * n; k++) covariance.data[k]! /= 100;
      for (let i = 0; i < n; i++) covariance.data[i * n + i]! += 1e-3;
      return { ...rest, covariance };
    }),
);

describe("parametricVar", () => {
  test("is homogeneous: k times the weights are k times every figure", () => {
    fc.assert(
      fc.property(portfolios, confidence, fc.integer({ min: 1, max: 50 }), (portfolio, level, k) => {
        const one = parametricVar({ ...portfolio, confidence: level });
        const many = parametricVar({
          ...portfolio,
          weights: portfolio.weights.map((w) => k * w),
          confidence: level,
        });
        const scale = k * (one.volatility * 4 + portfolio.weights.length);
        for (const field of ["valueAtRisk", "expectedShortfall", "volatility", "expectedReturn"] as const) {
          expectClose(many[field], k * one[field], rounding(8), scale);
        }
      }),
    );
  });

  test("without a mean, turning a book over leaves its risk", () => {
    fc.assert(
      fc.property(portfolios, confidence, ({ weights, covariance }, level) => {
        const over = weights.map((w) => -w);
        expect(parametricVar({ weights: over, covariance, confidence: level })).toEqual(
          parametricVar({ weights, covariance, confidence: level }),
        );
      }),
    );
  });

  test("rises with the confidence, and the shortfall stays above it", () => {
    fc.assert(
      fc.property(portfolios, confidence, confidence, (portfolio, a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)].map((level) =>
          parametricVar({ ...portfolio, confidence: level }),
        );
        expect(high!.valueAtRisk).toBeGreaterThanOrEqual(low!.valueAtRisk);
        expect(high!.expectedShortfall).toBeGreaterThanOrEqual(low!.expectedShortfall);
        expect(low!.expectedShortfall).toBeGreaterThanOrEqual(low!.valueAtRisk);
      }),
    );
  });

  test("two books together never risk more than both apart", () => {
    fc.assert(
      fc.property(portfolios, confidence, ({ weights, mean, covariance }, level) => {
        const [a, b, both] = [weights, mean, weights.map((w, i) => w + mean[i]!)].map(
          (w) => parametricVar({ weights: w, covariance, confidence: level }).expectedShortfall,
        );
        expect(both!).toBeLessThanOrEqual((a! + b!) * (1 + rounding(16).relative));
      }),
    );
  });
});

describe("historicalVar", () => {
  test("the shortfall is at least the value at risk, and at most the worst loss", () => {
    fc.assert(
      fc.property(samples, sampled, (returns, level) => {
        const worst = -Math.min(...returns);
        for (const method of ["R-7", "R-1"] as const) {
          const { valueAtRisk, expectedShortfall } = historicalVar(returns, { confidence: level, method });
          expect(expectedShortfall).toBeGreaterThanOrEqual(valueAtRisk - rounding(200).relative);
          expect(expectedShortfall).toBeLessThanOrEqual(worst + rounding(200).relative);
        }
      }),
    );
  });

  test("the tail mean is at least the value at risk for every quantile type", () => {
    const methods = fc.constantFrom("R-1", "R-4", "R-5", "R-6", "R-7", "R-8", "lower", "higher");
    fc.assert(
      fc.property(samples, sampled, methods, (returns, level, method) => {
        const options = { confidence: level, method, shortfall: "tail-mean" } as const;
        const { valueAtRisk, expectedShortfall } = historicalVar(returns, options as never);
        expect(expectedShortfall).toBeGreaterThanOrEqual(valueAtRisk - rounding(200).relative);
      }),
    );
  });

  test("rises with the confidence, does not know the order, and scales with leverage", () => {
    fc.assert(
      fc.property(samples, sampled, sampled, (returns, a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const at = (sample: readonly number[], level: number) => historicalVar(sample, { confidence: level });
        expect(at(returns, high).valueAtRisk).toBeGreaterThanOrEqual(at(returns, low).valueAtRisk);
        expect(at(returns.toReversed(), low)).toEqual(at(returns, low));
        const doubled = returns.map((r) => 2 * r);
        expect(at(doubled, low).expectedShortfall).toBe(2 * at(returns, low).expectedShortfall);
      }),
    );
  });

  test("a sure gain lowers the loss by itself", () => {
    fc.assert(
      fc.property(samples, sampled, unit, (returns, level, gain) => {
        const before = historicalVar(returns, { confidence: level });
        const after = historicalVar(
          returns.map((r) => r + gain),
          { confidence: level },
        );
        for (const field of ["valueAtRisk", "expectedShortfall"] as const) {
          expectClose(after[field], before[field] - gain, rounding(200), 1);
        }
      }),
    );
  });

  test("the value at risk is the sample's own quantile", () => {
    fc.assert(
      fc.property(samples, (returns) => {
        const { valueAtRisk } = historicalVar(returns, { confidence: 0.75 });
        expect(valueAtRisk).toBe(0 - quantile(returns, 0.25));
      }),
    );
  });
});

describe("monteCarloVar", () => {
  const seeds = fc.integer({ min: 0, max: 1_000_000 });

  test("money scales with capital, figures are finite, and the shortfall is at least the value at risk", () => {
    fc.assert(
      fc.property(portfolios, seeds, fc.integer({ min: 1, max: 1000 }), (portfolio, seed, k) => {
        const options = { ...portfolio, horizon: 3, scenarios: 300, confidence: 0.95, seed };
        const one = monteCarloVar({ ...options, capital: 1 });
        const many = monteCarloVar({ ...options, capital: k });
        expect(many.monetary).toEqual({
          valueAtRisk: k * one.valueAtRisk,
          expectedShortfall: k * one.expectedShortfall,
        });
        expect(one.expectedShortfall).toBeGreaterThanOrEqual(one.valueAtRisk);
        expect(Number.isFinite(one.standardError.valueAtRisk)).toBe(true);
        expect(one.standardError.expectedShortfall).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 40 },
    );
  });

  test("on the same draws, more confidence is never less loss", () => {
    fc.assert(
      fc.property(portfolios, seeds, (portfolio, seed) => {
        const at = (level: number) =>
          monteCarloVar({ ...portfolio, horizon: 2, scenarios: 200, confidence: level, seed });
        expect(at(0.99).valueAtRisk).toBeGreaterThanOrEqual(at(0.9).valueAtRisk);
        expect(at(0.99).expectedShortfall).toBeGreaterThanOrEqual(at(0.9).expectedShortfall);
      }),
      { numRuns: 40 },
    );
  });
});

describe("scenarioReturns", () => {
  test("over one day is linear in the shocks: r(z) = −r(−z), and weights add", () => {
    const cholesky = [
      [0.02, 0],
      [0.01, 0.03],
    ];
    const pairs = fc.tuple(unit, unit);
    fc.assert(
      fc.property(pairs, pairs, pairs, (z, a, b) => {
        const at = (shock: readonly number[], weights: readonly number[]) =>
          scenarioReturns([shock], { cholesky, weights })[0]!;
        const sum = a.map((w, i) => w + b[i]!);
        expectClose(
          at(
            z.map((x) => -x),
            a,
          ),
          -at(z, a),
          rounding(8),
          1,
        );
        expectClose(at(z, sum), at(z, a) + at(z, b), rounding(8), 1);
      }),
    );
  });
});
