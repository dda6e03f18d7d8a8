import {
  drawdownSeries,
  drawdownTable,
  performanceSummary,
  returnTable,
  rollingSharpe,
} from "@astra-quant/risk";
import { bits, expectClose, rounding } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { backtest, tearSheet, tearSheetData } from "../../src/index.ts";
import { days, sampleSpec } from "./sample-results.ts";

const rows = fc.integer({ min: 2, max: 120 });
const seed = fc.string({ maxLength: 5 });
const sums = (counts: Float64Array): number => counts.reduce((sum, n) => sum + n, 0);

describe("whatever the result", () => {
  test("figures of returns are risk's own, to the bit", () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 120 }), seed, (count, name) => {
        const result = { ...backtest(sampleSpec(count, name)), dates: days(count) };
        const data = tearSheetData(result, {
          rollingWindow: Math.max(2, Math.min(20, count - 1)),
          drawdowns: 3,
        });
        const record = result.returns.slice(result.firstBar);
        expectClose(data.drawdown, drawdownSeries(record), bits);
        expect(data.drawdowns).toMatchObject(drawdownTable(record, { largest: 3 }));
        const table = returnTable(record, result.dates.subarray(result.firstBar));
        data.returnGrid.rows.forEach(({ cells }, i) => {
          expectClose(cells, table[i]!.months, bits);
        });
        const { totalReturn, maxDrawdown } = performanceSummary(record, { periodsPerYear: 252 });
        expect(data.headline.map(({ value }) => value)).toEqual(
          expect.arrayContaining([totalReturn, maxDrawdown]),
        );
        expectClose(Math.min(...data.drawdown), maxDrawdown, bits);
        const { window, values } = data.rollingSharpe!;
        expectClose(values.subarray(1), rollingSharpe(record, window, { periodsPerYear: 252 }), bits);
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  test("the sources of profit add up to what the equity gained, at every entry", () => {
    fc.assert(
      fc.property(rows, seed, (count, name) => {
        const { profit, equity } = tearSheetData(backtest(sampleSpec(count, name)));
        const gained = equity.map((money) => money - equity[0]!);
        const added = equity.map((_, k) => profit.reduce((sum, { cumulative }) => sum + cumulative[k]!, 0));
        expectClose(added, gained, rounding(8 * count, 1e6));
        for (const { cumulative, total } of profit) expect(total).toBe(cumulative.at(-1));
      }),
    );
  });

  test("every trade is in a bin of each histogram", () => {
    fc.assert(
      fc.property(rows, seed, (count, name) => {
        const { trades } = tearSheetData(backtest(sampleSpec(count, name)));
        if (trades === null) return;
        for (const histogram of [trades.returnHistogram, trades.barsHistogram]) {
          const { edges, counts, below, above } = histogram;
          expect(below + sums(counts) + above).toBe(trades.count);
          edges.forEach((edge, i) => {
            expect(i === 0 || edge > edges[i - 1]!).toBe(true);
          });
        }
        const { edges, counts } = trades.returnHistogram;
        counts.forEach((counted, i) => {
          const last = i === counts.length - 1;
          const inside = trades.returns.filter(
            (r) => r >= edges[i]! && (last ? r <= edges[i + 1]! : r < edges[i + 1]!),
          );
          expect(inside.length).toBe(counted);
        });
      }),
    );
  });

  test("blocks of turnover hold what was traded", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 500 }), seed, (count, name) => {
        const result = backtest(sampleSpec(count, name));
        const { annual, barsPerBlock, mean } = tearSheetData(result).turnover;
        const bars = count - result.firstBar;
        const traded = annual.reduce(
          (sum, value, b) => sum + value * Math.min(barsPerBlock, bars - b * barsPerBlock),
          0,
        );
        expectClose(traded / bars, mean, rounding(4 * count));
        expectClose((mean * bars) / 252, sums(result.turnover.slice(result.firstBar)), rounding(4 * count));
        expect(annual.length).toBeLessThanOrEqual(120);
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  test("twice the capital doubles money and changes nothing else", () => {
    fc.assert(
      fc.property(rows, seed, (count, name) => {
        const spec = sampleSpec(count, name);
        const [one, two] = [1e6, 2e6].map((capital) => tearSheetData(backtest({ ...spec, capital })));
        expectClose(
          two!.equity,
          one!.equity.map((money) => 2 * money),
          bits,
        );
        const shown = ({
          headline,
          further,
          drawdown,
          returnGrid,
          turnover,
          exposure,
          trades,
        }: typeof one & {}) => ({
          headline,
          further,
          drawdown,
          returnGrid,
          turnover,
          exposure,
          trades,
        });
        expect(shown(two!)).toEqual(shown(one!));
      }),
    );
  });

  test("a page of it is the same page twice", () => {
    fc.assert(
      fc.property(rows, seed, (count, name) => {
        const [one, two] = [0, 1].map(() => tearSheet(backtest(sampleSpec(count, name)), { scale: "log" }));
        expect(one).toBe(two);
      }),
      { numRuns: 20 },
    );
  });
});
