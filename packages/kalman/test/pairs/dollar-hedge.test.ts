import { bits, expectClose, rounding } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dollarHedge, zeroCrossings } from "../../src/index.ts";

const NAN = Number.NaN;

describe("the hedge in money", () => {
  test("is slope · x ÷ y of the bar before", () => {
    expectClose(dollarHedge([2, 3, 4], [20, 21, 22], [50, 60, 70]), [NAN, 0.8, 63 / 60], rounding(4));
  });

  test("without a lag is that of the bar itself", () => {
    expectClose(dollarHedge([2], [20], [50], { lag: 0 }), [0.8], rounding(4));
  });

  test("makes y's return against it a change of the spread: y moving as slope · x leaves nothing", () => {
    const prices = fc.array(fc.double({ min: 1, max: 1e4, noNaN: true }), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(prices, fc.double({ min: 0.1, max: 10, noNaN: true }), (x, slope) => {
        const y = x.map((price) => slope * price);
        const ratio = dollarHedge(
          x.map(() => slope),
          x,
          y,
        );
        for (let t = 1; t < x.length; t++) {
          const left = y[t]! / y[t - 1]! - 1 - ratio[t]! * (x[t]! / x[t - 1]! - 1);
          expectClose(left, 0, rounding(8), 1 + x[t]! / x[t - 1]!);
        }
      }),
    );
  });

  test("is NaN where slope, x or y is missing, or y is zero", () => {
    const ratio = dollarHedge([NAN, 2, 2, 2, 2], [1, NAN, 1, 1, 1], [1, 1, NAN, 0, 1]);
    expectClose(ratio, [NAN, NAN, NAN, NAN, NAN], bits);
  });

  test("goes to out", () => {
    const out = new Float64Array(2);
    expect(dollarHedge([2, 2], [1, 1], [4, 4], { out })).toBe(out);
    expectClose(out, [NAN, 0.5], bits);
  });

  test("refuses misuse with the argument, the rule and the value", () => {
    const x = Float64Array.of(1, 2);
    expect(() => dollarHedge([1], [1, 2], [1])).toThrow("x must have 1 entries, got 2");
    expect(() => dollarHedge([1], [1], [1], { lag: -1 })).toThrow("lag must be an integer ≥ 0, got -1");
    expect(() => dollarHedge([1, 1], x, [1, 2], { out: x })).toThrow("out must not share memory with x");
    expect(() => dollarHedge([1], [Number.POSITIVE_INFINITY], [1])).toThrow("x[0] must be a finite number");
  });
});

describe("crossings of a level", () => {
  test("count passages from one side to the other", () => {
    expect(zeroCrossings([1, -1, -2, 3, 4, -1])).toBe(3);
    expect(zeroCrossings([1, 3, 1, 3], { level: 2 })).toBe(3);
  });

  test("pass over what lies on the level and what is missing", () => {
    expect(zeroCrossings([1, 0, 1, 0, -1, NAN, -1, NAN, 2])).toBe(2);
    expect(zeroCrossings([])).toBe(0);
  });

  test("refuse a level that is not finite", () => {
    expect(() => zeroCrossings([1], { level: NAN })).toThrow("level must be a finite number, got NaN");
  });
});
