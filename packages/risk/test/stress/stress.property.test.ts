import { cholesky, choleskySolve, createRandom, Matrix, multivariateNormal } from "@astra-quant/core-linalg";
import { expectClose, rounding, solver } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  CRISES,
  correlationStress,
  RiskLimits,
  reverseStress,
  type StressBook,
  stressTest,
  worstWindow,
} from "../../src/index.ts";

const move = fc.integer({ min: -9000, max: 9000 }).map((bp) => bp / 10_000);
const weight = fc.integer({ min: -200, max: 200 }).map((percent) => percent / 100);

/** A random market: covariance AAᵀ + D of n assets, with a book on it. */
function market(seed: string, n: number): { weights: number[]; covariance: Matrix; mean: number[] } {
  const random = createRandom(seed);
  const A = Array.from({ length: n }, () => Array.from({ length: n }, () => 0.02 * random.normal()));
  const rows = A.map((a, i) =>
    A.map((b, j) => a.reduce((sum, x, k) => sum + x * b[k]!, 0) + (i === j ? 1e-4 : 0)),
  );
  return {
    weights: Array.from({ length: n }, () => random.normal()),
    covariance: Matrix.fromRows(rows),
    mean: Array.from({ length: n }, () => 0.002 * random.normal()),
  };
}

/** (x − μ)ᵀ Σ⁻¹ (x − μ), by a solve. */
function squaredDistance(x: Float64Array, mean: readonly number[], covariance: Matrix): number {
  const factor = cholesky(covariance);
  if (factor.status !== "ok") throw new Error("positive definite");
  const y = x.map((value, i) => value - mean[i]!);
  const solved = choleskySolve(factor.L, y);
  return y.reduce((sum, value, i) => sum + value * solved[i]!, 0);
}

const dot = (a: readonly number[], b: Float64Array) => a.reduce((sum, w, i) => sum + w * b[i]!, 0);

describe("P&L", () => {
  const cases = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 8 })).chain(([n, days]) =>
    fc.record({
      weights: fc.array(weight, { minLength: n, maxLength: n }),
      path: fc.array(fc.array(move, { minLength: n, maxLength: n }), { minLength: days, maxLength: days }),
    }),
  );

  test("of the positions adds up to the total, bit by bit in their order, on every day", () => {
    fc.assert(
      fc.property(cases, ({ weights, path }) => {
        const got = stressTest({ weights, capital: 1e6 }, { path });
        let sum = 0;
        for (const { pnl } of got.positions) sum += pnl;
        expect(sum).toBe(got.pnl);
        for (let t = 0; t < got.days; t++) {
          const day = got.pnlByDay.row(t).reduce((total, pnl) => total + pnl, 0);
          expect(got.equity[t + 1]).toBe(1e6 + day);
        }
        expect(got.equity[got.days]).toBe(1e6 + got.pnl);
      }),
    );
  });

  test("doubles with the book and turns over with it", () => {
    fc.assert(
      fc.property(cases, ({ weights, path }) => {
        const at = (size: number) => stressTest({ weights: weights.map((w) => size * w) }, { path }).pnl;
        expect(at(2)).toBe(2 * at(1));
        expect(at(-1) + at(1)).toBe(0);
      }),
    );
  });

  test("of a path is that of its compounded move at once", () => {
    fc.assert(
      fc.property(cases, ({ weights, path }) => {
        const whole = weights.map((_, i) => path.reduce((price, day) => price * (1 + day[i]!), 1) - 1);
        const once = stressTest({ weights }, { assets: whole });
        expectClose(stressTest({ weights }, { path }).pnl, once.pnl, rounding(64), 2 ** path.length * 12);
      }),
    );
  });

  test("the worst window is the worst of all windows", () => {
    fc.assert(
      fc.property(cases, fc.double({ min: 0, max: 1, noNaN: true }), ({ weights, path }, share) => {
        const days = 1 + Math.floor(share * (path.length - 1));
        const worst = worstWindow({ weights }, { history: path }, { days });
        for (let from = 0; from + days <= path.length; from++) {
          const { pnl } = stressTest({ weights }, { history: path, from, until: from + days });
          expect(worst.pnl).toBeLessThanOrEqual(pnl);
        }
      }),
    );
  });

  test("limits see the equity that is told: RiskLimits fires where the book's figures say", () => {
    fc.assert(
      fc.property(cases, ({ weights, path }) => {
        const limits = new RiskLimits();
        const got = stressTest({ weights }, { path }, { limits });
        const again = new RiskLimits();
        const decided = Array.from(got.equity, (equity, day) =>
          again.evaluate({ equity, day, positions: positionsAt(day) }),
        );
        function positionsAt(day: number): Record<string, number> {
          return Object.fromEntries(
            weights.map((w, i) => [String(i), day === 0 ? w : got.pnlByDay.get(day - 1, i) + w]),
          );
        }
        const actions = decided
          .map(({ action }, day) => ({ day, action }))
          .filter(({ action }) => action !== "none");
        expect(got.fired.map(({ day, action }) => ({ day, action }))).toEqual(actions);
      }),
      { numRuns: 50 },
    );
  });
});

describe("the pipeline's limits in its crises", () => {
  test("a book of beta 1 is warned, halted and liquidated on the way down in 2008", () => {
    const tenth = new Array(10).fill(0.1);
    const book = { weights: tenth, betas: tenth.map(() => 1) };
    const got = stressTest(book, CRISES.financialCrisis2008, { limits: new RiskLimits() });
    const first = (action: string) => got.fired.find((fired) => fired.action === action)?.day;
    const under = (level: number) => got.equity.findIndex((equity) => equity / got.equity[0]! - 1 <= level);
    expect([first("reduce"), first("liquidate")]).toEqual([under(-0.15), under(-0.2)]);
    expect(under(-0.15)).toBe(23); // ⌈0.15 ÷ 0.4 × 60⌉
  });
});

describe("the ladder of correlations", () => {
  test("a book of longs never grows safer on the way up", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 2, max: 6 }), (seed, n) => {
        const { weights, covariance } = market(`ladder-${seed}`, n);
        const book = { weights: weights.map(Math.abs), covariance };
        const { base, rungs } = correlationStress(book, { levels: [0.2, 0.5, 0.8, 0.95, 0.999] });
        let before = base.volatility;
        for (const { volatility, diversification } of rungs) {
          expect(volatility).toBeGreaterThanOrEqual(before * (1 - rounding(64).relative));
          expect(diversification).toBeGreaterThanOrEqual(1 - rounding(64).relative);
          before = volatility;
        }
      }),
    );
  });
});

describe("reverse stress", () => {
  test("in closed form, at the distance of its own solve, with the loss asked for", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 1, max: 7 }), (seed, n) => {
        const { weights, covariance, mean } = market(`reverse-${seed}`, n);
        const loss = 0.2;
        const got = reverseStress({ weights, covariance }, { loss, mean });
        if (got.status !== "found") throw new Error("found");
        expectClose(got.pnl, -loss, rounding(64), 1);
        expectClose(got.distance ** 2, squaredDistance(got.shocks, mean, covariance), solver(1e-8));
      }),
    );
  });

  test("no random scenario of the same loss is likelier, of three thousand a market", () => {
    for (let seed = 0; seed < 12; seed++) {
      const n = 2 + (seed % 5);
      const { weights, covariance, mean } = market(`optimal-${seed}`, n);
      const loss = 0.1;
      const got = reverseStress({ weights, covariance }, { loss, mean });
      if (got.status !== "found") throw new Error("found");
      const factor = cholesky(covariance);
      if (factor.status !== "ok") throw new Error("positive definite");
      const draws = multivariateNormal(createRandom(`draws-${seed}`), {
        cholesky: factor.L,
        mean,
        count: 3000,
      });
      for (let k = 0; k < draws.rows; k++) {
        // Each draw is moved along Σw until it loses as much: a scenario with that loss, near the likeliest.
        const x = draws.row(k).slice();
        const Sw = weights.map((_, i) => weights.reduce((sum, w, j) => sum + covariance.get(i, j) * w, 0));
        const step = (loss + dot(weights, x)) / Sw.reduce((sum, s, i) => sum + s * weights[i]!, 0);
        for (let i = 0; i < n; i++) x[i]! -= step * Sw[i]!;
        expect(squaredDistance(x, mean, covariance)).toBeGreaterThanOrEqual(got.distance ** 2 * (1 - 1e-9));
      }
    }
  });

  test("with bounds it keeps them, loses as much, and no feasible point around it is likelier", () => {
    let [found, unreachable] = [0, 0];
    for (let seed = 0; seed < 300; seed++) {
      const n = 2 + (seed % 5);
      const { weights, covariance, mean } = market(`bounded-${seed}`, n);
      const sigma = weights.map((_, i) => Math.sqrt(covariance.get(i, i)));
      const [min, max] = [sigma.map((s) => -1.2 * s), sigma.map((s) => 0.7 * s)];
      const loss = 0.06;
      const got = reverseStress({ weights, covariance }, { loss, mean, bounds: { min, max } });
      const most = -weights.reduce((sum, w, i) => sum + Math.min(w * min[i]!, w * max[i]!), 0);
      expect([seed, n, most, got.status]).toEqual([seed, n, most, most >= loss ? "found" : "unreachable"]);
      if (got.status !== "found") {
        unreachable++;
        continue;
      }
      found++;
      expect(dot(weights, got.shocks)).toBeLessThanOrEqual(-loss * (1 - 1e-12));
      const best = squaredDistance(got.shocks, mean, covariance);
      expectClose(got.distance ** 2, best, solver(1e-8));
      const random = createRandom(`around-${seed}`);
      for (let k = 0; k < 60; k++) {
        const size = 10 ** -(1 + 4 * random.uniform());
        const x = got.shocks.map((s, i) =>
          Math.min(max[i]!, Math.max(min[i]!, s + size * sigma[i]! * random.normal())),
        );
        if (dot(weights, x) > -loss) continue;
        expect(squaredDistance(x, mean, covariance)).toBeGreaterThanOrEqual(best * (1 - 1e-9));
      }
    }
    expect([found > 100, unreachable > 10]).toEqual([true, true]);
  });

  test("in any units, with bounds at 0 or not, it is found exactly where the bounds can lose as much", () => {
    let [found, unreachable] = [0, 0];
    for (let seed = 0; seed < 2000; seed++) {
      const random = createRandom(`units-${seed}`);
      const n = 1 + Math.floor(12 * random.uniform());
      const { weights, covariance } = market(`units-${seed}`, n);
      const money = 10 ** Math.floor(8 * random.uniform());
      const notionals = weights.map((w) => money * w);
      const sigma = weights.map((_, i) => Math.sqrt(covariance.get(i, i)));
      const min = sigma.map((s) => -(0.3 + 2 * random.uniform()) * s);
      const max = sigma.map((s) => (random.uniform() < 0.2 ? 0 : 1.5 * random.uniform() * s));
      const { base } = correlationStress({ notionals, capital: money, covariance });
      const loss = base.volatility * (0.2 + 1.5 * random.uniform());
      const most = -notionals.reduce((sum, w, i) => sum + Math.min(w * min[i]!, w * max[i]!), 0);
      const got = reverseStress({ notionals, capital: money, covariance }, { loss, bounds: { min, max } });
      expect([seed, got.status]).toEqual([seed, most >= loss ? "found" : "unreachable"]);
      if (got.status !== "found") {
        unreachable++;
        continue;
      }
      found++;
      expectClose(got.pnl, -loss, solver(1e-9));
    }
    expect([found > 1000, unreachable > 100]).toEqual([true, true]);
  });

  test("bounds that do not bind change nothing", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
        const { weights, covariance } = market(`loose-${seed}`, 4);
        const book: StressBook = { weights, covariance };
        const free = reverseStress(book, { loss: 0.1 });
        expect(reverseStress(book, { loss: 0.1, bounds: { min: -1e6, max: 1e6 } })).toEqual(free);
      }),
    );
  });
});
