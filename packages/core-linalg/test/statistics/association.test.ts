import { bits, expectClose, ordinaryNumber, rounding } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { correlationBetween, covarianceBetween, ranks, std, variance } from "../../src/index.ts";

const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;
const METHODS = ["pearson", "spearman", "kendall"] as const;

describe("ranks", () => {
  test("ties share the mean of their ranks", () => {
    expect([...ranks([30, 10, 20, 10])]).toEqual([4, 1.5, 3, 1.5]);
    expect([...ranks([5, 5, 5])]).toEqual([2, 2, 2]);
    expect([...ranks([])]).toEqual([]);
  });

  test("a NaN has no rank and takes none; infinities and both zeros are numbers", () => {
    expect([...ranks([2, nan, 1])]).toEqual([2, nan, 1]);
    expect([...ranks([infinity, -0, 0, -infinity])]).toEqual([4, 2.5, 2.5, 1]);
  });

  test("out is filled and returned, and the sample is left as it was", () => {
    const x = Float64Array.of(2, 1);
    const out = new Float64Array(2);
    expect(ranks(x, { out })).toBe(out);
    expectClose([...out, ...x], [2, 1, 2, 1], bits);
    expect(() => ranks(x, { out: new Float64Array(3) })).toThrow("out must be a Float64Array of 2 entries");
  });
});

test("ranks are not written over the sample", () => {
  const memory = Float64Array.of(3, 1, 1, 2);
  expect(() => ranks(memory, { out: memory })).toThrow(
    "out must not share memory with x: inputs are never changed",
  );
  const half = memory.subarray(0, 3);
  expect(() => ranks(half, { out: memory.subarray(1) })).toThrow("out must not share memory with x");
  expect([...memory]).toEqual([3, 1, 1, 2]);
});

describe("covarianceBetween", () => {
  test("three points by hand, with either divisor", () => {
    expectClose(covarianceBetween([1, 2, 3], [2, 2, 5]), 1.5, rounding(1, 1));
    expectClose(covarianceBetween([1, 2, 3], [2, 2, 5], { ddof: 0 }), 1, rounding(1, 1));
  });

  test("of a vector with itself it is the variance", () => {
    fc.assert(
      fc.property(fc.array(ordinaryNumber, { minLength: 2, maxLength: 30 }), (x) => {
        expectClose(covarianceBetween(x, x), variance(x), rounding(8, 1));
      }),
    );
  });

  test("too few observations and a NaN answer NaN", () => {
    expect(covarianceBetween([1], [1])).toBeNaN();
    expect(covarianceBetween([], [])).toBeNaN();
    expect(covarianceBetween([1, nan], [1, 2])).toBeNaN();
    expect(covarianceBetween([1, infinity], [1, 2])).toBeNaN();
  });

  test("bad arguments are named with their rule and value", () => {
    expect(() => covarianceBetween([1, 2], [1])).toThrow("y must have 2 entries, got 1");
    expect(() => covarianceBetween([1, 2], [1, 2], { ddof: -1 })).toThrow(
      "ddof must be an integer ≥ 0, got -1",
    );
  });
});

describe("correlationBetween", () => {
  test("a rising curve is perfectly monotone and not perfectly straight", () => {
    const x = [1, 2, 3, 4, 5];
    const y = x.map((v) => v ** 5);
    expect(correlationBetween(x, y, { method: "spearman" })).toBe(1);
    expect(correlationBetween(x, y, { method: "kendall" })).toBe(1);
    expect(correlationBetween(x, y)).toBeLessThan(0.9);
    for (const method of METHODS) {
      expectClose(correlationBetween(x, [...x].reverse(), { method }), -1, rounding(1, 1));
    }
  });

  test("Kendall's tau-b counts pairs, also by force", () => {
    const small = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 })), {
      minLength: 2,
      maxLength: 25,
    });
    fc.assert(
      fc.property(small, (pairs) => {
        let difference = 0;
        let untiedX = 0;
        let untiedY = 0;
        for (const [i, [a, b]] of pairs.entries()) {
          for (const [c, d] of pairs.slice(i + 1)) {
            difference += Math.sign(a - c) * Math.sign(b - d);
            untiedX += Math.abs(Math.sign(a - c));
            untiedY += Math.abs(Math.sign(b - d));
          }
        }
        const x = pairs.map(([a]) => a);
        const y = pairs.map(([, b]) => b);
        const wanted = difference / Math.sqrt(untiedX * untiedY);
        expectClose(correlationBetween(x, y, { method: "kendall" }), wanted, rounding(4, 1), 1);
      }),
    );
  });

  test("a constant vector, a single point and a NaN have no correlation", () => {
    for (const method of METHODS) {
      expect(correlationBetween([1, 1, 1], [1, 2, 3], { method })).toBeNaN();
      expect(correlationBetween([1, 2, 3], [4, 4, 4], { method })).toBeNaN();
      expect(correlationBetween([1], [2], { method })).toBeNaN();
      expect(correlationBetween([], [], { method })).toBeNaN();
      expect(correlationBetween([1, nan, 3], [1, 2, 3], { method })).toBeNaN();
    }
  });

  test("an infinity has a rank and no deviation", () => {
    expect(correlationBetween([1, 2, infinity], [1, 2, 3])).toBeNaN();
    expect(correlationBetween([1, 2, infinity], [1, 2, 3], { method: "spearman" })).toBe(1);
  });

  test("scale and sign: only the sign is seen", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(ordinaryNumber, ordinaryNumber), { minLength: 3, maxLength: 30 }),
        fc.constantFrom(...METHODS),
        (pairs, method) => {
          const x = pairs.map(([a]) => a);
          const y = pairs.map(([, b]) => b);
          const r = correlationBetween(x, y, { method });
          fc.pre(!Number.isNaN(r) && std(x) > 1e-100 && std(y) > 1e-100);
          expect(Math.abs(r)).toBeLessThanOrEqual(1);
          expect(correlationBetween(y, x, { method })).toBe(r);
          const mirrored = y.map((v) => -4 * v);
          expectClose(correlationBetween(x, mirrored, { method }), -r, rounding(2, 1), 1);
        },
      ),
    );
  });

  test("squares beyond the doubles do not hide it", () => {
    expectClose(correlationBetween([1e300, 2e300, 4e300], [1e-300, 2e-300, 4e-300]), 1, rounding(4, 1));
  });

  test("bad arguments are named with their rule and value", () => {
    expect(() => correlationBetween([1, 2], [1, 2], { method: "tau" as "kendall" })).toThrow(
      `method must be one of 'pearson', 'spearman', 'kendall', got "tau"`,
    );
    expect(() => correlationBetween([1, 2], [1, 2, 3])).toThrow("y must have 2 entries, got 3");
  });
});

describe("std", () => {
  test("it is the root of the variance, and survives where the variance does not", () => {
    expect(std([2, 4, 4, 4, 5, 5, 7, 9], { ddof: 0 })).toBe(2);
    expectClose(std([-1e200, 1e200]), Math.SQRT2 * 1e200, rounding(1, 1));
    expect(std([1])).toBeNaN();
    expect(std([1, nan, 2])).toBeNaN();
    expect(std([0.1, 0.1, 0.1])).toBe(0);
    expect(() => std([1, 2], { ddof: 0.5 })).toThrow("ddof must be an integer ≥ 0, got 0.5");
  });
});
