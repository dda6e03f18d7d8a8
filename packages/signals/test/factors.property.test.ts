import type { Matrix } from "@astra-quant/core-linalg";
import { bits, expectClose, price, returnRows, rounding, simpleReturn } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { betaSignal, carrySignal, momentumSignal, tailRiskSignal, volatilitySignal } from "../src/index.ts";

/** Everything the five factors read, on the same rows. */
interface Market {
  returns: number[][];
  market: number[];
  prices: number[][];
  dates: number[];
}

const DAY = 86_400_000;
const world: fc.Arbitrary<Market> = returnRows({ min: 1, max: 40 }, { min: 1, max: 3 }).chain((returns) => {
  const each = { minLength: returns.length, maxLength: returns.length };
  const levels = fc.array(price, { minLength: returns[0]!.length, maxLength: returns[0]!.length });
  return fc.record({
    // Now and then a missing return.
    returns: fc
      .array(fc.nat({ max: 15 }), each)
      .map((dice) => returns.map((row, t) => row.map((r, j) => (dice[t] === j ? Number.NaN : r)))),
    market: fc.array(simpleReturn, each),
    prices: fc.array(levels, each),
    dates: fc.integer({ min: 0, max: 20_000 }).map((day) => returns.map((_, t) => (day + t) * DAY)),
  });
});

const FACTORS = {
  volatility: ({ returns }: Market): Matrix =>
    volatilitySignal(returns, { volatilityWindow: 3, volOfVolWindow: 2, zScoreWindow: 4 }),
  momentum: ({ returns, market }: Market): Matrix =>
    momentumSignal(returns, market, { fastWindow: 2, slowWindow: 5 }),
  tailRisk: ({ returns }: Market): Matrix => tailRiskSignal(returns, { window: 6, tailProbability: 0.2 }),
  tailRiskShortfall: ({ returns }: Market): Matrix =>
    tailRiskSignal(returns, { window: 6, tailProbability: 0.2, tail: "expected-shortfall" }),
  beta: ({ returns, market }: Market): Matrix =>
    betaSignal(returns, market, { betaWindow: 4, stabilityWindow: 3 }),
  carry: ({ prices, returns, dates }: Market): Matrix =>
    carrySignal(prices, returns, dates, { impliedWindow: 2, realizedWindow: 4, averageWindow: 5 }),
};

function until(cut: number, { returns, market, prices, dates }: Market): Market {
  return {
    returns: returns.slice(0, cut),
    market: market.slice(0, cut),
    prices: prices.slice(0, cut),
    dates: dates.slice(0, cut),
  };
}

for (const [name, factor] of Object.entries(FACTORS)) {
  describe(`laws of ${name}`, () => {
    test("truncating the future changes no bit before it", () => {
      fc.assert(
        fc.property(world, fc.nat(), (data, seed) => {
          const cut = 1 + (seed % data.market.length);
          const columns = data.returns[0]!.length;
          expectClose(factor(until(cut, data)), factor(data).data.slice(0, cut * columns), bits);
        }),
      );
    });

    test("it has the form of its input and never an infinity", () => {
      fc.assert(
        fc.property(world, (data) => {
          const signal = factor(data);
          expect([signal.rows, signal.columns]).toEqual([data.returns.length, data.returns[0]!.length]);
          expect(signal.data.every((v) => Number.isFinite(v) || Number.isNaN(v))).toBe(true);
        }),
      );
    });

    test("assets do not see each other", () => {
      fc.assert(
        fc.property(world, (data) => {
          const first = (rows: number[][]) => rows.map((row) => [row[0]!]);
          const alone = factor({ ...data, returns: first(data.returns), prices: first(data.prices) });
          expectClose(alone.column(0), factor(data).column(0), bits);
        }),
      );
    });
  });
}

describe("laws of meaning", () => {
  test("the mean beyond a loss is no smaller a loss: the shortfall form is the larger in size", () => {
    fc.assert(
      fc.property(world, (data) => {
        const losing = { ...data, returns: data.returns.map((row) => row.map((r) => -Math.abs(r))) };
        const border = FACTORS.tailRisk(losing).data;
        const beyond = FACTORS.tailRiskShortfall(losing).data;
        border.forEach((value, k) => {
          expect(Number.isNaN(beyond[k])).toBe(Number.isNaN(value));
          if (Number.isNaN(value)) return;
          expect(Math.abs(beyond[k]!) * (1 + rounding().relative)).toBeGreaterThanOrEqual(Math.abs(value));
        });
      }),
    );
  });

  test("momentum doubles with all returns, beta does not change", () => {
    fc.assert(
      fc.property(world, ({ returns, market, ...rest }) => {
        // Whole millionths: none so small that its square has lost digits.
        const millionths = (r: number, factor: number) => (factor * Math.round(1e6 * r)) / 1e6;
        const times = (factor: number): Market => ({
          ...rest,
          returns: returns.map((row) => row.map((r) => millionths(r, factor))),
          market: market.map((r) => millionths(r, factor)),
        });
        const { momentum, beta } = FACTORS;
        expectClose(
          momentum(times(2)),
          momentum(times(1)).data.map((v) => 2 * v),
          bits,
        );
        expectClose(beta(times(2)), beta(times(1)), bits);
      }),
    );
  });
});
