import { bits, describeStream, expectClose, simpleReturn } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type HedgedPeriod,
  hedgePayoff,
  TailHedge,
  type TailHedgeOptions,
  tailHedge,
} from "../../src/index.ts";

const period: fc.Arbitrary<HedgedPeriod> = fc.record({
  portfolioReturn: fc.integer({ min: -600, max: 600 }).map((bp) => bp / 10_000),
  marketReturn: fc.integer({ min: -900, max: 900 }).map((bp) => bp / 10_000),
});
const history = fc.array(period, { minLength: 1, maxLength: 60 });
const returnsOf = (periods: readonly HedgedPeriod[]) => periods.map(({ portfolioReturn }) => portfolioReturn);
const marketOf = (periods: readonly HedgedPeriod[]) => periods.map(({ marketReturn }) => marketReturn);

const READINGS: readonly TailHedgeOptions[] = [
  {},
  { drawdown: "unhedged" },
  { timing: "same-day" },
  { parity: "seed", costBps: 7, size: 0.3 },
];

for (const options of READINGS) {
  describeStream<TailHedge, HedgedPeriod>({
    name: `TailHedge with ${JSON.stringify(options)}`,
    inputs: history,
    create: () => new TailHedge(options),
    push: (hedge, input) => {
      const { active, payoff, cost, netReturn, drawdown } = hedge.step(input);
      return [Number(active), payoff, cost, netReturn, drawdown];
    },
    batch: (periods) => {
      if (periods.length === 0) return [];
      const all = tailHedge(returnsOf(periods), marketOf(periods), options);
      return periods.map((_, t) => [
        all.active[t]!,
        all.payoff[t]!,
        all.cost[t]!,
        all.netReturns[t]!,
        all.drawdown[t]!,
      ]);
    },
    state: (hedge) => hedge.state,
    resume: (state) => TailHedge.from(state as TailHedge["state"]),
  });
}

describe("the tail hedge", () => {
  test("lagged, nothing of a period changes whether it is hedged in it or before", () => {
    fc.assert(
      fc.property(history, period, period, (past, a, b) => {
        const active = (last: HedgedPeriod) => {
          const all = [...past, last];
          return Array.from(tailHedge(returnsOf(all), marketOf(all)).active);
        };
        expect(active(a)).toEqual(active(b));
      }),
    );
  });

  test("adds exactly what it pays and what it costs, and only while it is on", () => {
    fc.assert(
      fc.property(history, (periods) => {
        const { netReturns, payoff, cost, active } = tailHedge(returnsOf(periods), marketOf(periods));
        periods.forEach(({ portfolioReturn, marketReturn }, t) => {
          expect(netReturns[t]).toBe(portfolioReturn + payoff[t]! + cost[t]!);
          expect(payoff[t]).toBe(active[t] === 1 ? hedgePayoff(marketReturn) : 0);
          expect(cost[t]).toBe(active[t] === 1 ? -0.0002 : 0);
        });
      }),
    );
  });

  test("does not flicker: it goes on below the one threshold and off above the other only", () => {
    fc.assert(
      fc.property(history, (periods) => {
        const { active, drawdown, switches } = tailHedge(returnsOf(periods), marketOf(periods));
        for (const t of switches) {
          if (active[t] === 1) expect(drawdown[t]).toBeLessThan(-0.05);
          else expect(drawdown[t]).toBeGreaterThan(-0.025);
        }
      }),
    );
  });

  test("a deeper fall never pays less", () => {
    fc.assert(
      fc.property(simpleReturn, simpleReturn, (a, b) => {
        expect(hedgePayoff(Math.min(a, b))).toBeGreaterThanOrEqual(hedgePayoff(Math.max(a, b)));
      }),
    );
  });

  test("of no size and no cost it is not there", () => {
    fc.assert(
      fc.property(history, (periods) => {
        const returns = returnsOf(periods);
        const { netReturns } = tailHedge(returns, marketOf(periods), { size: 0, costBps: 0 });
        expectClose(
          netReturns,
          returns.map((r) => r + 0),
          bits,
        );
      }),
    );
  });
});
