import { type Panel, readCsvPanel } from "@astra-quant/core-linalg";
import { describeRealData, expectClose, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { judgePipeline, provePipeline } from "../factor-pipeline/judge-pipeline.ts";
import { type Pipeline, runPipeline } from "../factor-pipeline/run-pipeline.ts";
import { simulateUniverse } from "../factor-pipeline/simulate-universe.ts";
import { tradeComposite } from "../factor-pipeline/trade-composite.ts";

/** What every run of the pipeline keeps, whatever the prices. */
function describeLaws({ factors, weighings, composite, data }: Pipeline): void {
  const names = Object.keys(factors);
  const at = (panel: Panel, row: number): Float64Array => panel.values.row(row);

  test("weights add up to 1 within their limits, or are 0 and say why", () => {
    for (const { status, weights, upper, reasons } of weighings) {
      const total = names.reduce((sum, name) => sum + weights[name]!, 0);
      expectClose(total, status === "optimal" ? 1 : 0, rounding(16));
      for (const name of names) expect(weights[name]).toBeLessThanOrEqual(upper[name]! + 1e-12);
      if (status !== "optimal") expect(reasons.at(-1)).toMatch(/the composite is flat$/);
    }
  });

  test("a factor is without weight where its health excludes it, and the reason is told", () => {
    for (const { row, weights, exclusions } of weighings) {
      for (const name of names) {
        const { admitted, score } = factors[name]!.health[row]!;
        expect(name in exclusions).toBe(!admitted);
        if (admitted) continue;
        expect(weights[name]).toBe(0);
        expect(exclusions[name]).toMatch(/^(excluded: the smoothed score|not yet measured)/);
        expect(score).toBeLessThanOrEqual(0.35);
      }
    }
  });

  test("the composite is the weighted sum of the scores, unknown before the first weights", () => {
    const first = weighings[0]!.row;
    expect(at(composite, first - 1).every(Number.isNaN)).toBe(true);
    for (const { row, weights } of weighings.slice(-3)) {
      const wanted = data.prices.columns.map((_, j) =>
        names.reduce((sum, name) => sum + weights[name]! * at(factors[name]!.scores, row)[j]!, 0),
      );
      expectClose(at(composite, row), wanted, rounding(16), 3);
    }
  });
}

describe("factor-pipeline on simulated prices", () => {
  const universe = simulateUniverse("astra");
  const pipeline = runPipeline(universe);
  describeLaws(pipeline);

  test("what was built in is found: drifts reward momentum and punish mean reversion", () => {
    const { factors, discoveries } = judgePipeline(pipeline);
    expect(factors.momentum!.ic.interval.lower).toBeGreaterThan(0);
    expect(factors.carry!.ic.interval.upper).toBeLessThan(0);
    const [volatility, momentum, , , carry] = discoveries.discoveries;
    expect([volatility, momentum, carry]).toEqual([false, true, true]);
  });

  test("the composite is traded after its first weights, and pays for trading and holding", () => {
    const { book, resampled } = tradeComposite(pipeline, "astra")!;
    expect(book.firstBar).toBe(pipeline.weighings[0]!.row + 1);
    const total = (series: Float64Array): number => series.reduce((sum, x) => sum + x, 0);
    expect(total(book.pnl.cost)).toBeLessThan(0);
    expect(total(book.pnl.carry)).toBeLessThan(0);
    expect(Math.max(...book.exposure.gross)).toBeLessThan(1.1);
    expectClose(resampled.sharpe.estimate, book.summary.sharpe, rounding(2000));
  });

  test("the hours join the composite of the day before, 0.3 to 0.7", () => {
    const { composite, fused } = pipeline;
    const { signal } = fused!;
    const z = (row: Float64Array): Float64Array => {
      const mean = row.reduce((a, b) => a + b) / row.length;
      const std = Math.sqrt(row.reduce((a, b) => a + (b - mean) ** 2, 0) / (row.length - 1));
      return row.map((x) => (x - mean) / std);
    };
    const dayBefore = z(composite.values.row(composite.rows - 2));
    const today = z(composite.values.row(composite.rows - 1));
    const last = signal.values.row(signal.rows - 1);
    const hours = last.map((x, j) => (x - 0.7 * dayBefore[j]!) / 0.3);
    // The hours are scores themselves: their mean over the names is 0 and their spread 1, with this day before alone.
    expectClose(hours.reduce((a, b) => a + b) / hours.length, 0, rounding(64), 1);
    expectClose(z(hours), hours, rounding(256), 3);
    const wrong = last.map((x, j) => (x - 0.7 * today[j]!) / 0.3);
    expect(Math.max(...z(wrong).map((x, j) => Math.abs(x - wrong[j]!)))).toBeGreaterThan(0.001);
  });

  test("no price of the future reaches a composite of the past", () => {
    expect(provePipeline(universe)).toMatchObject({ clean: true, probes: 4 });
  });
});

describeRealData(["prices_daily.csv"], ([text]) => {
  describe("factor-pipeline on real prices", () => {
    const prices = readCsvPanel(text!);
    const names = prices.columns.filter((name) => name !== "SPX");
    const pipeline = runPipeline({ prices: prices.select(names), benchmark: "SPY" });
    describeLaws(pipeline);

    test("some months have no factor that is well, and the composite is flat in them", () => {
      const flat = pipeline.weighings.filter(({ status }) => status === "flat");
      expect(flat.length).toBeGreaterThan(0);
      for (const { row } of flat) {
        expect(pipeline.composite.values.row(row).every((value) => value === 0)).toBe(true);
      }
    });
  });
});
