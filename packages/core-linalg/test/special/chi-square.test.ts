import { expectClose, rounding } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chiSquareCdf, chiSquareQuantile, chiSquareSurvival, erfc, exp, normalCdf } from "../../src/index.ts";

const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;

describe("the chi-square in closed form", () => {
  test("with two degrees of freedom it is an exponential", () => {
    for (const x of [1e-300, 1e-5, 0.3, 2, 3.9, 40, 1400]) {
      expectClose(chiSquareSurvival(x, 2), exp(-x / 2), rounding(8, 1));
    }
    expectClose(chiSquareCdf(1e-300, 2), 5e-301, rounding(4, 1));
    expectClose(chiSquareQuantile(0.5, 2), 2 * Math.LN2, rounding(4, 1));
  });

  test("with one degree of freedom it is the square of a normal", () => {
    for (const x of [1e-10, 0.2, 1, 2.9, 3.1, 50, 1300]) {
      expectClose(chiSquareSurvival(x, 1), erfc(Math.sqrt(x / 2)), rounding(32 + Math.ceil(2 * x), 1));
    }
    expectClose(chiSquareQuantile(0.95, 1), 3.841458820694124, rounding(8, 1));
  });

  test("with many degrees of freedom its cube root is nearly normal", () => {
    const k = 1e10;
    const root = (x: number): number => ((x / k) ** (1 / 3) - 1 + 2 / (9 * k)) / Math.sqrt(2 / (9 * k));
    for (const sigmas of [-5, -1, 0.5, 4]) {
      const x = k + sigmas * Math.sqrt(2 * k);
      expectClose(chiSquareCdf(x, k), normalCdf(root(x)), { name: "Wilson and Hilferty", relative: 1e-4 });
    }
  });

  test("the ends of the line", () => {
    expect([chiSquareCdf(0, 3), chiSquareCdf(-1, 3), chiSquareCdf(infinity, 3)]).toEqual([0, 0, 1]);
    expect([chiSquareSurvival(0, 3), chiSquareSurvival(infinity, 3)]).toEqual([1, 0]);
    expect([chiSquareCdf(nan, 3), chiSquareSurvival(nan, 3), chiSquareQuantile(nan, 3)]).toEqual([
      nan,
      nan,
      nan,
    ]);
    expect([chiSquareQuantile(0, 3), chiSquareQuantile(1, 3), chiSquareQuantile(-0.1, 3)]).toEqual([
      0,
      infinity,
      nan,
    ]);
  });

  test("bad degrees of freedom are named with their rule and value", () => {
    for (const f of [chiSquareCdf, chiSquareSurvival, chiSquareQuantile]) {
      expect(() => f(0.3, -1)).toThrow("degreesOfFreedom must be positive and finite, got -1");
    }
  });
});

describe("laws of the chi-square", () => {
  const degrees = fc.double({ min: 0.3, max: 500, noNaN: true });

  test("the two tails add to one and neither rises where it may not", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1000, noNaN: true }), degrees, (x, k) => {
        expectClose(chiSquareCdf(x, k) + chiSquareSurvival(x, k), 1, rounding(1, 1));
        expect(chiSquareSurvival(x * 1.001, k)).toBeLessThanOrEqual(chiSquareSurvival(x, k));
      }),
    );
  });

  test("the quantile undoes both tails", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true }), degrees, (p, k) => {
        const x = chiSquareQuantile(p, k);
        const got = p < 0.5 ? chiSquareCdf(x, k) : chiSquareSurvival(x, k);
        expectClose(got, p < 0.5 ? p : 1 - p, rounding(64, 4));
      }),
    );
  });

  test("two more degrees of freedom add twice their density to the upper tail", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 100, noNaN: true }), degrees, (x, k) => {
        const h = x * 2 ** -14;
        const density = (chiSquareCdf(x + h, k + 2) - chiSquareCdf(x - h, k + 2)) / (2 * h);
        const difference = chiSquareSurvival(x, k + 2) - chiSquareSurvival(x, k);
        expectClose(2 * density, difference, { name: "central difference", relative: 1e-3 }, 1);
      }),
    );
  });
});
