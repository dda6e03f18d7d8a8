import { expectClose, fixture, rounding, solver } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  billPrice,
  bondEquivalentYield,
  ForwardCurve,
  type ForwardCurveOptions,
  moneyMarketYield,
} from "../../src/index.ts";

const { curves, bills } = fixture(import.meta.url, "rates.json") as {
  curves: (ForwardCurveOptions & {
    forwards: { from: string; to: string; rate: number; discount: number }[];
  })[];
  bills: {
    rate: number;
    days: number;
    daysInYear: 365 | 366;
    price: number;
    moneyMarket: number;
    bondEquivalent: number;
  }[];
};

describe("QuantLib's curves", () => {
  test.each(curves)("$interpolation from $rates", ({ forwards, ...options }) => {
    const curve = new ForwardCurve(options);
    for (const { from, to, rate, discount } of forwards) {
      expectClose(curve.discountFactor(to), discount, rounding(8));
      // the peer's discount factors of neighbouring days lose the digits of their ratio
      expectClose(curve.forwardRate(from, to), rate, solver(1e-12), 1);
    }
  });
});

describe("bills", () => {
  test.each(bills)("$rate for $days days of $daysInYear", ({ rate, days, daysInYear, ...wanted }) => {
    expectClose(billPrice(rate, { days }), wanted.price, rounding());
    expectClose(moneyMarketYield(rate, { days }), wanted.moneyMarket, rounding());
    expectClose(bondEquivalentYield(rate, { days, daysInYear }), wanted.bondEquivalent, rounding(2));
    expect(Math.sign(bondEquivalentYield(rate, { days, daysInYear }))).toBe(Math.sign(rate));
  });
});
