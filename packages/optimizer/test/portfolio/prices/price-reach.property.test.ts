import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type BindingLimit,
  optimizePortfolio,
  type PortfolioSolution,
  type PriceLeg,
} from "../../../src/index.ts";
import { type RandomPortfolio, randomPortfolio } from "../random-portfolios.ts";
import { withLevel } from "./with-level.ts";

const problems = fc
  .integer({ min: 0, max: 2 ** 31 })
  .map((seed) => randomPortfolio(seed, 12))
  .filter(({ isBounded }) => isBounded);

/** What a proof leaves open of an objective, against the size of its terms. */
const PROVEN = 1e-8;
/** A leg shorter than this is rounding. */
const SHORT = 1e-7;

function sizeOf(
  { spec }: RandomPortfolio,
  { expectedReturn, volatility, objective }: PortfolioSolution,
): number {
  return (
    Math.abs(expectedReturn) + spec.objective.riskAversion * volatility ** 2 + Math.abs(objective) + 1e-3
  );
}

/** What a move by `length` brings: its length times the mean of the prices at its ends. */
function gainOn({ price, until, priceThere }: PriceLeg, limit: number, length: number): number {
  const slope = until === undefined ? 0 : (priceThere! - price) / Math.abs(until - limit);
  return length * (price + (slope * length) / 2);
}

interface Move {
  readonly leg: PriceLeg;
  readonly isLoosened: boolean;
}

function movesOf({ reach }: BindingLimit): Move[] {
  const { loosening, tightening } = reach!;
  const moves = [{ leg: loosening, isLoosened: true }];
  return tightening === undefined ? moves : [...moves, { leg: tightening, isLoosened: false }];
}

/** The solution where the limit has been moved; undefined where that is no spec. */
function movedBy(
  { spec }: RandomPortfolio,
  { constraint, reach }: BindingLimit,
  isLoosened: boolean,
  length: number,
): PortfolioSolution | undefined {
  const loosens = constraint.includes(".min") ? -1 : 1;
  const level = reach!.limit + (isLoosened ? 1 : -1) * loosens * length;
  if (level < 0 && /^(gross|turnover|participation)|gross\.max$/.test(constraint)) return undefined;
  const moved = withLevel(spec, constraint, level, !isLoosened);
  return moved && optimizePortfolio(moved);
}

describe("the reach of a shadow price", () => {
  test("re-solved anywhere on a leg, the utility is what the leg says", () => {
    fc.assert(
      fc.property(problems, fc.double({ min: 0.05, max: 1, noNaN: true }), (problem, part) => {
        const solution = optimizePortfolio(problem.spec);
        const size = sizeOf(problem, solution);
        for (const limit of solution.binding) {
          for (const { leg, isLoosened } of movesOf(limit)) {
            if (leg.until === undefined && leg.price > 0) continue;
            const whole = leg.until === undefined ? 0.1 : Math.abs(leg.until - limit.reach!.limit);
            const length = part * Math.min(whole, 1);
            if (length < SHORT) continue;
            const moved = movedBy(problem, limit, isLoosened, length);
            if (moved === undefined) continue;
            expect(moved.status).toBe("optimal");
            const gain = (isLoosened ? 1 : -1) * gainOn(leg, limit.reach!.limit, length);
            expect(Math.abs(moved.objective - solution.objective - gain)).toBeLessThanOrEqual(PROVEN * size);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test("past its end a leg promises too much: the utility is concave in every limit", () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const solution = optimizePortfolio(problem.spec);
        const size = sizeOf(problem, solution);
        for (const limit of solution.binding) {
          for (const { leg, isLoosened } of movesOf(limit)) {
            if (leg.until === undefined) continue;
            const length = 1.5 * Math.abs(leg.until - limit.reach!.limit);
            const moved = movedBy(problem, limit, isLoosened, length);
            if (moved?.status !== "optimal") continue;
            const gain = (isLoosened ? 1 : -1) * length * leg.price;
            expect(moved.objective - solution.objective - gain).toBeLessThanOrEqual(PROVEN * size);
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  test("the stated price is one of those between loosening and tightening", () => {
    fc.assert(
      fc.property(problems, (problem) => {
        for (const { shadowPrice, reach } of optimizePortfolio(problem.spec).binding) {
          const rounding = 1e-6 * shadowPrice + PROVEN;
          const { loosening, tightening, unique } = reach!;
          expect(shadowPrice).toBeGreaterThanOrEqual(loosening.price - rounding);
          if (tightening === undefined) expect(unique).toBe(false);
          else expect(shadowPrice).toBeLessThanOrEqual(tightening.price + rounding);
          if (unique) expect(Math.abs(loosening.price - tightening!.price)).toBeLessThanOrEqual(rounding);
        }
      }),
      { numRuns: 60 },
    );
  });
});
