import { expectClose, rounding, ulpDistance } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { cos, erf, exp, expm1, lgamma, log, log1p, pow, sin } from "../../src/index.ts";

const { NaN: nan, POSITIVE_INFINITY: infinity, MAX_VALUE: largest, MIN_VALUE: smallest } = Number;

describe("special values", () => {
  test("log1p ends at −1 and keeps the sign of zero", () => {
    expect([log1p(-1), log1p(-1.5), log1p(infinity), log1p(nan), log1p(0), log1p(-0)]).toEqual([
      -infinity,
      nan,
      infinity,
      nan,
      0,
      -0,
    ]);
    expect([log1p(smallest), log1p(-smallest), log1p(1e-300)]).toEqual([smallest, -smallest, 1e-300]);
    expect(ulpDistance(log1p(largest), 709.782712893384)).toBe(0);
  });

  test("expm1 ends at −1 and overflows with exp", () => {
    expect([expm1(-infinity), expm1(-750), expm1(infinity), expm1(710), expm1(nan)]).toEqual([
      -1,
      -1,
      infinity,
      infinity,
      nan,
    ]);
    expect([expm1(0), expm1(-0), expm1(smallest)]).toEqual([0, -0, smallest]);
    expect(Number.isFinite(expm1(709.782712893384))).toBe(true);
  });

  test("erf is odd, saturates at ±1 and keeps the sign of zero", () => {
    expect([erf(infinity), erf(-infinity), erf(6.5), erf(nan), erf(0), erf(-0)]).toEqual([
      1,
      -1,
      1,
      nan,
      0,
      -0,
    ]);
    for (const x of [1e-310, 0.3, 0.9, 2, 4]) expect(erf(-x)).toBe(-erf(x));
  });

  test("lgamma is ∞ at its poles and at both ends, 0 at 1 and 2", () => {
    for (const pole of [0, -0, -1, -2, -31, -1e300, infinity, -infinity]) expect(lgamma(pole)).toBe(infinity);
    expect([lgamma(1), lgamma(2), lgamma(nan)]).toEqual([0, 0, nan]);
    expect(lgamma(largest)).toBe(infinity);
    expect(Number.isFinite(lgamma(2.5e305))).toBe(true);
    expectClose(lgamma(smallest), 744.4400719213812, rounding());
    expectClose(lgamma(-smallest), 744.4400719213812, rounding());
  });

  test("pow agrees with the language's ** at every combination of special values", () => {
    const finite = [1, 2, 0.5, 3, 1e300, smallest, 2 ** 53 - 1, 2 ** 53 + 2, 0.1, 5e-310];
    const special = [nan, 0, -0, infinity, -infinity, ...finite, ...finite.map((x) => -x)];
    for (const x of special) {
      for (const y of special) {
        const got = pow(x, y);
        const wanted = x ** y;
        const exact = !Number.isFinite(wanted) || wanted === 0 || Math.abs(wanted) === 1;
        const agrees = exact ? Object.is(got, wanted) : ulpDistance(got, wanted) <= 2;
        expect(agrees, `pow(${x}, ${y}) is ${got}, not ${wanted}`).toBe(true);
      }
    }
  });

  test("the largest exponents lift or sink every base but 1", () => {
    const above = 1 + Number.EPSILON;
    expect([pow(1, largest), pow(1, -largest), pow(-1, largest)]).toEqual([1, 1, 1]);
    expect([pow(above, largest), pow(above, -largest)]).toEqual([infinity, 0]);
    expect([pow(largest, smallest), pow(smallest, -smallest), pow(0.5, 1e-300)]).toEqual([1, 1, 1]);
  });

  test("1 to the power NaN or ∞ is NaN, as in ECMAScript and unlike in C", () => {
    expect([pow(1, nan), pow(1, infinity), pow(-1, -infinity), pow(nan, 0)]).toEqual([nan, nan, nan, 1]);
  });
});

describe("exact values", () => {
  test("powers of two are exact over the whole range, subnormals included", () => {
    for (let k = -1074; k <= 1023; k++) expect(pow(2, k)).toBe(2 ** k);
    expect([pow(2, 1024), pow(2, -1075), pow(2, -1074.5)]).toEqual([infinity, 0, smallest]);
  });

  test("small whole powers of whole numbers are exact", () => {
    for (let x = 2; x <= 12; x++) {
      for (let y = 1, power = x; power < 2 ** 53; y++, power *= x) {
        expect(pow(x, y)).toBe(power);
        expect(pow(-x, y)).toBe(y % 2 ? -power : power);
      }
    }
    expect(pow(10, -5)).toBe(1e-5);
    expect([pow(4, 0.5), pow(8, 1 / 3), pow(0.25, -0.5), pow(-8, 1 / 3)]).toEqual([2, 2, 2, nan]);
  });

  test("the first power is the number itself, and the power one half its root", () => {
    for (const x of [1e-320, 0.1, 1 / 3, Math.PI, 6.02e23, 1.7e308]) {
      expect(pow(x, 1)).toBe(x);
      expect(ulpDistance(pow(x, 0.5), Math.sqrt(x))).toBeLessThanOrEqual(1);
    }
  });

  test("lgamma of whole numbers is the logarithm of a factorial", () => {
    let factorial = 1;
    for (let n = 2; n <= 22; n++) {
      factorial *= n - 1;
      expectClose(lgamma(n), log(factorial), rounding(2, 1));
    }
  });
});

describe("sines and cosines far out", () => {
  test("the double nearest to a multiple of π/2 keeps its digits", () => {
    // 6381956970095103 · 2^797 is 4.687165924254624e-19 from one (to 16 digits).
    const x = 6381956970095103 * 2 ** 797;
    expectClose(Math.abs(cos(x)), 4.687165924254624e-19, rounding(1, 4));
    expectClose(Math.abs(sin(x)), 1, rounding(1, 1));
  });

  test("the largest double has a sine", () => {
    expectClose(sin(largest), 0.004961954789184062, rounding(1, 1));
    expectClose(cos(largest), -0.9999876894265599, rounding(1, 1));
    expect([sin(smallest), sin(-smallest), cos(smallest)]).toEqual([smallest, -smallest, 1]);
  });
});

test("the logarithm of the smallest double and the exponential at both edges", () => {
  expect(ulpDistance(log(smallest), -744.4400719213812)).toBeLessThanOrEqual(1);
  expect(ulpDistance(exp(709.782712893384), 1.797693134862273e308)).toBeLessThan(100);
  expect([exp(709.7827128933841), exp(-745.1332191019412), exp(-745.1332191019411)]).toEqual([
    infinity,
    0,
    smallest,
  ]);
});
