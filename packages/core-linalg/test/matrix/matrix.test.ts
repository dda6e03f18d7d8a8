import { Matrix as MlMatrix } from "ml-matrix";
import { describe, expect, test } from "vitest";
import { Matrix, matVec, multiply, quadraticForm, symmetrize, toMatrix, transpose } from "../../src/index.ts";

const A = Matrix.fromRows([
  [1, 2, 3],
  [4, 5, 6],
]);

describe("Matrix", () => {
  test("entries lie row by row", () => {
    expect(Array.from(A.data)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(A.get(1, 0)).toBe(4);
    expect(Array.from(A.row(1))).toEqual([4, 5, 6]);
    expect(Array.from(A.column(2))).toEqual([3, 6]);
    expect(Matrix.identity(2).toRows()).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });

  test("rows and columns are copies", () => {
    A.row(0)[0] = 99;
    A.column(0)[0] = 99;
    A.clone().set(0, 0, 99);
    expect(A.get(0, 0)).toBe(1);
  });

  test("indices outside are refused", () => {
    expect(() => A.get(2, 0)).toThrow("row must be an integer ≥ 0 and ≤ 1, got 2");
    expect(() => A.set(0, 1.5, 0)).toThrow("column must be an integer ≥ 0 and ≤ 2, got 1.5");
    expect(() => new Matrix(2, 2, new Float64Array(3))).toThrow(
      "data must be a Float64Array of 2×2 = 4 entries",
    );
  });
});

describe("toMatrix", () => {
  test("takes nested arrays, typed rows, ml-matrix and look-alikes", () => {
    const rows = A.toRows();
    for (const like of [rows, rows.map((row) => Float64Array.from(row)), new MlMatrix(rows)]) {
      expect(toMatrix(like).toRows()).toEqual(rows);
    }
    expect(toMatrix(A)).toBe(A);
    const twin = { rows: 1, columns: 2, data: Float64Array.of(7, 8) };
    expect(toMatrix(twin as unknown as Matrix).toRows()).toEqual([[7, 8]]);
  });

  test("says what it got instead", () => {
    expect(() => toMatrix([[1, 2], [3]])).toThrow("row 1 has 1 entries, expected 2 as in row 0");
    expect(() => toMatrix([[1, "2" as never]])).toThrow('matrix[0][1] must be a number, got "2"');
    expect(() => multiply([[1]], [[1], [1, 2]])).toThrow("row 1 has 2 entries, expected 1 as in row 0");
    expect(() => toMatrix(5 as never, "covariance")).toThrow(/covariance must be a matrix .* got 5/);
    expect(() => toMatrix(null as never)).toThrow(/got null/);
    const holes = { rows: 1, columns: 1, get: () => "x" };
    expect(() => toMatrix(holes as never, "X")).toThrow('X[0][0] must be a number, got "x"');
    expect(() => Matrix.fromRows(null as never)).toThrow("rows must be an array of rows, got null");
  });

  test("a hole in the array of rows is no row of zeros", () => {
    const rows: number[][] = [[1, 2]];
    rows[2] = [3, 4];
    expect(() => toMatrix(rows, "prices")).toThrow("prices[1] must be a row of numbers, got undefined");
  });
});

describe("products", () => {
  test("are those of linear algebra", () => {
    expect(multiply(A, transpose(A)).toRows()).toEqual([
      [14, 32],
      [32, 77],
    ]);
    expect(Array.from(matVec(A, [1, 0, -1]))).toEqual([-2, -2]);
    expect(
      quadraticForm(
        [
          [2, 1],
          [1, 3],
        ],
        [1, -1],
      ),
    ).toBe(3);
    expect(
      symmetrize([
        [1, 2],
        [4, 1],
      ]).toRows(),
    ).toEqual([
      [1, 3],
      [3, 1],
    ]);
  });

  test("refuse shapes that do not fit", () => {
    expect(() => multiply(A, A)).toThrow("A has 3 columns but B has 2 rows; a product needs them equal");
    expect(() => matVec(A, [1, 2])).toThrow("x must have 3 entries, got 2");
    expect(() => quadraticForm(A, [1, 2])).toThrow("A must be square, got 2×3");
  });
});
