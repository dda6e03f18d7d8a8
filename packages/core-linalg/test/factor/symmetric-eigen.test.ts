import { expectClose, rounding, sameBits } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  createRandom,
  Matrix,
  multiply,
  type SymmetricEigen,
  symmetricEigen,
  symmetricEigenvalues,
  transpose,
} from "../../src/index.ts";

/** VΛVᵀ and VᵀV. */
function rebuilt({ values, vectors }: SymmetricEigen): { A: Matrix; gram: Matrix } {
  const n = values.length;
  const scaled = new Matrix(
    n,
    n,
    vectors.data.map((v, k) => v * values[k % n]!),
  );
  return { A: multiply(scaled, transpose(vectors)), gram: multiply(transpose(vectors), vectors) };
}

function randomSymmetric(seed: string, n: number): Matrix {
  const A = new Matrix(n, n, createRandom(seed).fillNormal(new Float64Array(n * n)));
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) A.set(j, i, A.get(i, j));
  return A;
}

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
    expectClose(values[0]!, 0, rounding(2), 1e308);
    expect(values[1]).toBe(Number.POSITIVE_INFINITY); // 2e308
    expectClose(vectors.data.map(Math.abs), new Float64Array(4).fill(Math.SQRT1_2), rounding(2));
  });

  test("gives the matrix back, from orthonormal vectors, whatever its size", () => {
    for (const n of [1, 2, 3, 5, 8, 17, 40, 101]) {
      const A = randomSymmetric(`eigen ${n}`, n);
      const found = symmetricEigen(A);
      const { A: back, gram } = rebuilt(found);
      const norm = Math.max(...found.values.map(Math.abs));
      expectClose(back.data, A.data, rounding(n, 2), norm);
      expectClose(gram.data, Matrix.identity(n).data, rounding(n, 2), 1);
      expect(Array.from(found.values)).toEqual(Array.from(found.values).sort((a, b) => a - b));
    }
  });

  test("the second difference matrix has the eigenvalues of the textbook", () => {
    const n = 30;
    const A = Matrix.zeros(n, n);
    for (let i = 0; i < n; i++) {
      A.set(i, i, 2);
      if (i > 0) {
        A.set(i, i - 1, -1);
        A.set(i - 1, i, -1);
      }
    }
    const exact = Array.from({ length: n }, (_, k) => 4 * Math.sin(((k + 1) * Math.PI) / (2 * (n + 1))) ** 2);
    expectClose(symmetricEigenvalues(A), exact, rounding(n), 4);
  });

  test("repeated, zero and diagonal spectra are exact", () => {
    expect(Array.from(symmetricEigenvalues(Matrix.identity(9)))).toEqual(new Array(9).fill(1));
    expect(Array.from(symmetricEigenvalues(Matrix.zeros(9, 9)))).toEqual(new Array(9).fill(0));
    const diagonal = Matrix.zeros(4, 4);
    [3, -1, 0, 2].forEach((v, i) => {
      diagonal.set(i, i, v);
    });
    const { values, vectors } = symmetricEigen(diagonal);
    expect(Array.from(values)).toEqual([-1, 0, 2, 3]);
    expect(vectors.toRows().map((row) => Array.from(row))).toEqual([
      [0, 0, 0, 1],
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 1, 0],
    ]);
    const ones = new Matrix(12, 12, new Float64Array(144).fill(1));
    expectClose(symmetricEigenvalues(ones), [...new Array(11).fill(0), 12], rounding(12), 12);
  });

  test("a block of 1e-310 beside one near 1 settles", () => {
    const A = randomSymmetric("graded", 6);
    for (let i = 0; i < 6; i++) for (let j = 0; j < 6; j++) if (i > 2 !== j > 2) A.set(i, j, 0);
    for (let i = 3; i < 6; i++) for (let j = 3; j < 6; j++) A.set(i, j, A.get(i, j) * 1e-310);
    const values = symmetricEigenvalues(A);
    expect(values.filter((value) => Math.abs(value) < 1e-300).length).toBe(3);
    expect(values.some(Number.isNaN)).toBe(false);
  });

  test("nothing is no spectrum", () => {
    expect(symmetricEigen([]).values.length).toBe(0);
    expect(symmetricEigenvalues(new Matrix(0, 0)).length).toBe(0);
  });

  test("the values alone have the bits of the values with vectors", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 24 }), fc.string(), (n, seed) => {
        const A = randomSymmetric(seed, n);
        expect(sameBits(symmetricEigenvalues(A), symmetricEigen(A).values)).toBe(true);
      }),
    );
  });

  test("a matrix that is not symmetric is refused by name", () => {
    expect(() =>
      symmetricEigenvalues([
        [1, 2],
        [3, 4],
      ]),
    ).toThrow(/A must be symmetric/);
    expect(() =>
      symmetricEigen([
        [1, Number.NaN],
        [Number.NaN, 1],
      ]),
    ).toThrow(/A/);
  });
});
