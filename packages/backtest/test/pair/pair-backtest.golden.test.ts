import { describeGolden, describeRealData, expectClose, fixture, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { linearCost, type PairBacktestSpec, pairBacktest } from "../../src/index.ts";

const pair = fixture(import.meta.url, "pair.json");

/** NaN for JSON's null. */
function numbers(values: readonly (number | null)[]): number[] {
  return values.map((value) => value ?? Number.NaN);
}

describe("the pair backtest against pandas", () => {
  const spec = {
    x: pair.x,
    y: pair.y,
    slope: numbers(pair.slope),
    position: pair.position,
    costs: [linearCost({ bps: pair.bps })],
    periodsPerYear: 98_280,
  };
  const cases: [string, Partial<PairBacktestSpec>][] = [
    ["dollar_gross", {}],
    ["dollar_y", { capital: "y" }],
    ["seed", { hedge: "seed" }],
  ];
  for (const [name, options] of cases) {
    test(`${name}: returns, turnover and Sharpe`, () => {
      const result = pairBacktest({ ...spec, ...options });
      const tolerance = rounding(pair.x.length);
      expectClose(result.returns.slice(1), pair[name].returns, tolerance);
      expectClose(result.turnover, pair[name].turnover, tolerance);
      expectClose(result.summary.sharpe, pair[name].sharpe, tolerance);
      expect(result.trades.length).toBe(pair.trades);
      expect(result.barsInPosition).toBe(pair.barsInPosition);
    });
  }
});

/** The position at each bar, from the rows where it is not 0. */
function positions(bars: number, rows: readonly number[], values: readonly number[]): Float64Array {
  const position = new Float64Array(bars);
  rows.forEach((row, i) => {
    position[row] = values[i]!;
  });
  return position;
}

describeRealData(["pair_1min.csv"], ([text]) => {
  const rows = text!.trim().split("\n").slice(1);
  const x = rows.map((line) => Number(line.split(",")[1]));
  const y = rows.map((line) => Number(line.split(",")[2]));

  describeGolden("kalman.json", ({ pair_1min: golden }, tolerance) => {
    const bars: number = golden.n_bars;
    const raw = positions(bars, golden.signal_nonzero_rows, golden.signal_nonzero_values);
    const held = positions(bars, golden.held_position_nonzero_rows, golden.held_position_nonzero_values);
    const afterWarmUp = (position: Float64Array) => position.map((side, t) => (t < 60 ? 0 : side));
    const run = (position: Float64Array, options: Partial<PairBacktestSpec>) =>
      pairBacktest({ x, y, slope: golden.series_full.beta, position, periodsPerYear: 252 * 390, ...options });

    test("the notebook's cell 10 at every bar", () => {
      const { returns, equity } = run(raw, { hedge: "seed" });
      expectClose(returns, golden.series_full.strategy_return, tolerance);
      expectClose(equity.at(-1)!, golden.cell10_seed.cum_last, tolerance);
    });

    const cases: [string, Float64Array, Partial<PairBacktestSpec>][] = [
      ["cell10_seed", raw, { hedge: "seed" }],
      ["held_until_exit_seed_beta", held, { hedge: "seed" }],
      ["seed_signal_dollar_beta", raw, { capital: "y" }],
      ["held_dollar_beta", held, { capital: "y" }],
      ["seed_signal_warmup60", afterWarmUp(raw), { hedge: "seed" }],
      ["held_warmup60_dollar_beta_normalised_gross", afterWarmUp(held), {}],
    ];
    for (const [name, position, options] of cases) {
      test(`${name}: total return, Sharpe, drawdown and bars in position`, () => {
        const wanted = name === "cell10_seed" ? golden.cell10_seed : golden.variants[name];
        const { summary, barsInPosition, trades, warnings } = run(position, options);
        expect(summary.observations).toBe(wanted.n_non_nan);
        expectClose(summary.totalReturn, wanted.total_return, tolerance);
        expectClose(summary.sharpe, wanted.sharpe_annual, tolerance);
        expectClose(summary.maxDrawdown, wanted.max_drawdown, tolerance);
        expectClose(summary.meanReturn / (252 * 390), wanted.mean, tolerance);
        expect(barsInPosition).toBe(wanted.bars_in_position);
        if (wanted.entries !== undefined) expect(trades.length).toBe(wanted.entries);
        expect(warnings.map((warning) => warning.split(" ").slice(0, 2).join(" "))).toEqual([
          "Sharpe rests",
          `Sharpe ${summary.sharpe.toFixed(2)}`,
        ]);
      });
    }
  });
});
