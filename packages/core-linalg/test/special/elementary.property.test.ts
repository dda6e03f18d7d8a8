import { expectClose, rounding } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { erf, erfc, exp, expm1, lgamma, log, log1p, pow } from "../../src/index.ts";

const positive = fc.double({ min: 1e-300, max: 1e300, noNaN: true });
const within = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true });

describe("laws of the elementary functions", () => {
  test("expm1 and log1p undo each other", () => {
    fc.assert(
      fc.property(within(-1, 20), (x) => {
        expectClose(log1p(expm1(x)), x, rounding(4, 1));
      }),
    );
  });

  test("away from zero expm1 and log1p are exp less one and log of one more", () => {
    fc.assert(
      fc.property(within(1, 700), (x) => {
        expectClose(expm1(x), exp(x) - 1, rounding(4, 1));
        expectClose(log1p(x), log(1 + x), rounding(2, 1));
      }),
    );
  });

  test("none of them ever falls between neighbouring arguments that rounding tells apart", () => {
    fc.assert(
      fc.property(within(-0.99, 50), within(0, 1e-3), (x, step) => {
        expect(expm1(x + step)).toBeGreaterThanOrEqual(expm1(x));
        expect(log1p(x + step)).toBeGreaterThanOrEqual(log1p(x));
        expect(erf(x + step)).toBeGreaterThanOrEqual(erf(x) - 2 ** -53);
      }),
    );
  });

  test("a power of a power of two scales exactly", () => {
    fc.assert(
      fc.property(within(0.5, 2), fc.integer({ min: -20, max: 20 }), (x, y) => {
        expect(pow(4 * x, y)).toBe(pow(x, y) * 4 ** y);
      }),
    );
  });

  test("x^y · x^−y is one, and x^(y + 1) is x · x^y", () => {
    fc.assert(
      fc.property(positive, within(-1, 1), (x, y) => {
        expectClose(pow(x, y) * pow(x, -y), 1, rounding(2, 1));
        fc.pre(Math.abs(log(x)) < 300);
        // Adding 1 to y may round it, and the logarithm of x multiplies that.
        const slack = rounding(4 + Math.ceil(Math.abs(log(x)) * 2), 1);
        expectClose(pow(x, y + 1), x * pow(x, y), slack);
      }),
    );
  });

  test("erf and erfc add to one", () => {
    fc.assert(fc.property(within(-6, 6), (x) => expectClose(erf(x) + erfc(x), 1, rounding(2, 1))));
  });

  test("Γ(x + 1) = x Γ(x)", () => {
    fc.assert(
      fc.property(within(-25, 1000), (x) => {
        fc.pre(Math.abs(x - Math.round(x)) > 1e-6 && x + 1 - x === 1);
        const scale = Math.max(1, Math.abs(lgamma(x)));
        expectClose(lgamma(x + 1), log(Math.abs(x)) + lgamma(x), rounding(4, 4), scale);
      }),
    );
  });

  test("Γ(x) Γ(1 − x) = π ÷ sin πx", () => {
    fc.assert(
      fc.property(within(0.01, 0.99), (x) => {
        const product = lgamma(x) + lgamma(1 - x);
        expectClose(product, log(Math.PI / Math.sin(Math.PI * x)), rounding(16, 2), Math.max(1, product));
      }),
    );
  });
});
