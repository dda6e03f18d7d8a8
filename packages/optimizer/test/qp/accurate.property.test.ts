import { createRandom, type Random } from "@astra-quant/core-linalg";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type QpSolution, solveQp } from "../../src/index.ts";

interface Dense {
  P: number[][];
  q: number[];
  A: number[][];
  l: number[];
  u: number[];
}

/** P of any rank, none included; every row between −1 and 1, so that every bound has the size 1. */
function boxedProblem(random: Random): Dense {
  const n = 1 + Math.floor(random.uniform() * 6);
  const m = n + Math.floor(random.uniform() * 6);
  const rank = Math.floor(random.uniform() * (n + 1));
  const draw = (count: number): number[] => [...random.fillNormal(new Float64Array(count))];
  const root = Array.from({ length: rank }, () => draw(n));
  const P = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (__, j) => root.reduce((sum, row) => sum + row[i]! * row[j]!, 0)),
  );
  const A = Array.from({ length: m }, (_, i) =>
    i < n ? Array.from({ length: n }, (__, j) => (i === j ? 1 : 0)) : draw(n),
  );
  return { P, q: draw(n), A, l: new Array<number>(m).fill(-1), u: new Array<number>(m).fill(1) };
}

const problems = fc.integer({ min: 0, max: 2 ** 31 }).map((seed) => boxedProblem(createRandom(seed)));

/** Violation, stationarity and gap against their scales, from x and y alone. */
function shortfall({ P, q, A, l, u }: Dense, { x, y }: QpSolution): number {
  const dot = (a: readonly number[], b: ArrayLike<number>): number =>
    a.reduce((sum, value, k) => sum + value * b[k]!, 0);
  const violation = A.reduce((most, row, i) => Math.max(most, l[i]! - dot(row, x), dot(row, x) - u[i]!), 0);
  const gradient = q.map(
    (cost, j) => cost + dot(P[j]!, x) + A.reduce((sum, row, i) => sum + row[j]! * y[i]!, 0),
  );
  const xPx = dot(
    [...x],
    P.map((row) => dot(row, x)),
  );
  const support = [...y].reduce((sum, yi, i) => sum + (yi > 0 ? u[i]! : l[i]!) * yi, 0);
  const objective = 0.5 * xPx + dot(q, x);
  return Math.max(
    violation / 2,
    Math.max(...gradient.map(Math.abs)) / (1 + Math.max(...q.map(Math.abs))),
    Math.abs(xPx + dot(q, x) + support) / (1 + Math.abs(objective)),
  );
}

describe("laws of accuracy", () => {
  test("strict polishing accepts a point only if it is better, and else leaves every bit", {
    timeout: 60_000,
  }, () => {
    const settings = fc.record({
      polishRefineIter: fc.integer({ min: 0, max: 5 }),
      epsAbs: fc.constantFrom(1e-1, 1e-3, 1e-6),
      checkTermination: fc.constantFrom(1, 5, 25),
      sigma: fc.constantFrom(1e-6, 1e-2),
    });
    let taken = 0;
    let refused = 0;
    fc.assert(
      fc.property(problems, settings, (problem, choice) => {
        const plain = solveQp(problem, choice);
        const polished = solveQp(problem, { ...choice, polishing: true, polishAcceptance: "strict" });
        if (polished.info.polish !== 1) {
          expect([...polished.x, ...polished.y]).toEqual([...plain.x, ...plain.y]);
          if (polished.info.polish === -1) refused++;
          return;
        }
        taken++;
        const rounding = 1e-14;
        expect(shortfall(problem, polished)).toBeLessThan(shortfall(problem, plain) + rounding);
      }),
      { numRuns: 3000 },
    );
    expect(Math.min(taken, refused)).toBeGreaterThan(100);
  });

  test("an accurate answer is optimal by figures that were computed apart, whatever the rank of P", {
    timeout: 60_000,
  }, () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const solution = solveQp(problem, { accurate: true });
        expect([solution.status, solution.info.accurate?.reached]).toEqual(["solved", true]);
        expect(shortfall(problem, solution)).toBeLessThan(1e-9);
        expect(solution.info.certifiedGap).toBeLessThan(1e-9 * (1 + Math.abs(solution.info.objective)));
      }),
      { numRuns: 1000 },
    );
  });

  test("the certified gap bounds what the defaults leave, against the accurate optimum", {
    timeout: 60_000,
  }, () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const { info } = solveQp(problem);
        const best = solveQp(problem, { accurate: true }).info.objective;
        expect(info.objective - info.certifiedGap).toBeLessThanOrEqual(best + 1e-9 * (1 + Math.abs(best)));
      }),
      { numRuns: 500 },
    );
  });
});
