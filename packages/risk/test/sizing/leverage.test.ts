import { bits, expectClose, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { scaleToBuyingPower, scaleToLeverage } from "../../src/index.ts";
import { refusal } from "../refusal.ts";

describe("scaleToLeverage", () => {
  test("leaves a book within its limits as it is, to the bit", () => {
    const weights = [1.1, -0.7, 0.3, -0];
    const { positions, factor, exposure, limitedBy } = scaleToLeverage(weights);
    expectClose(positions, weights, bits);
    expect(factor).toBe(1);
    expect(limitedBy).toBeNull();
    expectClose([exposure.gross, exposure.net], [2.1, 0.7], rounding(4));
  });

  test("shrinks all in one proportion to the gross limit", () => {
    const { positions, factor, before, exposure, limitedBy } = scaleToLeverage([3, -2, 1], { maxNet: 9 });
    expectClose(positions, [1.5, -1, 0.5], bits);
    expect([factor, before.gross, exposure.gross, limitedBy]).toEqual([0.5, 6, 3, "gross"]);
  });

  test("or to the net limit, long or short, whichever asks for more", () => {
    expect(scaleToLeverage([2, 0.5]).limitedBy).toBe("net");
    expectClose(scaleToLeverage([2, 0.5]).positions, [1.2, 0.3], rounding());
    expectClose(scaleToLeverage([-2, -0.5]).positions, [-1.2, -0.3], rounding());
    expectClose(scaleToLeverage([-2, -0.5]).exposure.net, -1.5, rounding());
  });

  test("shares stay whole lots and within the limits", () => {
    const options = { prices: [10, 20], equity: 1000, maxGross: 1, maxNet: 1 };
    const { positions, exposure } = scaleToLeverage([-77, 33], options);
    // gross 1.43: × 0.699 leaves 53.8 and 23.07
    expectClose(positions, [-53, 23], bits);
    expectClose(exposure.gross, 0.99, rounding(4));
    expectClose(scaleToLeverage([-77, 33], { ...options, lotSize: 10 }).positions, [-50, 20], bits);
  });

  test("whole lots do not push the net beyond its limit", () => {
    // Without a further step 7 · 0.9 → 6 long against 4 · 0.9 → 3 short: net 3 of at most 2.7.
    const { positions, exposure, limitedBy } = scaleToLeverage([7, -4], {
      prices: [1, 1],
      equity: 1,
      maxGross: 99,
      maxNet: 2.7,
    });
    expect(limitedBy).toBe("net");
    expect(exposure.net).toBeLessThanOrEqual(2.7);
    expect(positions[0]).toBeGreaterThan(0);
  });

  test("a book of nothing has no leverage", () => {
    expect(scaleToLeverage([]).exposure).toEqual({ gross: 0, net: 0 });
    expect(scaleToLeverage([0, 0]).factor).toBe(1);
  });

  test("misuse is refused by name", () => {
    const shares = { prices: [1, 1], equity: 100 };
    expect(refusal(() => scaleToLeverage([1, 1], { ...shares, equity: 0 }))).toBe(
      "range: equity must be positive and finite, got 0",
    );
    expect(refusal(() => scaleToLeverage([1, 1], { ...shares, equity: -5 }))).toContain("range: equity");
    expect(refusal(() => scaleToLeverage([1, 1], { prices: [1, 0], equity: 1 }))).toBe(
      "range: prices[1] must be positive, got 0",
    );
    expect(refusal(() => scaleToLeverage([1, 1], { prices: [1], equity: 1 }))).toBe(
      "shape: prices must have 2 entries, got 1",
    );
    expect(refusal(() => scaleToLeverage([1], { equity: 1 }))).toBe(
      "option: equity needs prices: without them positions are weights",
    );
    const huge = { prices: [1e10, 1e10], equity: 1 };
    expect(refusal(() => scaleToLeverage([1e300, -1e300], huge))).toBe(
      "range: positions must have a finite gross leverage, got Infinity",
    );
    expect(refusal(() => scaleToLeverage([Number.NaN]))).toContain("not-finite: positions[0]");
    expect(refusal(() => scaleToLeverage([1], { maxGross: 0 }))).toContain("range: maxGross");
    const own = Float64Array.of(1);
    expect(refusal(() => scaleToLeverage(own, { out: own }))).toContain("out must not share memory");
  });
});

describe("scaleToBuyingPower", () => {
  const prices = [10, 20];

  test("leaves orders that are paid for as they are", () => {
    const { orders, factor, needed, bound } = scaleToBuyingPower([10, -5], { prices, buyingPower: 1000 });
    expectClose(orders, [10, -5], bits);
    expect([factor, needed, bound]).toEqual([1, 200, 200]);
  });

  test("shrinks the others to the buying power less its reserve, towards zero", () => {
    const { orders, factor, needed, bound } = scaleToBuyingPower([100, -50], { prices, buyingPower: 1000 });
    expect(needed).toBe(2000);
    expectClose(factor, 0.475, rounding());
    expectClose(orders, [47, -23], bits);
    expect(bound).toBe(930);
  });

  test("closing needs no buying power, and is never shrunk", () => {
    const { orders, needed } = scaleToBuyingPower([-100, 30], {
      prices,
      buyingPower: 0,
      current: [100, -20],
    });
    expect(needed).toBe(200);
    expectClose(orders, [-100, 20], bits);
  });

  test("turning round closes in full and opens in part", () => {
    const { orders } = scaleToBuyingPower([-150, 0], {
      prices,
      buyingPower: 300,
      reserve: 0,
      current: [100, 0],
    });
    expectClose(orders, [-130, 0], bits);
  });

  test("the seed lets the reserve go while the whole is not exceeded, and cuts below it when it is", () => {
    const seed = { prices: [1], buyingPower: 1000, parity: "seed" } as const;
    expectClose(scaleToBuyingPower([1000], seed).orders, [1000], bits);
    expectClose(scaleToBuyingPower([1001], seed).orders, [950], bits);
    expectClose(scaleToBuyingPower([1000], { prices: [1], buyingPower: 1000 }).orders, [950], bits);
  });

  test("misuse is refused by name", () => {
    expect(refusal(() => scaleToBuyingPower([1], { prices: [1], buyingPower: -1 }))).toBe(
      "range: buyingPower must be non-negative and finite, got -1",
    );
    expect(refusal(() => scaleToBuyingPower([1], { prices: [1], buyingPower: 1, reserve: 1 }))).toBe(
      "range: reserve must be in [0, 1), got 1",
    );
    expect(refusal(() => scaleToBuyingPower([1], { prices: [1], buyingPower: 1, current: [] }))).toBe(
      "shape: current must have 1 entries, got 0",
    );
  });
});
