import { expectClose, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { backtest, linearCost, pairBacktest } from "../../src/index.ts";

const YEAR = { periodsPerYear: 252 };

describe("a trade", () => {
  // Long through a loss and a gain, then short: +10 %, −20 %, +30 %, −10 %.
  const { trades } = backtest({
    returns: [0, 0.1, -0.2, 0.3, -0.1],
    weights: [0.5, 0.5, 0.5, -0.5, 0],
    costs: [linearCost({ bps: 100 })],
    financing: { long: 0.01, short: -0.002 },
    capital: 100,
    ...YEAR,
  });
  const [long, short] = trades;
  const bar = (before: number, traded: number, r: number, rate: number, weight: number) => ({
    cost: -before * traded * 0.01,
    price: before * weight * r,
    carry: -before * Math.abs(weight) * rate,
  });
  const sum = ({ cost, price, carry }: ReturnType<typeof bar>) => price + cost + carry;
  const one = bar(100, 0.5, 0.1, 0.01, 0.5);
  const two = bar(100 + sum(one), 0, -0.2, 0.01, 0.5);
  const three = bar(100 + sum(one) + sum(two), 0, 0.3, 0.01, 0.5);
  const before = 100 + sum(one) + sum(two) + sum(three);
  const four = bar(before, 1, -0.1, -0.002, -0.5);

  test("knows its rows, its side and its size", () => {
    expect(
      trades.map(({ side, firstRow, lastRow, bars, open }) => [side, firstRow, lastRow, bars, open]),
    ).toEqual([
      [1, 1, 3, 3, false],
      [-1, 4, 4, 1, true],
    ]);
    expectClose(long!.size, 0.5 * Math.max(100, 100 + sum(one)), rounding(8));
  });

  test("adds up its price, cost and carry; a reversal's cost is shared by what it closed and opened", () => {
    expectClose(long!.pricePnl, one.price + two.price + three.price, rounding(16));
    expectClose(long!.carry, one.carry + two.carry + three.carry, rounding(16));
    expectClose(short!.carry, four.carry, rounding(16));
    const ratio = 100 + sum(one) + sum(two);
    const closed = ratio / (ratio + before); // the positions before and after, both half of their equity
    expectClose(long!.cost, one.cost + closed * four.cost, rounding(16));
    expectClose(short!.cost, (1 - closed) * four.cost, rounding(16));
    expectClose(long!.return, long!.pnl / long!.size, rounding(4));
    expectClose(long!.pnl, long!.pricePnl + long!.cost + long!.carry, rounding(4));
  });

  test("remembers how far it went against and for", () => {
    const path = [sum(one), sum(one) + sum(two), sum(one) + sum(two) + sum(three)];
    expectClose(long!.maxAdverse, Math.min(0, ...path), rounding(16), 10);
    expectClose(long!.maxFavourable, Math.max(0, ...path), rounding(16), 10);
  });
});

test("a pair's trade is the money of both legs", () => {
  const run = pairBacktest({
    x: [20, 21, 21, 22],
    y: [50, 52, 50, 51],
    slope: [2, 2, 2, 2],
    position: [1, 1, 0, 0],
    costs: [linearCost({ bps: 10 })],
    ...YEAR,
  });
  const [trade] = run.trades;
  const total = (series: Float64Array) => series.reduce((sum, value) => sum + value, 0);
  expect(run.trades.length).toBe(1);
  expectClose(trade!.pricePnl, total(run.pnl.price), rounding(16), 1);
  expectClose(trade!.cost, total(run.pnl.cost), rounding(16), 1);
  expectClose(trade!.size, Math.max(run.equity[0]!, run.equity[1]!), rounding(8));
});

test("trades are made when first asked for, and are then the same", () => {
  const run = backtest({ returns: [0, 0.1], weights: [1, 1], ...YEAR });
  expect(run.trades).toBe(run.trades);
});
