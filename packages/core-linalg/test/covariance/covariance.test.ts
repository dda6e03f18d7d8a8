import { expectClose, returnRows, rounding, sameBits } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  cholesky,
  choleskySolve,
  correlation,
  createRandom,
  Matrix,
  multiply,
  sampleCovariance,
  symmetricEigen,
  transpose,
} from "../../src/index.ts";

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

describe("cholesky", () => {
  test("LLᵀ gives the matrix back within 8nε, n from 1 to 200", () => {
    for (const n of [1, 2, 5, 8, 33, 100, 200]) {
      const data = createRandom(`residual ${n}`).fillNormal(new Float64Array(2 * n * n));
      const { covariance } = sampleCovariance(new Matrix(2 * n, n, data));
      const factor = cholesky(covariance);
      if (factor.status !== "ok") throw new Error(`pivot ${factor.pivot} of ${n}`);
      expectClose(multiply(factor.L, transpose(factor.L)), covariance, rounding(n));
    }
  });

  test("choleskySolve solves", () => {
    fc.assert(
      fc.property(returnRows({ min: 20, max: 30 }, { min: 1, max: 9 }), (rows) => {
        const n = rows[0]!.length;
        const A = sampleCovariance(rows).covariance;
        for (let i = 0; i < n; i++) A.data[i * n + i]! += 0.1;
        const wanted = Float64Array.from({ length: n }, (_, i) => i + 1);
        const b = multiply(A, Matrix.fromRows(Array.from(wanted, (v) => [v]))).data;
        const factor = cholesky(A);
        expect(factor.status).toBe("ok");
        if (factor.status === "ok") expectClose(choleskySolve(factor.L, b), wanted, rounding(100));
      }),
    );
  });

  test("indefinite, zero and duplicate assets name the pivot", () => {
    expect(cholesky([[0]])).toEqual({ status: "not-positive-definite", pivot: 0 });
    expect(cholesky([[-1]])).toEqual({ status: "not-positive-definite", pivot: 0 });
    expect(
      cholesky([
        [1, 2],
        [2, 1],
      ]),
    ).toEqual({ status: "not-positive-definite", pivot: 1 });
    const rows = Array.from({ length: 50 }, (_, t) => [t % 7, t % 5, t % 7, t % 3]);
    expect(cholesky(sampleCovariance(rows).covariance)).toEqual({
      status: "not-positive-definite",
      pivot: 2,
    });
  });

  test("scales from 1e-150 to 1e150 do not matter", () => {
    for (const scale of [1e-150, 1, 1e150]) {
      expect(
        cholesky([
          [4 * scale, 2 * scale],
          [2 * scale, 3 * scale],
        ]).status,
      ).toBe("ok");
    }
  });

  test("a matrix that is not square, symmetric or finite is refused", () => {
    expect(() => cholesky([[1, 2]])).toThrow("A must be square, got 1×2");
    expect(() =>
      cholesky([
        [1, 0.5],
        [0.4, 1],
      ]),
    ).toThrow(/A must be symmetric, but \[1\]\[0\] and \[0\]\[1\] differ/);
    expect(() => cholesky([[Number.POSITIVE_INFINITY]])).toThrow("A[0][0] must be finite, got Infinity");
    expect(() => choleskySolve([[1]], [1, 2])).toThrow("b must have 1 entries, got 2");
  });

  test("a zero on the factor's diagonal is refused, not divided by", () => {
    const L = [
      [1, 0],
      [1, 0],
    ];
    expect(() => choleskySolve(L, [1, 2])).toThrow("L[1][1] must not be zero: LLᵀ is singular");
  });
});

describe("symmetricEigen", () => {
  test("a power of two scales the values exactly and leaves the vectors, to the ends of the doubles", () => {
    const A = [
      [4, 1, 0.5],
      [1, 3, -1],
      [0.5, -1, 2],
    ];
    const plain = symmetricEigen(A);
    for (const scale of [2 ** -1000, 2 ** -530, 2 ** 530, 2 ** 1020]) {
      const { values, vectors } = symmetricEigen(A.map((row) => row.map((v) => v * scale)));
      expect(
        sameBits(
          values,
          plain.values.map((v) => v * scale),
        ),
      ).toBe(true);
      expect(sameBits(vectors.data, plain.vectors.data)).toBe(true);
    }
  });

  test("entries near the largest double have vectors", () => {
    const { values, vectors } = symmetricEigen([
      [1e308, 1e308],
      [1e308, 1e308],
    ]);
    expect(Array.from(values)).toEqual([0, Number.POSITIVE_INFINITY]);
    expectClose(vectors.data.map(Math.abs), new Float64Array(4).fill(Math.SQRT1_2), rounding(2));
  });
});
