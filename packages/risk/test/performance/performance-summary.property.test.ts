import { expectClose, rounding } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  drawdownSeries,
  maxDrawdown,
  performanceSummary,
  profitFactor,
  sharpeRatio,
  sortinoRatio,
  winRate,
} from "../../src/index.ts";

/** Returns on a grid of basis points: as markets give them, and far above rounding. */
const basisPoints = fc.integer({ min: -3000, max: 3000 }).map((bp) => bp / 10_000);
const series = fc.array(basisPoints, { minLength: 2, maxLength: 60 });
const varying = series.filter((r) => new Set(r).size > 1);
const periodsPerYear = 252;

describe("ratios", () => {
  test("Sharpe and Sortino do not know leverage; Sharpe changes sign with the position", () => {
    fc.assert(
      fc.property(varying, fc.constantFrom(0.25, 0.5, 2, 4), (returns, leverage) => {
        const levered = returns.map((r) => leverage * r);
        for (const ratio of [sharpeRatio, sortinoRatio]) {
          const [one, many] = [ratio(returns, { periodsPerYear }), ratio(levered, { periodsPerYear })];
          expect(many.annualized).toBe(one.annualized);
        }
        const short = sharpeRatio(
          returns.map((r) => -r),
          { periodsPerYear },
        );
        expectClose(short.perPeriod, -sharpeRatio(returns, { periodsPerYear }).perPeriod, rounding(8), 1);
      }),
    );
  });

  test("a rate taken off lowers the Sharpe ratio", () => {
    fc.assert(
      fc.property(varying, fc.integer({ min: 1, max: 100 }), (returns, percent) => {
        const plain = sharpeRatio(returns, { periodsPerYear }).perPeriod;
        const excess = sharpeRatio(returns, { periodsPerYear, riskFree: percent / 100 }).perPeriod;
        expect(excess).toBeLessThan(plain);
      }),
    );
  });

  test("the win rate is a share, and the profit factor turns over with the position", () => {
    fc.assert(
      fc.property(varying, (returns) => {
        expect(winRate(returns)).toBeGreaterThanOrEqual(0);
        expect(winRate(returns)).toBeLessThanOrEqual(1);
        const [long, short] = [profitFactor(returns), profitFactor(returns.map((r) => -r))];
        if (long > 0 && short > 0) expectClose(long * short, 1, rounding(120));
      }),
    );
  });
});

describe("drawdowns", () => {
  test("lie in (−1, 0], begin at 0, and the deepest is the maximum drawdown", () => {
    fc.assert(
      fc.property(series, (returns) => {
        const drawdown = drawdownSeries(returns);
        expect(drawdown[0]).toBe(0);
        expect(drawdown.length).toBe(returns.length + 1);
        expect(drawdown.every((d) => d > -1 && d <= 0)).toBe(true);
        const { depth, peak, trough, recovery } = maxDrawdown(returns);
        expect(depth).toBe(Math.min(...drawdown));
        expect(drawdown[peak]).toBe(0);
        expect(drawdown[trough]).toBe(depth);
        expect(peak).toBeLessThanOrEqual(trough);
        if (recovery !== null) expect(drawdown[recovery]).toBe(0);
        else expect(drawdown.lastIndexOf(0)).toBeLessThan(trough);
      }),
    );
  });

  test("more history never makes the worst one shallower", () => {
    fc.assert(
      fc.property(series, series, (first, second) => {
        const whole = maxDrawdown([...first, ...second]).depth;
        expect(whole).toBeLessThanOrEqual(maxDrawdown(first).depth);
        expect(whole).toBeLessThanOrEqual(maxDrawdown(second).depth + rounding(120).relative);
      }),
    );
  });
});

describe("performanceSummary", () => {
  test("compounds: the growth of a whole is the product of its parts'", () => {
    fc.assert(
      fc.property(series, series, (a, b) => {
        const growth = (r: readonly number[]) => 1 + performanceSummary(r, { periodsPerYear }).totalReturn;
        expectClose(growth([...a, ...b]), growth(a) * growth(b), rounding(120));
      }),
    );
  });

  test("over exactly one year the compound annual growth is the total return", () => {
    fc.assert(
      fc.property(series, (returns) => {
        const { cagr, totalReturn } = performanceSummary(returns, { periodsPerYear: returns.length });
        expectClose(1 + cagr, 1 + totalReturn, rounding(60));
      }),
    );
  });

  test("against itself a book has beta 1, correlation 1 and no alpha", () => {
    fc.assert(
      fc.property(varying, (returns) => {
        const { beta, alpha, correlation } = performanceSummary(returns, {
          periodsPerYear,
          benchmark: returns,
        });
        expectClose([beta!, correlation!], [1, 1], rounding(16));
        expectClose(alpha!, 0, rounding(16), periodsPerYear);
      }),
    );
  });

  test("no figure is infinite, and the input is left as it was", () => {
    fc.assert(
      fc.property(series, series, (returns, other) => {
        const copy = Object.freeze([...returns]);
        const benchmark = returns.map((_, t) => other[t % other.length]!);
        const figures = Object.values(performanceSummary(copy, { periodsPerYear: 12, benchmark }));
        expect(figures.filter((x) => Math.abs(x) === Number.POSITIVE_INFINITY)).toEqual([]);
      }),
    );
  });
});
