import { createRandom, Matrix, multiply, type Random, transpose } from "@astra-quant/core-linalg";
import { bits, expectClose, sameBits, solver } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { optimizePortfolio, type PortfolioConstraints, type PortfolioSolution } from "../../src/index.ts";

interface Drawn {
  n: number;
  covariance: Matrix;
  expectedReturns: Float64Array;
  riskAversion: number;
  constraints: PortfolioConstraints;
}

/** A covariance from `periods` returns of n assets; singular when the periods are fewer, or an asset is there twice. */
function drawCovariance(random: Random, n: number, periods: number, volatility: number): Matrix {
  const returns = new Matrix(periods, n);
  random.fillNormal(returns.data);
  if (n > 1 && random.uniform() < 0.2) {
    for (let t = 0; t < periods; t++) returns.data[t * n + 1] = returns.data[t * n]!;
  }
  const product = multiply(transpose(returns), returns);
  return new Matrix(
    n,
    n,
    product.data.map((value) => (value * volatility * volatility) / periods),
  );
}

function drawNet(random: Random): NonNullable<PortfolioConstraints["net"]> {
  const level = random.uniform() - 0.5;
  const forms = [
    { equal: level },
    { min: level, max: level },
    { min: level },
    { max: level },
    { min: level, max: level + 0.3 * random.uniform() },
    { equal: 0 },
  ];
  return forms[Math.floor(random.uniform() * forms.length)]!;
}

function drawBox(random: Random, n: number): NonNullable<PortfolioConstraints["weights"]> {
  const each = (draw: () => number): Float64Array => Float64Array.from({ length: n }, draw);
  const min = each(() => 0.3 * (random.uniform() - 0.7));
  const forms = [
    { min: 0 },
    { max: 0.4 },
    { min: -0.3, max: 0.3 },
    { min, max: min.map((bound) => bound + (random.uniform() < 0.3 ? 0 : 0.4)) },
    {
      min: each(() => (random.uniform() < 0.3 ? Number.NEGATIVE_INFINITY : -random.uniform())),
      max: each(() => (random.uniform() < 0.3 ? Number.POSITIVE_INFINITY : random.uniform())),
    },
  ];
  return forms[Math.floor(random.uniform() * forms.length)]!;
}

function draw(seed: number): Drawn {
  const random = createRandom(seed);
  const n = 2 + Math.floor(29 * random.uniform());
  const periods = random.uniform() < 0.5 ? n + 20 : 1 + Math.floor(n * random.uniform());
  const volatility = [0.001, 0.01, 0.2, 1][Math.floor(4 * random.uniform())]!;
  const size = volatility * [0, 0.02, 0.2, 1][Math.floor(4 * random.uniform())]!;
  const constraints: PortfolioConstraints = {
    ...(random.uniform() < 0.6 && {
      gross: { max: random.uniform() < 0.05 ? 0 : 0.2 + 3 * random.uniform() },
    }),
    ...(random.uniform() < 0.6 && { net: drawNet(random) }),
    ...(random.uniform() < 0.5 && { weights: drawBox(random, n) }),
  };
  return {
    n,
    covariance: drawCovariance(random, n, periods, volatility),
    expectedReturns: random.fillNormal(new Float64Array(n)).map((value) => value * size),
    riskAversion: [0, 0.05, 1, 10, 300][Math.floor(5 * random.uniform())]!,
    constraints,
  };
}

function solve({ covariance, expectedReturns, riskAversion, constraints }: Drawn): PortfolioSolution {
  return optimizePortfolio({
    covariance,
    expectedReturns,
    objective: { maximize: "utility", riskAversion },
    constraints,
  });
}

const problems = fc.integer({ min: 0, max: 2 ** 31 }).map(draw);
/** Problems whose weights are unique: a definite covariance, and some aversion to risk. */
const definite = fc
  .integer({ min: 0, max: 2 ** 31 })
  .map((seed) => {
    const drawn = draw(seed);
    return {
      ...drawn,
      covariance: drawCovariance(createRandom(seed), drawn.n, 3 * drawn.n, 0.2),
      riskAversion: 5,
    };
  })
  .filter(({ n, covariance }) => n === 1 || covariance.get(0, 0) !== covariance.get(0, 1));

/** The size of the utility's terms: what its rounding is measured by. */
function sizeOf(solution: PortfolioSolution, { riskAversion }: Drawn): number {
  return (
    Math.abs(solution.expectedReturn) + riskAversion * solution.volatility ** 2 + Math.abs(solution.objective)
  );
}

/** What rounding may leave of a variance that ought to vanish. */
function roundingOf({ gross }: PortfolioSolution, { riskAversion, covariance, n }: Drawn): number {
  const largest = Math.max(...covariance.data.map(Math.abs));
  return 8 * n * Number.EPSILON * riskAversion * largest * gross * gross;
}

describe("laws of the portfolio", () => {
  test("every problem ends certified, infeasible or unbounded: none stalls", { timeout: 60_000 }, () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(problems, (drawn) => {
        const solution = solve(drawn);
        seen.add(solution.status);
        expect(solution.status).not.toBe("stalled");
        if (solution.status !== "optimal") {
          expect(solution.message).toBeTypeOf("string");
          return;
        }
        expect(solution.relativeGap).toBeLessThanOrEqual(1e-8);
        expect(solution.violation).toBeLessThanOrEqual(1e-9);
      }),
      { numRuns: 400 },
    );
    expect([...seen].sort()).toEqual(["infeasible", "optimal", "unbounded"]);
  });

  test("no feasible portfolio that one can draw is better by more than the certified gap", () => {
    fc.assert(
      fc.property(definite, fc.integer(), (drawn, seed) => {
        const best = solve(drawn);
        if (best.status !== "optimal") return;
        const random = createRandom(seed);
        // any other portfolio under the same limits: the best one for other expectations
        const other = solve({ ...drawn, expectedReturns: random.fillNormal(new Float64Array(drawn.n)) });
        if (other.status !== "optimal") return;
        const utility = (w: Float64Array): number => {
          let reward = 0;
          let variance = 0;
          for (let i = 0; i < w.length; i++) {
            reward += drawn.expectedReturns[i]! * w[i]!;
            for (let j = 0; j < w.length; j++) variance += w[i]! * drawn.covariance.get(i, j) * w[j]!;
          }
          return reward - drawn.riskAversion * variance;
        };
        expect(utility(other.weights)).toBeLessThanOrEqual(
          best.objective + best.certifiedGap + 1e-9 * (1 + sizeOf(best, drawn)),
        );
      }),
      { numRuns: 100 },
    );
  });

  test("permuting the assets permutes the weights", () => {
    fc.assert(
      fc.property(definite, (drawn) => {
        const { n, covariance, expectedReturns, constraints } = drawn;
        const straight = solve(drawn);
        const order = Array.from({ length: n }, (_, i) => n - 1 - i);
        const turn = <T>(bound: T): T | Float64Array =>
          bound instanceof Float64Array ? bound.slice().reverse() : bound;
        const { min, max } = constraints.weights ?? {};
        const turned = solve({
          ...drawn,
          covariance: Matrix.fromRows(order.map((i) => order.map((j) => covariance.get(i, j)))),
          expectedReturns: expectedReturns.slice().reverse(),
          constraints: {
            ...constraints,
            weights: {
              ...(min !== undefined && { min: turn(min) }),
              ...(max !== undefined && { max: turn(max) }),
            },
          },
        });
        expect(turned.status).toBe(straight.status);
        expectClose(
          turned.weights.slice().reverse(),
          straight.weights,
          solver(1e-9),
          Math.max(1, straight.gross),
        );
      }),
    );
  });

  test("scaling returns and covariance by one factor leaves the weights; by a power of two, in every bit", () => {
    fc.assert(
      fc.property(problems, fc.constantFrom(0.25, 4, 1024), (drawn, k) => {
        const one = solve(drawn);
        const other = solve({
          ...drawn,
          covariance: new Matrix(
            drawn.n,
            drawn.n,
            drawn.covariance.data.map((value) => k * value),
          ),
          expectedReturns: drawn.expectedReturns.map((value) => k * value),
        });
        expect(sameBits(other.weights, one.weights)).toBe(true);
        expectClose(other.objective, k * one.objective, bits);
      }),
    );
  });

  test("turning the signs of returns and limits turns the weights", () => {
    fc.assert(
      fc.property(definite, (drawn) => {
        const { gross } = drawn.constraints;
        const limits = { ...(gross !== undefined && { gross }) };
        const net = { min: -0.1, max: 0.3 };
        const long = solve({ ...drawn, constraints: { ...limits, net, weights: { min: -0.2, max: 0.5 } } });
        const short = solve({
          ...drawn,
          expectedReturns: drawn.expectedReturns.map((value) => -value),
          constraints: { ...limits, net: { min: -0.3, max: 0.1 }, weights: { min: -0.5, max: 0.2 } },
        });
        expectClose(
          short.weights,
          long.weights.map((w) => -w),
          solver(1e-9),
          1,
        );
      }),
    );
  });

  test("tightening the gross limit never raises the utility, and the shadow price bounds what it costs", () => {
    fc.assert(
      fc.property(problems, fc.double({ min: 0.3, max: 0.95, noNaN: true }), (drawn, part) => {
        const max = drawn.constraints.gross?.max ?? 2;
        const at = (limit: number): PortfolioSolution =>
          solve({ ...drawn, constraints: { ...drawn.constraints, gross: { max: limit } } });
        const loose = at(max);
        const tight = at(part * max);
        if (loose.status !== "optimal" || tight.status !== "optimal") return;
        const slack = 1e-9 * (sizeOf(loose, drawn) + sizeOf(tight, drawn)) + roundingOf(loose, drawn);
        expect(tight.objective).toBeLessThanOrEqual(loose.objective + slack);
        const price = tight.binding.find((limit) => limit.constraint === "gross.max")?.shadowPrice ?? 0;
        // utility is concave in the limit, so its slope at the tight end is the steepest
        expect(loose.objective - tight.objective).toBeLessThanOrEqual(price * (1 - part) * max + slack);
      }),
      { numRuns: 200 },
    );
  });

  test("the same problem gives the same bits", () => {
    fc.assert(
      fc.property(problems, (drawn) => {
        expect(sameBits(solve(drawn).weights, solve(drawn).weights)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});
