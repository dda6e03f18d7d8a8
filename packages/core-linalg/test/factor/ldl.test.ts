import { expectClose, rounding, sameBits } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type LdlFactor,
  ldl,
  ldlSolve,
  Matrix,
  matVec,
  multiply,
  symmetricEigen,
  transpose,
} from "../../src/index.ts";
import { graded, hilbert, normalMatrix, symmetric } from "./nasty.ts";

function product({ L, D }: LdlFactor): Matrix {
  return multiply(multiply(L, D), transpose(L));
}

function permuted(A: Matrix, { permutation }: LdlFactor): Matrix {
  return A.selectRows(permutation).selectColumns(permutation);
}

const cases = fc.record({
  seed: fc.nat(),
  n: fc.integer({ min: 1, max: 16 }),
  hollow: fc.boolean(),
});

describe("ldl", () => {
  test("LDLᵀ is the permuted matrix, L is bounded and D has the eigenvalues' signs", () => {
    fc.assert(
      fc.property(cases, ({ seed, n, hollow }) => {
        const A = symmetric(`ldl ${seed}`, n, hollow && n > 1);
        const factor = ldl(A);
        if (factor.status !== "ok") return expect(hollow).toBe(true); // three hollow rows may be dependent
        expectClose(product(factor), permuted(A, factor), rounding(n));
        for (const entry of factor.L.data) expect(Math.abs(entry)).toBeLessThan(2.79);
        const { values } = symmetricEigen(A);
        if (Math.min(...values.map(Math.abs)) < rounding(n, 64).relative * Math.max(...values)) return;
        const positive = values.filter((v) => v > 0).length;
        expect(factor.inertia).toEqual({ positive, negative: n - positive, zero: 0 });
      }),
      { numRuns: 500 },
    );
  });

  test("D is block diagonal and L unit lower triangular", () => {
    const { L, D } = ldl(symmetric("blocks", 12, true));
    for (let i = 0; i < 12; i++) {
      expect(L.get(i, i)).toBe(1);
      for (let j = i + 1; j < 12; j++) {
        expect(L.get(i, j)).toBe(0);
        expect(D.get(i, j)).toBe(D.get(j, i));
        if (j > i + 1) expect(D.get(i, j)).toBe(0);
      }
      if (i > 1 && D.get(i, i - 1) !== 0) expect(D.get(i - 1, i - 2)).toBe(0);
    }
  });

  test("a matrix without a diagonal needs a pivot of two", () => {
    const factor = ldl([
      [0, 1],
      [1, 0],
    ]);
    expect(factor).toMatchObject({ status: "ok", inertia: { positive: 1, negative: 1, zero: 0 } });
    expect(factor.D.toRows()).toEqual([
      [0, 1],
      [1, 0],
    ]);
    expect([...ldlSolve(factor, [3, 5])]).toEqual([5, 3]);
  });

  test("solutions have a small residual, graded and ill-conditioned matrices included", () => {
    const matrices = [
      hilbert(9),
      graded("graded", 10, 2),
      ...Array.from({ length: 40 }, (_, k) => symmetric(`solve ${k}`, 1 + k, k % 2 === 0 && k > 1)),
    ];
    for (const A of matrices) {
      const factor = ldl(A);
      const n = A.rows;
      if (factor.status !== "ok") throw new Error(`pivot ${factor.pivot} of ${n}`);
      const b = normalMatrix("b", 1, n).data;
      const x = ldlSolve(factor, b);
      const size =
        Math.max(...A.data.map(Math.abs)) * Math.max(...x.map(Math.abs)) + Math.max(...b.map(Math.abs));
      expectClose(matVec(A, x), b, rounding(n), size);
    }
  });

  test("a singular matrix is an answer: the dependent row, the rank in the inertia, and factors all the same", () => {
    const X = normalMatrix("deficient", 7, 4);
    const A = multiply(X, transpose(X));
    const factor = ldl(A);
    expect(factor.status).toBe("singular");
    expect(factor.inertia).toEqual({ positive: 4, negative: 0, zero: 3 });
    expectClose(product(factor), permuted(A, factor), rounding(7));
    expect(ldl(new Matrix(3, 3))).toMatchObject({ status: "singular", pivot: 0, inertia: { zero: 3 } });
    expect(ldl([[0]])).toMatchObject({ status: "singular", pivot: 0 });
  });

  test("a small diagonal is not a singular one", () => {
    const factor = ldl([
      [1, 0, 0],
      [0, 1e-300, 0],
      [0, 0, -1e200],
    ]);
    expect(factor).toMatchObject({ status: "ok", inertia: { positive: 2, negative: 1, zero: 0 } });
    expectClose(ldlSolve(factor, [2, 3e-300, -4e200]), [2, 3, 4], rounding(1));
  });

  test("an empty matrix has empty factors", () => {
    expect(ldl(new Matrix(0, 0))).toMatchObject({
      status: "ok",
      inertia: { positive: 0, negative: 0, zero: 0 },
    });
  });

  test("many right sides have the bits of each by itself", () => {
    const factor = ldl(symmetric("many", 18));
    const B = normalMatrix("right", 18, 20);
    const X = ldlSolve(factor, B);
    for (let j = 0; j < 20; j++) expect(sameBits(ldlSolve(factor, B.column(j)), X.column(j))).toBe(true);
    expect(ldlSolve(factor, B, { out: B })).toBe(B);
    expect(sameBits(B, X)).toBe(true);
  });

  test("misuse is refused by name", () => {
    expect(() => ldl([[1, 2]])).toThrow("A must be square, got 1×2");
    expect(() => ldl([[Number.NaN]])).toThrow("A[0][0] must be finite, got NaN");
    const factor = ldl([[4]]);
    expect(() => ldlSolve(factor, [1, 2])).toThrow("b must have 1 entries, got 2");
    expect(() => ldlSolve({ ...factor, permutation: new Int32Array(3) }, [1])).toThrow(
      "factor.D must be 1×1 and factor.permutation have 1 entries",
    );
    expect(() => ldlSolve(ldl([[0]]), [1])).toThrow("factor.D must not be singular, got a zero at [0][0]");
  });
});
