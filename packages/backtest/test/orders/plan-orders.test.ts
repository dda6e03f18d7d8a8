import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planOrders } from "../../src/index.ts";

const words = (current: number[], target: number[], options = {}) =>
  planOrders(current, target, { assets: current.map((_, i) => "ABCDEF"[i]!), ...options }).orders.map(
    ({ step, reason }) => `${step}: ${reason}`,
  );

describe("a plan of orders", () => {
  test("takes one order from flat and to flat", () => {
    expect(words([0, 0, 10, -10], [5, -5, 0, 0])).toEqual([
      "1: sell 10 C to close, long to flat",
      "1: buy 10 D to close, short to flat",
      "1: buy 5 A to open, flat to long",
      "1: sell 5 B to open, flat to short",
    ]);
  });

  test("takes two for a reversal, the second after the first", () => {
    expect(words([100, -30], [-40, 20])).toEqual([
      "1: sell 100 A to close, long to flat",
      "1: buy 30 B to close, short to flat",
      "2: sell 40 A to open, flat to short",
      "2: buy 20 B to open, flat to long",
    ]);
  });

  test("changes a position on its side, what reduces first", () => {
    expect(words([10, 10, -10, -10], [12, 7, -12, -7])).toEqual([
      "1: sell 3 B to reduce, long to long",
      "1: buy 3 D to reduce, short to short",
      "1: buy 2 A to increase, long to long",
      "1: sell 2 C to increase, short to short",
    ]);
  });

  test("cuts a change to lots, and closes odd ones whole", () => {
    expect(words([0, 37], [250, 0], { lot: 100 })).toEqual([
      "1: sell 37 B to close, long to flat",
      "1: buy 200 A to open, flat to long",
    ]);
  });

  test("closes odd lots whole in a reversal too, and opens in lots", () => {
    expect(words([50, -30, 10.5], [-120, 40, -4], { lot: 100 })).toEqual([
      "1: sell 50 A to close, long to flat",
      "1: buy 30 B to close, short to flat",
      "1: sell 10.5 C to close, long to flat",
      "2: sell 100 A to open, flat to short",
    ]);
    const { skipped } = planOrders([-30], [40], { lot: 100 });
    expect(skipped).toEqual([
      { asset: "0", change: 40, reason: "a change of 40 is less than the 100 that are traded" },
    ]);
  });

  test("never buys past its target, by the billion either", () => {
    expect(words([0, 0], [1e10 + 0.5, -1e10 - 0.5])).toEqual([
      "1: buy 10000000000 A to open, flat to long",
      "1: sell 10000000000 B to open, flat to short",
    ]);
    expect(words([0], [0.29 * 100])).toEqual(["1: buy 29 A to open, flat to long"]);
  });

  test("says what it leaves alone", () => {
    const { orders, skipped } = planOrders([10, 10], [10.4, 12], { assets: ["A", "B"], minimum: 5 });
    expect(orders).toEqual([]);
    expect(skipped).toEqual([
      {
        asset: "A",
        change: 0.40000000000000036,
        reason: "a change of 0.40000000000000036 is less than the 5 that are traded",
      },
      { asset: "B", change: 2, reason: "a change of 2 is less than the 5 that are traded" },
    ]);
  });

  test("prices its orders where prices are given", () => {
    const [order] = planOrders([0], [-3], { prices: [7] }).orders;
    expect(order).toEqual({
      step: 1,
      asset: "0",
      side: "sell",
      effect: "open",
      shares: 3,
      notional: 21,
      position: -3,
      reason: "sell 3 0 to open, flat to short",
    });
  });

  test("filled in its order leads from where positions are to where they should be, never through the other side", () => {
    const book = fc.array(
      fc.tuple(fc.integer({ min: -500, max: 500 }), fc.integer({ min: -500, max: 500 })),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(book, (pairs) => {
        const current = pairs.map(([from]) => from);
        const target = pairs.map(([, to]) => to);
        const at = current.slice();
        for (const { asset, side, shares, position, effect } of planOrders(current, target).orders) {
          const i = Number(asset);
          const before = at[i]!;
          at[i] = before + (side === "buy" ? shares : -shares);
          expect(at[i]).toBe(position);
          expect(before * at[i]! >= 0).toBe(true);
          expect(effect === "open").toBe(before === 0);
          expect(effect === "close").toBe(at[i] === 0);
        }
        expect(at).toEqual(target);
      }),
    );
  });
});

describe("misuse is refused with the argument, the rule and the value", () => {
  const refusals: [string, () => unknown, string | RegExp][] = [
    ["another length", () => planOrders([1, 2], [1]), "target must have 2 entries, got 1"],
    ["a target that is none", () => planOrders([1], [Number.NaN]), "target[0] must be finite, got NaN"],
    [
      "names that are too few",
      () => planOrders([1], [2], { assets: [] }),
      /^assets must be 1 names, one a position/,
    ],
    [
      "a name for two positions",
      () => planOrders([1, 2], [2, 3], { assets: ["A", "A"] }),
      'assets must differ, got "A" twice',
    ],
    [
      "a name that is none",
      () => planOrders([1], [2], { assets: [5 as never] }),
      /^assets must be 1 names, one a position/,
    ],
    ["a lot of nothing", () => planOrders([1], [2], { lot: 0 }), "lot must be positive and finite, got 0"],
    [
      "a price of nothing",
      () => planOrders([1], [2], { prices: [0] }),
      "prices[0] must be positive and finite, got 0",
    ],
    [
      "a misspelt option",
      () => planOrders([1], [2], { lots: 1 } as never),
      "unknown option 'lots'; did you mean 'lot'?",
    ],
  ];
  for (const [what, attempt, message] of refusals) test(what, () => expect(attempt).toThrow(message));
});
