import { expectClose, returnRows, rounding, sameBits } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  cholesky,
  choleskyCondition,
  choleskyDowndate,
  choleskyInverse,
  choleskySolve,
  choleskyUpdate,
  conditionNumber,
  Matrix,
  multiply,
  sampleCovariance,
  transpose,
} from "../../src/index.ts";
import { graded, hilbert, normalMatrix } from "./nasty.ts";

function factorOf(A: Matrix): Matrix {
  const factor = cholesky(A);
  if (factor.status !== "ok") throw new Error(`pivot ${factor.pivot} of ${A.rows}`);
  return factor.L;
}

/** (A − LLᵀ)_ij ÷ √(a_ii a_jj): how far the factor's matrix is, entry by entry, whatever the grading. */
function residual(A: Matrix): Float64Array {
  const L = factorOf(A);
  const product = multiply(L, transpose(L));
  return A.map((a, i, j) => (a - product.get(i, j)) / Math.sqrt(A.get(i, i) * A.get(j, j))).data;
}

/** A well-conditioned covariance of n assets. */
function covarianceOf(seed: string, n: number): Matrix {
  return sampleCovariance(normalMatrix(seed, 2 * n + 1, n)).covariance;
}

describe("cholesky", () => {
  test("LLᵀ gives the matrix back within 8nε of every entry's own scale: random, graded, Hilbert", () => {
    const cases = [
      ...[1, 2, 5, 8, 33, 100, 200, 301].map((n) => covarianceOf(`residual ${n}`, n)),
      ...[3, 8, 20, 60].map((n) => graded(`graded ${n}`, n, n > 20 ? 1 : 2)),
      ...[2, 4, 8, 11].map(hilbert),
    ];
    for (const A of cases) {
      expectClose(residual(A), new Float64Array(A.data.length), rounding(A.rows), 1);
    }
  });

  test("L has zeros above its diagonal and positive numbers on it", () => {
    for (const n of [5, 30]) {
      const L = factorOf(covarianceOf("zeros", n));
      for (let i = 0; i < n; i++) {
        expect(L.get(i, i)).toBeGreaterThan(0);
        for (let j = i + 1; j < n; j++) expect(L.get(i, j)).toBe(0);
      }
    }
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

  test("a covariance of fewer days than assets is singular, and not before there are too many assets", () => {
    for (const [days, assets] of [
      [5, 9],
      [20, 31],
      [60, 64],
    ] as const) {
      const { covariance } = sampleCovariance(normalMatrix(`days ${days}`, days, assets));
      const factor = cholesky(covariance);
      expect(factor.status === "ok" ? Number.NaN : factor.pivot).toBeGreaterThanOrEqual(days - 1);
    }
  });

  test("Hilbert's matrix of 20 has no factor in doubles", () => {
    expect(cholesky(hilbert(20)).status).toBe("not-positive-definite");
  });

  test("scales from 1e-150 to 1e150 do not matter", () => {
    for (const scale of [1e-150, 1, 1e150]) {
      expect(
        cholesky([
          [4 * scale, 2 * scale],
          [2 * scale, 3 * scale],
        ]).status,
      ).toBe("ok");
      expectClose(
        residual(covarianceOf("scale", 12).map((v) => v * scale)),
        new Float64Array(144),
        rounding(12),
        1,
      );
    }
  });

  test("an asymmetry of rounding is taken, and the lower triangle read", () => {
    for (const n of [4, 12]) {
      const A = covarianceOf("crooked", n);
      const crooked = A.map((v, i, j) => (i < j ? v * (1 + 8 * Number.EPSILON) : v));
      expect(sameBits(factorOf(crooked), factorOf(A))).toBe(true);
    }
  });

  test("writes into out, over the matrix itself too", () => {
    for (const n of [5, 20]) {
      const A = covarianceOf("out", n);
      const L = factorOf(A);
      const out = new Matrix(n, n, new Float64Array(n * n).fill(7));
      const given = cholesky(A, { out });
      expect(given.status === "ok" && given.L).toBe(out);
      expect(sameBits(out, L)).toBe(true);
      const own = A.clone();
      cholesky(own, { out: own });
      expect(sameBits(own, L)).toBe(true);
    }
  });

  test("a matrix that is not square, symmetric or finite is refused, small or large", () => {
    expect(() => cholesky([[1, 2]])).toThrow("A must be square, got 1×2");
    expect(() =>
      cholesky([
        [1, 0.5],
        [0.4, 1],
      ]),
    ).toThrow(/A must be symmetric, but \[1\]\[0\] and \[0\]\[1\] differ/);
    expect(() => cholesky([[Number.POSITIVE_INFINITY]])).toThrow("A[0][0] must be finite, got Infinity");
    const large = Matrix.identity(20);
    large.set(17, 3, 0.5);
    expect(() => cholesky(large)).toThrow(
      /A must be symmetric, but \[17\]\[3\] and \[3\]\[17\] differ by 0.5/,
    );
    large.set(3, 17, Number.NaN);
    expect(() => cholesky(large)).toThrow("A[3][17] must be finite, got NaN");
    expect(() => cholesky([[1]], { out: new Matrix(2, 2) })).toThrow("out must be a Matrix of 1×1, got 2×2");
    expect(() => cholesky([[1]], { output: 1 } as never)).toThrow("unknown option 'output'");
  });
});

describe("choleskySolve", () => {
  test("solves", () => {
    fc.assert(
      fc.property(returnRows({ min: 20, max: 30 }, { min: 1, max: 9 }), (rows) => {
        const n = rows[0]!.length;
        const A = sampleCovariance(rows).covariance;
        for (let i = 0; i < n; i++) A.data[i * n + i]! += 0.1;
        const wanted = Float64Array.from({ length: n }, (_, i) => i + 1);
        const b = multiply(A, Matrix.fromRows(Array.from(wanted, (v) => [v]))).data;
        expectClose(choleskySolve(factorOf(A), b), wanted, rounding(100));
      }),
    );
  });

  test("many right sides have the bits of each by itself", () => {
    for (const [n, m] of [
      [3, 2],
      [20, 33],
    ] as const) {
      const L = factorOf(covarianceOf("many", n));
      const B = normalMatrix("right", n, m);
      const X = choleskySolve(L, B);
      expect([X.rows, X.columns]).toEqual([n, m]);
      for (let j = 0; j < m; j++) expect(sameBits(choleskySolve(L, B.column(j)), X.column(j))).toBe(true);
      const own = B.clone();
      expect(choleskySolve(L, own, { out: own })).toBe(own);
      expect(sameBits(own, X)).toBe(true);
    }
  });

  test("NaN on the right stays in its own column", () => {
    const L = factorOf(covarianceOf("nan", 4));
    const B = normalMatrix("nan", 4, 3);
    B.set(2, 1, Number.NaN);
    const X = choleskySolve(L, B);
    expect(X.column(1).every(Number.isNaN)).toBe(true);
    expect(X.column(0).every(Number.isFinite) && X.column(2).every(Number.isFinite)).toBe(true);
  });

  test("a zero on the factor's diagonal, a wrong length and a wrong out are refused", () => {
    const L = [
      [1, 0],
      [1, 0],
    ];
    expect(() => choleskySolve(L, [1, 2])).toThrow("L[1][1] must not be zero: LLᵀ is singular");
    expect(() => choleskySolve([[1]], [1, 2])).toThrow("b must have 1 entries, got 2");
    expect(() => choleskySolve([[1]], [[1], [2]])).toThrow("b must have 1 rows, got 2");
    expect(() => choleskySolve([[1]], [1], { out: new Float64Array(2) })).toThrow(
      "out must be a Float64Array of 1 entries, got Float64Array(2)",
    );
    expect(() => choleskySolve([[1]], [[1, 2]], { out: new Matrix(1, 1) })).toThrow(
      "out must be a Matrix of 1×2, got 1×1",
    );
    expect(() => choleskySolve([[Number.NaN]], [1])).toThrow("L[0][0] must be finite, got NaN");
  });
});

describe("choleskyInverse", () => {
  test("is the inverse, and symmetric to the bit", () => {
    for (const n of [1, 4, 25]) {
      const A = covarianceOf(`inverse ${n}`, n);
      const inverse = choleskyInverse(factorOf(A));
      expect(sameBits(inverse, transpose(inverse))).toBe(true);
      expectClose(multiply(A, inverse), Matrix.identity(n), rounding(n, 8 * conditionNumber(A)));
    }
  });
});

describe("choleskyUpdate and choleskyDowndate", () => {
  test("are the factors of LLᵀ ± xxᵀ, and undo each other", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.nat(),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        (n, k, size) => {
          const A = covarianceOf(`update ${k}`, n);
          const L = factorOf(A);
          const x = normalMatrix(`x ${k}`, 1, n).data.map((v) => v * size);
          const up = choleskyUpdate(L, x);
          const wanted = A.map((a, i, j) => a + x[i]! * x[j]!);
          expectClose(multiply(up, transpose(up)), wanted, rounding(n));
          const down = choleskyDowndate(up, x);
          if (down.status !== "ok") {
            // what is left of (L + xxᵀ) after x is below rounding only if x was everything
            expect(size * size).toBeGreaterThan(1e3);
            return;
          }
          expectClose(multiply(down.L, transpose(down.L)), A, rounding(n), Math.max(...wanted.data));
        },
      ),
      { numRuns: 300 },
    );
  });

  test("a downdate that leaves nothing positive names the row", () => {
    const L = Matrix.identity(3);
    expect(choleskyDowndate(L, [0.6, 0.8, 0])).toEqual({ status: "not-positive-definite", pivot: 1 });
    expect(choleskyDowndate(L, [0, 0, 2])).toEqual({ status: "not-positive-definite", pivot: 2 });
    expect(choleskyDowndate(L, [0.6, 0.7, 0]).status).toBe("ok");
  });

  test("write over their own factor", () => {
    const L = factorOf(covarianceOf("own", 6));
    const x = Float64Array.of(1, -2, 3, 0, 1, 2);
    const fresh = choleskyUpdate(L, x);
    const own = L.clone();
    expect(choleskyUpdate(own, x, { out: own })).toBe(own);
    expect(sameBits(own, fresh)).toBe(true);
    const back = choleskyDowndate(own, x, { out: own });
    expect(back.status === "ok" && back.L).toBe(own);
  });

  test("squares beyond the doubles are no trouble", () => {
    const up = choleskyUpdate([[3e200]], [4e200]);
    expectClose(up.data, [5e200], rounding(1));
  });

  test("misuse is refused by name", () => {
    expect(() => choleskyUpdate([[1]], [1, 2])).toThrow("x must have 1 entries, got 2");
    expect(() => choleskyDowndate([[1]], [Number.NaN])).toThrow("x[0] must be finite, got NaN");
    expect(() => choleskyUpdate([[0]], [1])).toThrow("L[0][0] must not be zero");
  });
});

describe("choleskyCondition", () => {
  /** ‖A‖₁ ‖A⁻¹‖₁ from the inverse itself. */
  function oneNormCondition(A: Matrix): number {
    const norm = (B: Matrix) =>
      Math.max(
        ...Array.from({ length: B.rows }, (_, j) => B.column(j).reduce((sum, v) => sum + Math.abs(v), 0)),
      );
    return norm(A) * norm(choleskyInverse(factorOf(A)));
  }

  test("is never above the condition in the 1-norm, and hardly ever below a third of it", () => {
    let poor = 0;
    for (let k = 0; k < 300; k++) {
      const n = 1 + (k % 40);
      const A = k % 3 === 0 ? graded(`condition ${k}`, n, n > 8 ? 0 : 1) : covarianceOf(`condition ${k}`, n);
      const ratio = choleskyCondition(factorOf(A)) / oneNormCondition(A);
      expect(ratio).toBeLessThan(1 + rounding(n, 64).relative * conditionNumber(A));
      if (ratio < 1 / 3) poor++;
    }
    expect(poor).toBeLessThan(6);
  });

  test("of nothing is NaN", () => {
    expect(choleskyCondition(new Matrix(0, 0))).toBeNaN();
  });
});
