import { expectClose, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { linearCost, type PairBacktestSpec, pairBacktest } from "../../src/index.ts";

const NAN = Number.NaN;

const pair: PairBacktestSpec = {
  x: [20, 21, 21],
  y: [50, 52, 50],
  slope: [2, 2, 2],
  position: [1, -1, 0],
  periodsPerYear: 252,
};

describe("a pair by hand", () => {
  test("is hedged with as many dollars as slope · x is worth, on the money in both legs", () => {
    const { returns, equity } = pairBacktest(pair);
    const first = (2 / 50 - 0.8 * (1 / 20)) / 1.8;
    const ratio = (2 * 21) / 52;
    const second = -(-2 / 52) / (1 + ratio);
    expectClose(returns, [NAN, first, second], rounding(8));
    expectClose(equity, [1, 1 + first, (1 + first) * (1 + second)], rounding(8));
  });

  test("with a negative slope holds both legs on one side, on the money in both", () => {
    const { returns, exposure } = pairBacktest({ ...pair, slope: [-2, -2, -2] });
    expectClose(returns[1]!, (2 / 50 + 0.8 * (1 / 20)) / 1.8, rounding(8));
    expectClose(exposure.net.slice(1), [1, -1], rounding(4));
    expectClose(exposure.gross.slice(1), [1, 1], rounding(4));
  });

  test("earns nothing by a hedged move: y moving as slope · x does", () => {
    const x = [20, 22, 21];
    const y = [50, 54, 52];
    const { returns } = pairBacktest({ ...pair, x, y });
    expectClose(returns.slice(1), [0, 0], rounding(8), 1);
  });

  test("may count its returns on y's money", () => {
    const { returns } = pairBacktest({ ...pair, capital: "y" });
    expectClose(returns, [NAN, 2 / 50 - 0.8 * (1 / 20), 2 / 52], rounding(8));
  });

  test("with the seed's hedge puts the slope in the place of a ratio of money", () => {
    const { returns } = pairBacktest({ ...pair, hedge: "seed" });
    expectClose(returns, [NAN, 2 / 50 - 2 * (1 / 20), 2 / 52], rounding(8));
    expect(pairBacktest({ ...pair, hedge: "seed", capital: "y" }).hash).toBe(
      pairBacktest({ ...pair, hedge: "seed" }).hash,
    );
  });

  test("pays for both legs, and for a hedge ratio that moves", () => {
    const { turnover, pnl } = pairBacktest({
      ...pair,
      x: [20, 20, 20],
      y: [50, 50, 50],
      slope: [2, 3, 3],
      position: [1, 1, 0],
      capital: "y",
      costs: [linearCost({ bps: 10 })],
    });
    expectClose(turnover, [0, 1.8, 0.4], rounding(4));
    expectClose(pnl.cost, [0, -0.0018, -0.0004 * 0.9982], rounding(4));
  });

  test("pays for holding both legs", () => {
    const { pnl } = pairBacktest({ ...pair, capital: "y", financing: { long: 0.001, short: [0, 0.002] } });
    expectClose(pnl.carry[1]!, -(1 * 0.001 + 0.8 * 0.002), rounding(4));
  });

  test("takes the positions of pairSignal, and counts entries and reversals of the spread", () => {
    const { trades, barsInPosition } = pairBacktest({ ...pair, position: Int8Array.of(1, -1, 0) });
    expect(
      trades.map(({ asset, side, firstRow, lastRow, open }) => [asset, side, firstRow, lastRow, open]),
    ).toEqual([
      [0, 1, 1, 1, false],
      [0, -1, 2, 2, true],
    ]);
    expect(barsInPosition).toBe(2);
  });

  test("needs no slope while nothing is held", () => {
    const { returns } = pairBacktest({ ...pair, slope: [NAN, 2, NAN], position: [0, -1, 0] });
    expect(returns[1]).toBe(0);
    expect(Number.isFinite(returns[2]!)).toBe(true);
  });
});

describe("misuse is refused with the argument, the rule and the value", () => {
  const refusals: [string, object, string | RegExp][] = [
    ["a series of another length", { y: [1, 2] }, "y must have 3 entries, got 2"],
    ["a slope of another length", { slope: [1] }, "slope must have 3 entries, got 1"],
    ["a position of another length", { position: Int8Array.of(1) }, "position must have 3 entries, got 1"],
    ["too few bars", { x: [1], y: [1], slope: [1], position: [1] }, "x must have at least 2 entries, got 1"],
    [
      "a position without a slope",
      { slope: [2, NAN, 2] },
      "slope, x and y must give a finite hedge ratio wherever a position is taken: row 1 gives NaN for position -1",
    ],
    [
      "a position over a missing price",
      { y: [50, 52, NAN] },
      "y must give a finite return wherever a weight is held: row 2 gives NaN",
    ],
    [
      "a hedge over a missing price",
      { x: [20, 21, NAN] },
      "x must give a finite return wherever a weight is held: row 2 gives NaN",
    ],
    ["a gap in the positions", { position: [1, NAN, 0] }, /^position\[1\] must be finite/],
    ["an unknown hedge", { hedge: "beta" }, "hedge must be one of 'dollar', 'seed', got \"beta\""],
    ["an unknown capital", { capital: "net" }, "capital must be one of 'gross', 'y', got \"net\""],
    [
      "the seed's hedge on gross capital",
      { hedge: "seed", capital: "gross" },
      "hedge 'seed' counts returns on y's money: capital must be 'y', got 'gross'",
    ],
    ["a price that is not positive", { x: [20, -1, 20] }, "x[1] must be positive and finite, got -1"],
    ["an unknown option", { positions: [] }, "unknown option 'positions'; did you mean 'position'?"],
    ["no periods", { periodsPerYear: 0 }, "periodsPerYear must be positive and finite, got 0"],
  ];
  for (const [what, change, message] of refusals) {
    test(what, () => {
      const attempt = () => pairBacktest({ ...pair, ...change } as PairBacktestSpec);
      expect(attempt).toThrow(message);
      expect(attempt).toThrow(expect.objectContaining({ name: "QuantError" }));
    });
  }
});
