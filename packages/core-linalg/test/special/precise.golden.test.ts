import { expectClose, fixture, solver } from "@astra-quant/testkit";
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
import { extendedExp } from "../../src/special/extended-exp.ts";
import { extendedLog, extendedLog1p } from "../../src/special/extended-log.ts";
import { preciseLogGamma } from "../../src/special/log-gamma.ts";
import { preciseLog } from "../../src/special/precise-log.ts";

const truth = fixture(import.meta.url, "precise.json");

type Pair = readonly [number, number];

/** |got − wanted|, taken part by part so that nothing is rounded away. */
function distance(got: DoubleDouble, [high, low]: Pair): number {
  return Math.abs(got.high - high + (got.low - low));
}

function wholeExp(x: number): DoubleDouble {
  const { high, low, exponent } = extendedExp(x, 0);
  const half = Math.floor(exponent / 2);
  return scaled(scaled({ high, low }, powerOfTwo(half)), powerOfTwo(exponent - half));
}

describe("what the functions are made of", () => {
  const promises = {
    "the precise logarithm": { name: "log", compute: (x: number) => preciseLog(fromDouble(x)), bits: 98 },
    "the extended logarithm": { name: "log", compute: (x: number) => extendedLog(x, 0), bits: 68 },
    "the extended logarithm of one more": { name: "log1p", compute: extendedLog1p, bits: 68 },
    "the extended exponential": { name: "exp", compute: wholeExp, bits: 68 },
  };
  for (const [title, { name, compute, bits }] of Object.entries(promises)) {
    test(`${title} carries ${bits} bits`, () => {
      const { x, y } = truth[name] as { x: number[]; y: Pair[] };
      expect(x.length).toBeGreaterThan(20);
      x.forEach((argument, i) => {
        const allowed = 2 ** -bits * Math.abs(y[i]![0]);
        expect(distance(compute(argument), y[i]!)).toBeLessThanOrEqual(allowed);
      });
    });
  }

  test("both halves of an argument count", () => {
    const x = { high: 3, low: 2 ** -54 };
    const whole = extendedLog(x.high, x.low);
    const leading = preciseLog(fromDouble(x.high));
    const added = whole.high - leading.high + (whole.low - leading.low);
    expectClose(added, x.low / x.high, solver(2 ** -12));
    const power = extendedExp(1, 2 ** -54);
    const alone = extendedExp(1, 0);
    const factor = (power.high - alone.high + (power.low - alone.low)) / alone.high;
    expectClose(factor, 2 ** -54, solver(2 ** -12));
  });

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
