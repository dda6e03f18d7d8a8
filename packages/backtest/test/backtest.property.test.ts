import { expectClose, price, rounding } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { backtest, linearCost, pairBacktest } from "../src/index.ts";

// In steps of a basis point: the laws that hold in bits need numbers whose products do not underflow.
const weight = fc.oneof(fc.constant(0), fc.integer({ min: -3000, max: 3000 })).map((steps) => steps / 10_000);
const simpleReturn = fc.integer({ min: -5000, max: 5000 }).map((steps) => steps / 10_000);

/** Returns and weights of the same shape, small enough not to ruin anybody. */
const market = fc
  .tuple(fc.integer({ min: 2, max: 30 }), fc.integer({ min: 1, max: 4 }))
  .chain(([rows, columns]) => {
    const panel = (entry: fc.Arbitrary<number>) =>
      fc.array(fc.array(entry, { minLength: columns, maxLength: columns }), {
        minLength: rows,
        maxLength: rows,
      });
    return fc.record({ returns: panel(simpleReturn), weights: panel(weight) });
  });

const terms = { costs: [linearCost({ bps: 12 })], periodsPerYear: 252 };

describe("laws of the backtest", () => {
  test("equity changes by price and cost, in the stated order of operations, in bits", () => {
    fc.assert(
      fc.property(market, (given) => {
        const { equity, pnl, returns } = backtest({ ...given, ...terms, capital: 1e6 });
        for (let t = 1; t < equity.length; t++) {
          expect(equity[t]).toBe(
            equity[t - 1]! + (pnl.price[t]! + pnl.cost[t]! + pnl.carry[t]! + pnl.hedge[t]! + pnl.cash[t]!),
          );
          expect(pnl.cost[t]).toBeLessThanOrEqual(0);
          expectClose(equity[t]!, equity[t - 1]! * (1 + returns[t]!), rounding(8));
        }
      }),
    );
  });

  test("twice the capital is twice the money, in bits, and the same returns", () => {
    fc.assert(
      fc.property(market, (given) => {
        const one = backtest({ ...given, ...terms });
        const two = backtest({ ...given, ...terms, capital: 2 });
        expect(two.returns).toEqual(one.returns);
        expect(two.equity).toEqual(one.equity.map((value) => 2 * value));
        expect(two.pnl.cost).toEqual(one.pnl.cost.map((value) => 2 * value));
        expect(two.summary).toEqual(one.summary);
      }),
    );
  });

  test("the order of the assets does not matter, but for rounding", () => {
    fc.assert(
      fc.property(market, (given) => {
        const mirrored = {
          returns: given.returns.map((row) => row.toReversed()),
          weights: given.weights.map((row) => row.toReversed()),
        };
        const at = backtest({ ...given, ...terms });
        const other = backtest({ ...mirrored, ...terms });
        expectClose(other.equity, at.equity, rounding(200));
        expectClose(other.turnover, at.turnover, rounding(8));
        expect(other.trades.length).toBe(at.trades.length);
      }),
    );
  });

  test("an asset that is never held changes nothing, in bits, whatever it does", () => {
    fc.assert(
      fc.property(market, fc.double({ noDefaultInfinity: true }), (given, strange) => {
        const wider = {
          returns: given.returns.map((row) => [...row, strange]),
          weights: given.weights.map((row) => [...row, 0]),
        };
        expect(backtest({ ...wider, ...terms }).hash).toBe(backtest({ ...given, ...terms }).hash);
      }),
    );
  });

  test("weights of zero earn and cost nothing", () => {
    fc.assert(
      fc.property(market, ({ returns, weights }) => {
        const flat = backtest({ returns, weights: weights.map((row) => row.map(() => 0)), ...terms });
        expect(flat.equity.every((value) => value === 1)).toBe(true);
        expect(flat.turnover.every((value) => value === 0)).toBe(true);
        expect(flat.trades).toEqual([]);
      }),
    );
  });

  test("the future cannot change the past", () => {
    fc.assert(
      fc.property(market, fc.nat(), ({ returns, weights }, at) => {
        const cut = 2 + (at % (returns.length - 1));
        const whole = backtest({ returns, weights, ...terms });
        const part = backtest({ returns: returns.slice(0, cut), weights: weights.slice(0, cut), ...terms });
        expect(whole.equity.slice(0, cut)).toEqual(part.equity);
        expect(whole.turnover.slice(0, cut)).toEqual(part.turnover);
      }),
    );
  });

  test("a lag is a shift of the weights", () => {
    fc.assert(
      fc.property(market, ({ returns, weights }) => {
        fc.pre(returns.length > 2);
        const zero = weights[0]!.map(() => 0);
        const shifted = [zero, ...weights.slice(0, -1)];
        expect(backtest({ returns, weights, ...terms, lag: 2 }).equity).toEqual(
          backtest({ returns, weights: shifted, ...terms }).equity,
        );
      }),
    );
  });

  test("the trades share the price P&L out between them", () => {
    fc.assert(
      fc.property(market, (given) => {
        const { trades, pnl } = backtest({ ...given, ...terms });
        const scale = pnl.price.reduce((sum, value) => sum + Math.abs(value), 1);
        const shared = trades.reduce((sum, { pricePnl }) => sum + pricePnl, 0);
        const total = pnl.price.reduce((sum, value) => sum + value, 0);
        expectClose(shared, total, rounding(200), scale);
      }),
    );
  });
});

describe("laws of the pair backtest", () => {
  const bars = fc.array(
    fc.tuple(price, price, fc.double({ min: 0.1, max: 3, noNaN: true }), fc.constantFrom(-1, 0, 1)),
    {
      minLength: 2,
      maxLength: 30,
    },
  );
  const columns = (given: [number, number, number, number][]) => ({
    x: given.map((bar) => bar[0]),
    y: given.map((bar) => bar[1]),
    slope: given.map((bar) => bar[2]),
    position: given.map((bar) => bar[3]),
    periodsPerYear: 98_280,
  });

  test("the legs' money on gross capital adds up to the position", () => {
    fc.assert(
      fc.property(bars, (given) => {
        const spec = columns(given);
        const entered = pairBacktest({ ...spec, position: spec.position.map((_, t) => (t === 0 ? 1 : 0)) });
        expectClose(entered.turnover[1]!, 1, rounding(4));
      }),
    );
  });

  test("prices in another currency leave the returns' bits, for a power of two", () => {
    fc.assert(
      fc.property(bars, (given) => {
        const spec = columns(given);
        const doubled = { ...spec, x: spec.x.map((value) => 2 * value), y: spec.y.map((value) => 2 * value) };
        expect(pairBacktest(doubled).hash).toBe(pairBacktest(spec).hash);
      }),
    );
  });

  test("the future cannot change the past", () => {
    fc.assert(
      fc.property(bars, fc.nat(), (given, at) => {
        const cut = 2 + (at % (given.length - 1));
        const whole = pairBacktest(columns(given)).equity.slice(0, cut);
        expect(whole).toEqual(pairBacktest(columns(given.slice(0, cut))).equity);
      }),
    );
  });
});
