import { fixture } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { roundHalfAway } from "../../src/index.ts";

interface Rounding {
  value: number;
  decimals: number;
  rounded: number;
}

describe("roundHalfAway", () => {
  const { rounding } = fixture(import.meta.url, "funding.json") as { rounding: Rounding[] };

  test.each(rounding)("$value at $decimals places is $rounded, as in decimal arithmetic", (tie) => {
    expect(roundHalfAway(tie.value, tie.decimals)).toBe(tie.rounded + 0);
  });

  test("a number beyond the cents that a double holds stays as it is", () => {
    expect(roundHalfAway(-1e300, 2)).toBe(-1e300);
    expect(roundHalfAway(123_456_789_012_345.67, 15)).toBe(123_456_789_012_345.67);
  });

  test("never answers −0", () => {
    expect(Object.is(roundHalfAway(-0.001, 2), 0)).toBe(true);
  });

  test("is odd and idempotent", () => {
    const numbers = fc.tuple(fc.double({ min: -1e9, max: 1e9, noNaN: true }), fc.integer({ min: 0, max: 6 }));
    fc.assert(
      fc.property(numbers, ([x, decimals]) => {
        const once = roundHalfAway(x, decimals);
        expect(roundHalfAway(once, decimals)).toBe(once);
        expect(roundHalfAway(-x, decimals) + once).toBe(0);
      }),
    );
  });

  test("refuses what is not finite and places that are no count", () => {
    expect(() => roundHalfAway(Number.NaN, 2)).toThrow("value must be a finite number, got NaN");
    expect(() => roundHalfAway(1, 1.5)).toThrow("decimals must be an integer ≥ 0 and ≤ 15, got 1.5");
  });
});
