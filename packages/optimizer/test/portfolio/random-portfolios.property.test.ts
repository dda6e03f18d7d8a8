import { expectClose, solver } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  optimizePortfolio,
  type PortfolioConstraints,
  PortfolioOptimizer,
  type PortfolioSolution,
  type PortfolioSpec,
} from "../../src/index.ts";
import { proofOf } from "./independent-proof.ts";
import { type RandomPortfolio, randomPortfolio } from "./random-portfolios.ts";

const seeds = fc.integer({ min: 0, max: 2 ** 31 });
const small = seeds.map((seed) => randomPortfolio(seed, 30));
const bounded = small.filter(({ isBounded }) => isBounded);
/** Weights that are unique, and move no faster than what is given. */
const definite = bounded.filter(({ isDefinite, spec }) => isDefinite && spec.objective.riskAversion > 0.1);

/** What no proof tells from zero in an objective. */
const PROVEN = 1e-9;
/** An objective below this, where rates are of size 0.1 and weights of size 1, is that of doing next to nothing. */
const NOTHING = 1e-5;

function sizeOf(
  { spec }: RandomPortfolio,
  { expectedReturn, volatility, objective }: PortfolioSolution,
): number {
  return (
    Math.abs(expectedReturn) + spec.objective.riskAversion * volatility ** 2 + Math.abs(objective) + 1e-8
  );
}

function priceOf({ binding }: PortfolioSolution, name: string): number {
  return binding.find(({ constraint }) => constraint === name)?.shadowPrice ?? 0;
}

function expectCertified(problem: RandomPortfolio): void {
  const solution = optimizePortfolio(problem.spec);
  expect(solution.status).not.toBe("stalled");
  expect(solution.status).not.toBe("infeasible");
  if (problem.isBounded) expect(solution.status).toBe("optimal");
  if (solution.status !== "optimal") return;
  expect(solution.certifiedGap <= PROVEN * NOTHING || solution.relativeGap <= PROVEN).toBe(true);
  expect(solution.violation).toBeLessThanOrEqual(PROVEN);
  if (!problem.isBounded) return;
  const proof = proofOf(problem, solution);
  const size = Math.max(proof.size, NOTHING);
  expectClose(solution.objective, proof.utility, solver(1e-12), size);
  expect(proof.bound - proof.utility).toBeLessThanOrEqual(PROVEN * size);
  // what a limit is overrun by is worth its price
  const overrun = proof.violation * solution.binding.reduce((sum, { shadowPrice }) => sum + shadowPrice, 0);
  expect(proof.bound - proof.utility).toBeGreaterThanOrEqual(-1e-12 * size - overrun);
  expect(proof.violation).toBeLessThanOrEqual(PROVEN);
}

describe("random portfolios of every kind of limit and cost", () => {
  test("each is certified, and an independent bound from its stated prices says the same", () => {
    fc.assert(fc.property(small, expectCertified), { numRuns: 300 });
  });

  test("so is one of up to 300 assets", () => {
    fc.assert(
      fc.property(
        seeds.map((seed) => randomPortfolio(seed, 300)),
        expectCertified,
      ),
      { numRuns: 12 },
    );
  });

  const hard: [why: string, mostAssets: number, seeds: number[]][] = [
    ["weights far smaller than the least variance makes expect", 30, [4819, 5178]],
    ["a linear program with more limits at its vertex than weights", 30, [5793, 7102]],
    ["nothing to do under prices that cancel", 30, [7566, 22097]],
    ["one point that all limits leave", 30, [300276]],
    ["a riskless direction that several limits end together", 120, [100389, 101408]],
  ];
  for (const [why, mostAssets, list] of hard) {
    test(`so is ${why}`, () => {
      for (const seed of list) expectCertified(randomPortfolio(seed, mostAssets));
    });
  }

  test("every method that says optimal says so of the same utility", () => {
    fc.assert(
      fc.property(bounded, (problem) => {
        const best = optimizePortfolio(problem.spec);
        for (const method of ["native", "interior-point", "osqp"] as const) {
          const other = optimizePortfolio({ ...problem.spec, method });
          if (method === "osqp") expect(other.status).toBe("optimal");
          if (other.status !== "optimal") continue; // the others may stall
          const gap = best.certifiedGap + other.certifiedGap;
          expect(Math.abs(other.objective - best.objective)).toBeLessThanOrEqual(
            gap + PROVEN * sizeOf(problem, best),
          );
        }
      }),
      { numRuns: 60 },
    );
  });

  test("a warm solve comes to the weights of a cold one", () => {
    fc.assert(
      fc.property(definite, fc.double({ min: -1, max: 1, noNaN: true }), ({ spec }, shift) => {
        const solver10 = solver(1e-10);
        const optimizer = new PortfolioOptimizer(spec);
        optimizer.solve();
        const changes = {
          expectedReturns: spec.expectedReturns.map((mu, i) => mu + 0.02 * shift * (i % 3)),
          objective: { ...spec.objective, riskAversion: spec.objective.riskAversion * (1.5 + shift) },
        };
        const warm = optimizer.solve(changes);
        const cold = optimizePortfolio({ ...spec, ...changes });
        expectClose(warm.weights, cold.weights, solver10, Math.max(1, cold.gross));
      }),
      { numRuns: 150 },
    );
  });

  test("turning every sign, and buying with selling, long with short, turns the weights", () => {
    const turned = (given: unknown): unknown =>
      typeof given === "number" ? -given : Float64Array.from(given as Float64Array, (value) => -value);
    const turnedBand = <B extends { min?: unknown; max?: unknown }>({ min, max, ...rest }: B): object => ({
      ...rest,
      ...(max !== undefined && { min: turned(max) }),
      ...(min !== undefined && { max: turned(min) }),
    });
    fc.assert(
      fc.property(definite, ({ spec }) => {
        const { constraints, costs } = spec;
        const { weights, net, groups = {}, exposures = {} } = constraints;
        const each = (named: object): object =>
          Object.fromEntries(Object.entries(named).map(([name, limits]) => [name, turnedBand(limits)]));
        const linear = costs?.linear as { buy: Float64Array; sell: Float64Array } | number | undefined;
        const mirror = {
          ...spec,
          expectedReturns: turned(spec.expectedReturns),
          currentWeights: turned(spec.currentWeights),
          constraints: {
            ...constraints,
            ...(weights !== undefined && { weights: turnedBand(weights) }),
            ...(net !== undefined && { net: "equal" in net ? { equal: -net.equal } : turnedBand(net) }),
            groups: each(groups),
            exposures: each(exposures),
          },
          costs: {
            ...costs,
            ...(typeof linear === "object" && { linear: { buy: linear.sell, sell: linear.buy } }),
            ...(costs?.funding !== undefined && {
              funding: { long: costs.funding.short, short: costs.funding.long },
            }),
          },
        } as PortfolioSpec;
        const straight = optimizePortfolio(spec);
        const other = optimizePortfolio(mirror);
        expectClose(other.objective, straight.objective, solver(1e-9), 1);
        expectClose(
          other.weights,
          straight.weights.map((w) => -w),
          solver(1e-8),
          Math.max(1, straight.gross),
        );
      }),
      { numRuns: 100 },
    );
  });

  test("units of the weights from 1e-12 to 1e12 leave the portfolio", () => {
    fc.assert(
      fc.property(definite, fc.constantFrom(-40, -20, 20, 40), ({ spec }, power) => {
        const { covariance, expectedReturns, objective, costs, ...rest } = spec;
        if (costs !== undefined || !("data" in (covariance as object))) return;
        const unit = 2 ** power;
        const scaled = scaleWeights(rest.constraints, unit);
        const plain = optimizePortfolio(spec);
        const other = optimizePortfolio({
          covariance: {
            ...(covariance as object),
            data: times(covariance as { data: Float64Array }, 1 / unit ** 2),
          } as never,
          expectedReturns: expectedReturns.map((mu) => mu / unit),
          currentWeights: rest.currentWeights.map((w) => w * unit),
          objective,
          constraints: scaled,
        });
        expect(other.status === "optimal" || other.violation > PROVEN).toBe(true);
        expectClose(
          other.weights.map((w) => w / unit),
          plain.weights,
          solver(1e-9),
          Math.max(1, plain.gross),
        );
      }),
      { numRuns: 100 },
    );
  });

  test("the utility is concave in gross, net and turnover, with the stated price as its slope", () => {
    fc.assert(
      fc.property(definite, fc.constantFrom("gross.max", "net.max", "turnover.max"), (problem, name) => {
        const { spec } = problem;
        const limit = name.split(".")[0] as "gross" | "net" | "turnover";
        const at = (max: number): PortfolioSolution =>
          optimizePortfolio({ ...spec, constraints: { ...spec.constraints, [limit]: { max } } });
        const free = optimizePortfolio(spec);
        const middle = free[limit] + 0.05;
        const [low, mid, high] = [at(middle - 0.02), at(middle), at(middle + 0.02)];
        if ([low, mid, high].some(({ status }) => status !== "optimal")) return;
        const slack = 4 * PROVEN * sizeOf(problem, mid);
        expect(low.objective + high.objective).toBeLessThanOrEqual(2 * mid.objective + slack);
        const price = priceOf(mid, name);
        expect(high.objective - mid.objective).toBeLessThanOrEqual(0.02 * price + slack);
        expect(mid.objective - low.objective).toBeGreaterThanOrEqual(0.02 * price - slack);
      }),
      { numRuns: 150 },
    );
  });

  test("contributions sum to the volatility, and what is named adds up", () => {
    fc.assert(
      fc.property(bounded, ({ spec }) => {
        const book = optimizePortfolio(spec);
        const sum = book.contributions.component.reduce((total, part) => total + part, 0);
        expectClose(sum, book.volatility, solver(1e-12), Math.max(1, book.volatility));
        for (const [name, { members }] of Object.entries(spec.constraints.groups ?? {})) {
          const held = members.map((member) => book.weights[member as number]!);
          expectClose(
            book.groups[name]!.net,
            held.reduce((a, b) => a + b, 0),
            solver(1e-14),
            1,
          );
          expectClose(
            book.groups[name]!.gross,
            held.reduce((a, b) => a + Math.abs(b), 0),
            solver(1e-14),
            1,
          );
        }
        const { participation } = spec.constraints;
        expect(book.participation === undefined).toBe(participation === undefined);
        for (const share of book.participation ?? []) {
          expect(share).toBeLessThanOrEqual((participation!.max as number) * (1 + 1e-9));
        }
      }),
      { numRuns: 150 },
    );
  });

  test("two halves of an asset are held as the asset was, for the same utility", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { spec } = randomPortfolio(seed, 12);
        const { covariance, expectedReturns, objective } = spec;
        if (!("data" in (covariance as object))) return;
        const { data, rows: n } = covariance as { data: Float64Array; rows: number };
        const from = (i: number): number => Math.max(0, i - 1);
        const twin = {
          covariance: Array.from({ length: n + 1 }, (_, i) =>
            Array.from({ length: n + 1 }, (_entry, j) => data[from(i) * n + from(j)]!),
          ),
          expectedReturns: Array.from({ length: n + 1 }, (_, i) => expectedReturns[from(i)]!),
        };
        const constraints = { gross: { max: 1.5 }, net: { min: -0.2, max: 0.4 } };
        const one = optimizePortfolio({ covariance, expectedReturns, objective, constraints });
        const two = optimizePortfolio({ ...twin, objective, constraints });
        expect(two.status).toBe("optimal");
        expectClose(two.objective, one.objective, solver(1e-9), 1);
      }),
      { numRuns: 100 },
    );
  });
});

function times({ data }: { data: Float64Array }, factor: number): Float64Array {
  return data.map((value) => value * factor);
}

/** The same limits of weights in other units. */
function scaleWeights(constraints: PortfolioConstraints, unit: number): PortfolioConstraints {
  const scaled = (given: unknown): unknown => {
    if (typeof given === "number") return given * unit;
    if (given instanceof Float64Array) return given.map((value) => value * unit);
    return Object.fromEntries(
      Object.entries(given as object).map(([name, value]) => [
        name,
        name === "members" || name === "loadings" ? value : scaled(value),
      ]),
    );
  };
  const { participation, ...rest } = constraints;
  return {
    ...(scaled(rest) as PortfolioConstraints),
    ...(participation !== undefined && {
      participation: { ...participation, capital: participation.capital / unit },
    }),
  };
}
