import { describeGolden, describeRealData, expectClose, fixture, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { hedgePayoff, maxDrawdown, type TailHedgeOptions, tailHedge } from "../../src/index.ts";

const truth = fixture(import.meta.url, "tail-hedge.json");

const READINGS: Readonly<Record<string, TailHedgeOptions>> = {
  "hedged, lagged": {},
  "hedged, same-day": { timing: "same-day" },
  "unhedged, lagged": { drawdown: "unhedged" },
  "unhedged, same-day": { parity: "seed" },
};

describe("the tail hedge against one written down again in Python", () => {
  for (const [name, options] of Object.entries(READINGS)) {
    test(`drawdown ${name}`, () => {
      const expected = truth.variants[name];
      const history = tailHedge(truth.returns, truth.marketReturns, options);
      expect(Array.from(history.active)).toEqual(expected.active);
      expect(Array.from(history.switches)).toEqual(expected.switches);
      expect(history.switches.length).toBeGreaterThan(1);
      for (const figure of ["netReturns", "payoff", "cost", "drawdown"] as const) {
        expectClose(history[figure], expected[figure], rounding(300), 1);
      }
    });
  }
});

describeGolden("execution.json", ({ tail_hedge_spy: spy }, tolerance) => {
  test("the printed payoff", () => {
    for (const { market_return, hedge_pnl } of spy.payoff_examples) {
      expectClose(hedgePayoff(market_return), hedge_pnl, tolerance);
    }
  });

  describeRealData(["ohlcv_daily.csv"], ([text]) => {
    const closes = text!
      .trim()
      .split("\n")
      .map((line) => line.split(","))
      .filter(([, symbol]) => symbol === "SPY")
      .map((fields) => Number(fields[5]));
    const returns = closes.map((close, t) => (t === 0 ? 0 : close / closes[t - 1]! - 1)); // rows are prices' rows
    const total = (r: Iterable<number>) => Array.from(r).reduce((growth, x) => growth * (1 + x), 1) - 1;
    const readings: Record<string, TailHedgeOptions> = {
      lagged_hedged_drawdown: {},
      lagged_unhedged_drawdown: { drawdown: "unhedged" },
      same_day_unhedged_drawdown: { parity: "seed" },
    };

    test("SPY alone", () => expectClose(total(returns), spy.unhedged_total, tolerance));

    for (const [name, options] of Object.entries(readings)) {
      test(`SPY hedged: ${name}`, () => {
        const expected = spy[name];
        const { netReturns, active, switches } = tailHedge(returns, returns, options);
        expect(active.reduce((days, on) => days + on, 0)).toBe(expected.active_days);
        expect(Array.from(switches)).toEqual(expected.switch_rows);
        expectClose(total(netReturns), expected.total_return, tolerance);
        expectClose(maxDrawdown(netReturns).depth, expected.max_drawdown, tolerance);
      });
    }
  });
});
