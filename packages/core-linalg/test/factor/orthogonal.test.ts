import { bits, expectClose, rounding, sameBits } from "@astra-quant/testkit";
import { Matrix as MlMatrix } from "ml-matrix";
import { describe, expect, test } from "vitest";
import { conditionNumber, leastSquares, Matrix, pseudoInverse, qr, rank, svd } from "../../src/index.ts";
import { normalMatrix } from "./nasty.ts";

const LINE = [
  [1, 0],
  [1, 1],
  [1, 2],
];

describe("qr", () => {
  test("of a matrix by hand", () => {
    const { Q, R } = qr([
      [3, 1],
      [4, 2],
    ]);
    expectClose(R, [5, 2.2, 0, 0.4].map(Number), rounding(2));
    expectClose(Q, [0.6, -0.8, 0.8, 0.6], rounding(2));
  });

  test("with pivoting the longest column comes first, and the rank shows", () => {
    const {
      permutation,
      rank: found,
      R,
    } = qr(
      [
        [1, 10, 2],
        [1, 20, 2],
        [1, 15, 2],
      ],
      { pivoting: true },
    );
    expect(permutation[0]).toBe(1);
    expect(found).toBe(2);
    expect(R.rows).toBe(3);
    expect(qr(new Matrix(3, 2), { pivoting: true }).rank).toBe(0);
  });

  test("entries at the ends of the doubles are no trouble", () => {
    for (const unit of [2 ** -1000, 2 ** 1000]) {
      const { R } = qr([[3 * unit], [4 * unit]]);
      expectClose(R, [5 * unit], rounding(2));
    }
  });

  test("empty matrices have empty factors", () => {
    expect(qr(new Matrix(0, 3)).R.columns).toBe(3);
    expect(qr(new Matrix(2, 0), { mode: "full" }).Q).toEqual(Matrix.identity(2));
  });

  test("misuse is refused by name", () => {
    expect(() => qr([[Number.NaN]])).toThrow("A[0][0] must be finite, got NaN");
    expect(() => qr([[1]], { mode: "economy" as never })).toThrow(
      "mode must be one of 'thin', 'full', got \"economy\"",
    );
    expect(() => qr([[1]], { pivotting: true } as never)).toThrow(
      "unknown option 'pivotting'; did you mean 'pivoting'?",
    );
    expect(() => qr([[1]], { tolerance: -1 })).toThrow("tolerance must be non-negative and finite, got -1");
  });
});

describe("svd", () => {
  test("of a diagonal matrix is its diagonal, and V's largest entries are positive", () => {
    const { U, values, V } = svd([
      [0, -3],
      [2, 0],
    ]);
    expectClose(values, [3, 2], rounding(1));
    expectClose(V, [0, 1, 1, 0], rounding(1), 1);
    expectClose(U, [-1, 0, 0, 1], rounding(1), 1);
  });

  test("is the same for every form of the matrix, and a power of two scales it exactly", () => {
    const A = normalMatrix("forms", 5, 3);
    const { U, values } = svd(A);
    expect(sameBits(svd(new MlMatrix(A.toRows())).values, values)).toBe(true);
    for (const unit of [2 ** -900, 2 ** 900]) {
      const scaled = svd(A.map((v) => v * unit));
      expectClose(
        scaled.values,
        values.map((v) => v * unit),
        bits,
      );
      expect(sameBits(scaled.U, U)).toBe(true);
    }
  });

  test("a matrix of zeros has orthonormal factors all the same", () => {
    const { U, values } = svd(new Matrix(3, 2));
    expect([...values]).toEqual([0, 0]);
    expectClose(
      U.data.reduce((sum, v) => sum + v * v, 0),
      2,
      rounding(4),
    );
  });

  test("empty matrices have empty factors, and NaN is refused", () => {
    expect(svd(new Matrix(0, 4)).V.rows).toBe(4);
    expect(() => svd([[1, Number.NaN]])).toThrow("A[0][1] must be finite, got NaN");
  });
});

describe("rank, conditionNumber and pseudoInverse", () => {
  test("by hand", () => {
    expect(rank(LINE)).toBe(2);
    expect(rank([[1, 2], [2, 4]])).toBe(1); // biome-ignore format: rows
    expect(rank(new Matrix(2, 3))).toBe(0);
    expect(rank([[1, 0], [0, 1e-9]], { tolerance: 1e-6 })).toBe(1); // biome-ignore format: rows
    expectClose(conditionNumber([[4, 0], [0, -0.5]]), 8, rounding(1)); // biome-ignore format: rows
    expect(conditionNumber([[1, 2], [2, 4]])).toBe(Number.POSITIVE_INFINITY); // biome-ignore format: rows
    expect(conditionNumber(new Matrix(0, 0))).toBeNaN();
    const { inverse, rank: found } = pseudoInverse([[1], [1]]);
    expectClose(inverse, [[0.5, 0.5]], rounding(2));
    expect(found).toBe(1);
    expect(pseudoInverse(new Matrix(2, 3)).inverse).toEqual(new Matrix(3, 2));
    const out = new Matrix(1, 2);
    expect(pseudoInverse([[1], [1]], { out }).inverse).toBe(out);
  });

  test("misuse is refused by name", () => {
    expect(() => rank(LINE, { tolerance: Number.NaN })).toThrow(
      "tolerance must be non-negative and finite, got NaN",
    );
    expect(() => pseudoInverse(LINE, { out: new Matrix(3, 2) })).toThrow(
      "out must be a Matrix of 2×3, got 3×2",
    );
  });
});

describe("leastSquares", () => {
  test("is the line through three points, with its standard errors", () => {
    const fit = leastSquares(LINE, [1, 2, 2]);
    expectClose(fit.solution, [7 / 6, 1 / 2], rounding(4));
    expectClose(fit.residuals, [-1 / 6, 1 / 3, -1 / 6], rounding(8));
    expectClose(fit.residualSumOfSquares, 1 / 6, rounding(8));
    expectClose(fit.standardErrors, [Math.sqrt(5 / 36), Math.sqrt(1 / 12)], rounding(8));
    expect(fit).toMatchObject({ rank: 2, method: "qr" });
    expectClose(fit.condition, conditionNumber(LINE), rounding(8));
  });

  test("of dependent columns the shortest answer, or by QR one with zeros; the rank says it", () => {
    const twins = [
      [1, 1],
      [2, 2],
      [3, 3],
    ];
    const shortest = leastSquares(twins, [2, 4, 6]);
    expectClose(shortest.solution, [1, 1], rounding(4));
    expect(shortest).toMatchObject({ rank: 1, method: "svd", condition: Number.POSITIVE_INFINITY });
    expect(shortest.standardErrors.every(Number.isNaN)).toBe(true);
    const basic = leastSquares(twins, [2, 4, 6], { method: "qr" });
    expectClose(basic.solution, [2, 0], rounding(4));
    expect(basic).toMatchObject({ rank: 1, method: "qr", condition: Number.POSITIVE_INFINITY });
  });

  test("a ridge shrinks, and makes a singular matrix solvable", () => {
    const fit = leastSquares([[1, 1]], [2], { ridge: 2 });
    expectClose(fit.solution, [0.5, 0.5], rounding(4)); // (AᵀA + 2I) x = Aᵀb
    expect(fit.rank).toBe(2);
    expectClose(fit.residuals, [1], rounding(4));
  });

  test("as many unknowns as rows leave no residual to judge errors by", () => {
    const fit = leastSquares([[2]], [3]);
    expect([...fit.solution]).toEqual([1.5]);
    expect(fit.standardErrors[0]).toBeNaN();
  });

  test("the condition is that of the matrix as it was", () => {
    const A = Matrix.fromRows(LINE);
    const fit = leastSquares(A, [1, 2, 2]);
    const condition = conditionNumber(A);
    A.data.fill(0);
    expectClose(fit.condition, condition, rounding(8));
  });

  test("misuse is refused by name", () => {
    expect(() => leastSquares(LINE, [1, 2])).toThrow("b must have 3 entries, got 2");
    expect(() => leastSquares(LINE, [1, 2, Number.NaN])).toThrow("b[2] must be finite, got NaN");
    expect(() => leastSquares(LINE, [1, 2, 3], { ridge: -1 })).toThrow(
      "ridge must be non-negative and finite, got -1",
    );
    expect(() => leastSquares(LINE, [1, 2, 3], { method: "lu" as never })).toThrow(
      "method must be one of 'auto', 'qr', 'svd', got \"lu\"",
    );
    expect(() => leastSquares(LINE, [1, 2, 3], { out: new Float64Array(3) })).toThrow(
      "out must be a Float64Array of 2 entries, got Float64Array(3)",
    );
  });
});
