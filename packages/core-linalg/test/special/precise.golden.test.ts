import { fixture } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { powerOfTwo } from "../../src/special/bits.ts";
import {
  type DoubleDouble,
  exactProduct,
  exactSum,
  fromDouble,
  product,
  quotient,
  scaled,
  sum,
} from "../../src/special/double-double.ts";
import { preciseLogGamma } from "../../src/special/log-gamma.ts";
import { preciseExp, preciseExpm1 } from "../../src/special/precise-exp.ts";
import { preciseLog } from "../../src/special/precise-log.ts";

const truth = fixture(import.meta.url, "precise.json");

type Pair = readonly [number, number];

/** |got − wanted|, taken part by part so that nothing is rounded away. */
function distance(got: DoubleDouble, [high, low]: Pair): number {
  return Math.abs(got.high - high + (got.low - low));
}

function wholeExp(x: DoubleDouble): DoubleDouble {
  const { fraction, exponent } = preciseExp(x);
  const half = Math.floor(exponent / 2);
  return scaled(scaled(fraction, powerOfTwo(half)), powerOfTwo(exponent - half));
}

describe("what the functions are made of", () => {
  const promises = {
    log: { compute: preciseLog, bits: 98 },
    exp: { compute: wholeExp, bits: 95 },
    expm1: { compute: preciseExpm1, bits: 95 },
  };
  for (const [name, { compute, bits }] of Object.entries(promises)) {
    test(`${name} carries ${bits} bits`, () => {
      const { x, y } = truth[name] as { x: number[]; y: Pair[] };
      expect(x.length).toBeGreaterThan(20);
      x.forEach((argument, i) => {
        const allowed = 2 ** -bits * Math.abs(y[i]![0]);
        expect(distance(compute(fromDouble(argument)), y[i]!)).toBeLessThanOrEqual(allowed);
      });
    });
  }

  test("log Γ is right to 4e-18 and 2⁻⁹⁵ of itself", () => {
    const { x, y } = truth.logGamma as { x: number[]; y: Pair[] };
    x.forEach((argument, i) => {
      const allowed = 4e-18 + 2 ** -95 * Math.abs(y[i]![0]);
      expect(distance(preciseLogGamma(argument), y[i]!)).toBeLessThanOrEqual(allowed);
    });
  });
});

describe("arithmetic in two doubles", () => {
  const third = quotient(fromDouble(1), fromDouble(3));

  test("sums and products of two doubles lose nothing", () => {
    expect(exactSum(1, 2 ** -80)).toEqual({ high: 1, low: 2 ** -80 });
    expect(exactSum(2 ** -80, 1)).toEqual({ high: 1, low: 2 ** -80 });
    const x = 1 + 2 ** -40;
    expect(exactProduct(x, x)).toEqual({ high: 1 + 2 ** -39, low: 2 ** -80 });
  });

  test("three thirds are one to a hundred bits", () => {
    const whole = product(third, fromDouble(3));
    expect(Math.abs(whole.high - 1 + whole.low)).toBeLessThan(2 ** -100);
    const rest = sum(sum(third, third), { high: -2 / 3, low: 0 });
    expect(rest.high).not.toBe(0);
    expect(Math.abs(rest.high - 2 * third.low)).toBeLessThan(2 ** -100);
  });
});
