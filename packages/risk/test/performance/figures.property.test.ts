import { expectClose, rounding } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  averageLoss,
  averageWin,
  burkeRatio,
  downsideDeviation,
  drawdownSeries,
  drawdownTable,
  gainToPainRatio,
  kappaRatio,
  marketModel,
  maxDrawdown,
  modiglianiMeasure,
  omegaRatio,
  painIndex,
  performanceSummary,
  probabilisticSharpeRatio,
  profitFactor,
  returnTable,
  sharpeRatio,
  tailRatio,
  treynorRatio,
  ulcerIndex,
  upsidePotentialRatio,
} from "../../src/index.ts";

const basisPoints = fc.integer({ min: -3000, max: 3000 }).map((bp) => bp / 10_000);
const series = fc.array(basisPoints, { minLength: 3, maxLength: 60 });
const varying = series.filter((r) => new Set(r).size > 2);
const leverage = fc.constantFrom(0.25, 0.5, 2, 4);
const daily = { periodsPerYear: 252 };

describe("laws of leverage", () => {
  test("ratios of gains to losses do not know it, bit by bit", () => {
    fc.assert(
      fc.property(varying, leverage, (returns, size) => {
        const levered = returns.map((r) => size * r);
        const ratios = [omegaRatio, upsidePotentialRatio, gainToPainRatio, tailRatio, profitFactor];
        for (const ratio of ratios) expect(ratio(levered)).toBe(ratio(returns));
        expectClose(kappaRatio(levered), kappaRatio(returns), rounding(32));
        const sure = (x: number[]) => probabilisticSharpeRatio(x, daily);
        expectClose(sure(levered), sure(returns), rounding(64));
      }),
    );
  });

  test("figures in the unit of returns grow with it", () => {
    fc.assert(
      fc.property(varying, leverage, (returns, size) => {
        const levered = returns.map((r) => size * r);
        for (const figure of [downsideDeviation, averageWin, averageLoss]) {
          expect(figure(levered)).toBe(size * figure(returns));
        }
      }),
    );
  });

  test("M² does not know it; beta and alpha do; Treynor does not", () => {
    fc.assert(
      fc.property(varying, varying, leverage, (returns, other, size) => {
        const benchmark = returns.map((_, t) => other[t % other.length]!);
        fc.pre(new Set(benchmark).size > 1);
        const levered = returns.map((r) => size * r);
        const options = { ...daily, benchmark };
        const [one, many] = [marketModel(returns, options), marketModel(levered, options)];
        expectClose([many.beta, many.alpha], [size * one.beta, size * one.alpha], rounding(64), size * 252);
        expectClose(
          modiglianiMeasure(levered, options),
          modiglianiMeasure(returns, options),
          rounding(64),
          252,
        );
        if (Math.abs(one.beta) > 1e-3) {
          const treynor = treynorRatio(returns, options);
          expectClose(treynorRatio(levered, options), treynor, rounding(4096), Math.abs(treynor) + 252);
        }
      }),
    );
  });
});

describe("laws of order", () => {
  test("figures of the values alone do not know the order of the returns", () => {
    fc.assert(
      fc.property(varying, (returns) => {
        const reversed = [...returns].reverse();
        for (const figure of [downsideDeviation, omegaRatio, upsidePotentialRatio, tailRatio, kappaRatio]) {
          const value = figure(returns);
          if (Number.isNaN(value)) expect(figure(reversed)).toBeNaN();
          else expectClose(figure(reversed), value, rounding(120), Math.abs(value) + 1);
        }
        expectClose(
          sharpeRatio(reversed, daily).perPeriod,
          sharpeRatio(returns, daily).perPeriod,
          rounding(120),
          1,
        );
      }),
    );
  });

  test("omega grows as the target falls", () => {
    fc.assert(
      fc.property(varying, basisPoints, fc.integer({ min: 1, max: 500 }), (returns, target, step) => {
        const [high, low] = [
          omegaRatio(returns, { target }),
          omegaRatio(returns, { target: target - step / 1e4 }),
        ];
        if (Number.isNaN(high) || Number.isNaN(low)) return;
        if (high > 0) expect(low).toBeGreaterThan(high);
        else expect(low).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe("laws of drawdowns", () => {
  test("pain ≤ ulcer ≤ |maximum|, and the table's first row is the maximum drawdown", () => {
    fc.assert(
      fc.property(series, (returns) => {
        const { depth, peak, trough, recovery, longestUnderwater } = maxDrawdown(returns);
        expect(painIndex(returns)).toBeLessThanOrEqual(ulcerIndex(returns) * (1 + rounding(60).relative));
        expect(ulcerIndex(returns)).toBeLessThanOrEqual(-depth * (1 + rounding(60).relative));
        const table = drawdownTable(returns);
        if (depth === 0) expect(table).toEqual([]);
        else expect(table[0]).toMatchObject({ depth, start: peak, trough, recovery });
        const under = table.map(({ periods, recovery: back }) => (back === null ? periods : periods - 1));
        expect(Math.max(0, ...under)).toBe(longestUnderwater);
      }),
    );
  });

  test("every entry under water belongs to exactly one fall", () => {
    fc.assert(
      fc.property(series, (returns) => {
        const falls = drawdownTable(returns);
        const drawdown = drawdownSeries(returns);
        for (let t = 0; t < drawdown.length; t++) {
          const owners = falls.filter(
            ({ start, recovery }) => start < t && t < (recovery ?? drawdown.length),
          );
          expect(owners.length).toBe(drawdown[t]! < 0 ? 1 : 0);
        }
      }),
    );
  });

  test("Burke's ratio squares back to the depths of the table", () => {
    fc.assert(
      fc.property(series, (returns) => {
        const options = { periodsPerYear: 12, growth: "arithmetic" } as const;
        const spread = drawdownTable(returns).reduce((sum, { depth }) => sum + depth * depth, 0);
        const growth = (returns.reduce((sum, r) => sum + r, 0) / returns.length) * 12;
        if (spread === 0) expect(burkeRatio(returns, options)).toBeNaN();
        else expectClose(burkeRatio(returns, options) * Math.sqrt(spread), growth, rounding(120), 12);
      }),
    );
  });
});

describe("laws of tables and summaries", () => {
  test("the years of a table compound to the total return, and a year's months to the year", () => {
    const start = Date.UTC(2019, 10, 3);
    fc.assert(
      fc.property(series, fc.integer({ min: 1, max: 60 }), (returns, days) => {
        const dates = returns.map((_, t) => start + t * days * 86_400_000);
        const table = returnTable(returns, dates);
        const { totalReturn } = performanceSummary(returns, daily);
        const whole = table.reduce((growth, { total }) => growth * (1 + total), 1);
        expectClose(whole, 1 + totalReturn, rounding(240));
        for (const { months, total } of table) {
          const year = months.reduce((growth, m) => (Number.isNaN(m) ? growth : growth * (1 + m)), 1);
          expectClose(year, 1 + total, rounding(240));
        }
      }),
    );
  });

  test("the summary says what the single functions say", () => {
    fc.assert(
      fc.property(varying, (returns) => {
        const summary = performanceSummary(returns, daily);
        expect(summary.ulcerIndex).toBe(ulcerIndex(returns));
        expect(summary.painIndex).toBe(painIndex(returns));
        expect(summary.averageWin).toBe(averageWin(returns));
        expect(summary.averageLoss).toBe(averageLoss(returns));
        expect(summary.gainToPain).toBe(gainToPainRatio(returns));
        expect(summary.probabilisticSharpe).toBe(probabilisticSharpeRatio(returns, daily));
        expect(summary.omega).toBe(omegaRatio(returns));
      }),
    );
  });
});
