import { expectClose, rounding, solver } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  normalCdf,
  normalPdf,
  normalQuantile,
  studentTCdf,
  studentTPdf,
  studentTQuantile,
} from "../../src/index.ts";

const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;

describe("Student's t in closed form", () => {
  test("with one degree of freedom it is Cauchy's law", () => {
    for (const x of [-1e300, -1e5, -3, -0.2, 0.7, 12]) {
      expectClose(studentTPdf(x, 1), 1 / Math.PI / (1 + x * x), rounding(4, 1), studentTPdf(x, 1));
    }
    expectClose(studentTCdf(-1, 1), 0.25, rounding(2, 1));
    expectClose(studentTCdf(-1e300, 1), 1 / Math.PI / 1e300, rounding(8, 1));
    expectClose(studentTQuantile(0.75, 1), 1, rounding(2, 1));
    expectClose(studentTQuantile(1e-300, 1), -1e300 / Math.PI, rounding(8, 1));
  });

  test("with two degrees of freedom the law is algebraic", () => {
    for (const x of [-40, -2, -0.5, 0.1, 3]) {
      const root = Math.sqrt(2 + x * x);
      const cdf = x < 0 ? 1 / (root * (root - x)) : 0.5 + x / (2 * root);
      expectClose(studentTCdf(x, 2), cdf, rounding(8, 1));
      expectClose(studentTPdf(x, 2), 1 / (root * root * root), rounding(8, 1));
    }
    expectClose(studentTQuantile(0.9, 2), 0.8 / Math.sqrt(2 * 0.9 * 0.1), rounding(8, 1));
  });

  test("at zero an odd number of degrees of freedom makes a product", () => {
    // f(0) = 2/1 · 4/3 · … · 2k/(2k − 1) ÷ (π √ν) with ν = 2k + 1
    let factors = 1;
    for (let k = 0; k <= 600; k++) {
      if (k > 0) factors *= (2 * k) / (2 * k - 1);
      const nu = 2 * k + 1;
      expectClose(studentTPdf(0, nu), factors / (Math.PI * Math.sqrt(nu)), rounding(4 + k, 1));
    }
  });

  test("with many degrees of freedom it is the normal law, far into the tail", () => {
    for (const x of [-37, -20, -8, -2, -0.1]) {
      expectClose(studentTCdf(x, 1e25), normalCdf(x), rounding(64, 1));
      expectClose(studentTPdf(x, 1e25), normalPdf(x), rounding(16, 1));
    }
    for (const p of [1e-300, 1e-20, 0.01, 0.4, 0.77]) {
      expectClose(studentTQuantile(p, 1e300), normalQuantile(p), rounding(16, 1));
    }
  });

  test("the ends of the line", () => {
    expect([studentTCdf(-infinity, 3), studentTCdf(infinity, 3), studentTCdf(0, 3)]).toEqual([0, 1, 0.5]);
    expect([studentTPdf(infinity, 3), studentTPdf(nan, 3), studentTCdf(nan, 3)]).toEqual([0, nan, nan]);
    expect([studentTQuantile(0, 3), studentTQuantile(1, 3), studentTQuantile(0.5, 3)]).toEqual([
      -infinity,
      infinity,
      0,
    ]);
    expect([studentTQuantile(-0.1, 3), studentTQuantile(1.1, 3), studentTQuantile(nan, 3)]).toEqual([
      nan,
      nan,
      nan,
    ]);
  });

  test("a quantile beyond the doubles is infinite", () => {
    expect(studentTQuantile(1e-300, 0.5)).toBe(-infinity);
    expect(studentTQuantile(1 - 2 ** -53, 0.04)).toBe(infinity);
    expect(studentTCdf(-Number.MAX_VALUE, 0.5)).toBeGreaterThan(1e-160);
  });

  test("a probability next to one half has a small quantile with all its digits", () => {
    const step = 2 ** -52;
    expectClose(studentTQuantile(0.5 + step, 7) * studentTPdf(0, 7), step, rounding(4, 1));
    expect(studentTQuantile(0.5 - step, 7)).toBe(-studentTQuantile(0.5 + step, 7));
  });

  test("bad degrees of freedom are named with their rule and value", () => {
    for (const f of [studentTCdf, studentTPdf, studentTQuantile]) {
      expect(() => f(0.3, 0)).toThrow("degreesOfFreedom must be positive and finite, got 0");
      expect(() => f(0.3, nan)).toThrow("degreesOfFreedom must be positive and finite, got NaN");
      expect(() => f(0.3, infinity)).toThrow("degreesOfFreedom must be positive and finite, got Infinity");
    }
  });
});

describe("laws of Student's t", () => {
  const degrees = fc.oneof(
    fc.double({ min: 0.3, max: 50, noNaN: true }),
    fc.double({ min: 50, max: 1e12, noNaN: true }),
  );
  const place = fc.double({ min: -30, max: 30, noNaN: true });

  test("it is symmetric", () => {
    fc.assert(
      fc.property(place, degrees, (x, nu) => {
        expectClose(studentTCdf(x, nu) + studentTCdf(-x, nu), 1, rounding(2, 1));
        expect(studentTPdf(-x, nu)).toBe(studentTPdf(x, nu));
      }),
    );
  });

  test("the quantile undoes the lower tail", () => {
    fc.assert(
      fc.property(fc.double({ min: -300, max: -0.31, noNaN: true }), degrees, (exponent, nu) => {
        const p = 10 ** exponent;
        const x = studentTQuantile(p, nu);
        fc.pre(Number.isFinite(x));
        // A last place of x moves p by |x| density ÷ p of its own.
        const stiffness = 1 + (Math.abs(x) * studentTPdf(x, nu)) / p;
        expectClose(studentTCdf(x, nu), p, rounding(Math.ceil(stiffness) + 32, 2));
      }),
    );
  });

  test("the density is the slope of the cumulative law", () => {
    fc.assert(
      fc.property(fc.double({ min: -8, max: 8, noNaN: true }), degrees, (x, nu) => {
        const h = 2 ** -12;
        const slope = (studentTCdf(x + h, nu) - studentTCdf(x - h, nu)) / (2 * h);
        expectClose(slope, studentTPdf(x, nu), solver(20 * h * h), studentTPdf(0, nu));
      }),
    );
  });
});
