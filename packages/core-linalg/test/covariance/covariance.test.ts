import { expectClose, returnRows, rounding, sameBits } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { correlation, createRandom, Matrix, sampleCovariance } from "../../src/index.ts";

describe("sampleCovariance", () => {
  test("is the textbook formula", () => {
    const { covariance, mean, observations } = sampleCovariance([
      [1, 2],
      [3, 6],
      [5, 4],
    ]);
    expect(covariance.toRows()).toEqual([
      [4, 2],
      [2, 4],
    ]);
    expect(Array.from(mean)).toEqual([3, 4]);
    expect(observations).toBe(3);
  });

  test("an offset of 1e8 costs no digits that the data still have", () => {
    const small = createRandom("offset")
      .fillNormal(new Float64Array(400))
      .map((z) => Math.round(z * 1024) / 1024);
    const near = sampleCovariance(new Matrix(100, 4, small));
    const far = sampleCovariance(
      new Matrix(
        100,
        4,
        small.map((z) => z + 1e8),
      ),
    );
    expectClose(far.covariance, near.covariance, rounding(100, 1));
  });

  test("the rounding of a mean of 1e10 is taken back", () => {
    const eighths = createRandom("level")
      .fillNormal(new Float64Array(3000))
      .map((z) => Math.round(8 * z) / 8);
    const near = sampleCovariance(new Matrix(1000, 3, eighths)); // exact: eighths stay exact at the level of 1e10
    const far = sampleCovariance(
      new Matrix(
        1000,
        3,
        eighths.map((z) => z + 1e10),
      ),
    );
    expectClose(far.covariance, near.covariance, rounding(1));
  });

  test("permuting the assets permutes the covariance to the bit", () => {
    fc.assert(
      fc.property(returnRows({ min: 2, max: 40 }, { min: 2, max: 7 }), (rows) => {
        const forward = sampleCovariance(rows).covariance;
        const backward = sampleCovariance(rows.map((row) => [...row].reverse())).covariance;
        expect(sameBits(Array.from(backward.data).reverse(), forward.data)).toBe(true);
      }),
    );
  });

  test("products beyond the doubles are not finite, and their condition is NaN", () => {
    const { covariance, condition } = sampleCovariance([[1e300], [-1e300]]);
    expect(covariance.get(0, 0)).toBe(Number.POSITIVE_INFINITY);
    expect(condition.number).toBeNaN();
  });

  test("a single observation, NaN and an unknown option are refused by name", () => {
    expect(() => sampleCovariance([[1, 2]])).toThrow("X must have at least 2 rows for ddof 1, got 1");
    expect(() => sampleCovariance([])).toThrow(/at least 2 rows/);
    expect(() => sampleCovariance([[1], [Number.NaN]])).toThrow("X[1][0] must be finite, got NaN");
    expect(() => sampleCovariance([[1], [2, 3]])).toThrow("row 1 has 2 entries, expected 1 as in row 0");
    expect(() => sampleCovariance([[1], [2]], { ddoff: 0 } as never)).toThrow(
      "unknown option 'ddoff'; did you mean 'ddof'?",
    );
  });
});

describe("correlation", () => {
  test("an asset without variance has NaN correlations and volatility 0", () => {
    const { correlation: matrix, volatility } = correlation([
      [4, 0],
      [0, 0],
    ]);
    expect(matrix.toRows()).toEqual([
      [1, Number.NaN],
      [Number.NaN, Number.NaN],
    ]);
    expect(Array.from(volatility)).toEqual([2, 0]);
  });

  test("rounding leaves no correlation outside [−1, 1]", () => {
    for (const v of createRandom("twice").fillUniform(new Float64Array(1000))) {
      const twice = [
        [v, v],
        [v, v],
      ];
      const found = correlation(twice).correlation.get(0, 1);
      expect(found).toBeLessThanOrEqual(1);
      expectClose(found, 1, rounding(2));
    }
  });

  test("a negative variance is refused", () => {
    expect(() => correlation([[-1]])).toThrow("covariance[0][0] must not be negative, got -1");
  });
});
