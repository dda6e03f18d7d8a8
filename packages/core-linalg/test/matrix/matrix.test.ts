import { Matrix as MlMatrix } from "ml-matrix";
import { describe, expect, test } from "vitest";
import {
  add,
  Matrix,
  matVec,
  multiply,
  QuantError,
  quadraticForm,
  scale,
  subtract,
  symmetrize,
  toMatrix,
  toMlMatrix,
  transpose,
} from "../../src/index.ts";

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

  test("rows and columns are picked in any order, as often as wanted", () => {
    expect(A.selectRows([1, 0, 1]).toRows()).toEqual([
      [4, 5, 6],
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(A.selectColumns(Int32Array.of(2, 0)).toRows()).toEqual([
      [3, 1],
      [6, 4],
    ]);
    expect(A.selectRows([]).columns).toBe(3);
    expect(() => A.selectRows([0, 2])).toThrow("indices[1] must be an integer ≥ 0 and ≤ 1, got 2");
    expect(() => A.selectColumns([0.5])).toThrow("indices[0] must be an integer ≥ 0 and ≤ 2, got 0.5");
  });

  test("map makes a matrix of what a function says of each entry", () => {
    expect(A.map((value, row, column) => value + 10 * row + 100 * column).toRows()).toEqual([
      [1, 102, 203],
      [14, 115, 216],
    ]);
    expect(A.get(0, 0)).toBe(1);
  });

  test("more entries than memory holds are refused by name", () => {
    expect(() => Matrix.zeros(1e9, 1e9)).toThrow(
      "a matrix of 1000000000×1000000000 entries is more than memory holds",
    );
    expect(() => Matrix.identity(2 ** 40)).toThrow(QuantError);
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
    expect(() => toMatrix([[1, 2], [3]])).toThrow("matrix: row 1 has 1 entries, expected 2 as in row 0");
    expect(() => toMatrix([[1, "2" as never]])).toThrow('matrix[0][1] must be a number, got "2"');
    expect(() => multiply([[1]], [[1], [1, 2]])).toThrow("B: row 1 has 2 entries, expected 1 as in row 0");
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

describe("toMlMatrix", () => {
  test("is the way back, and a copy", () => {
    const there = toMlMatrix(A);
    expect(there).toBeInstanceOf(MlMatrix);
    expect(there.to2DArray()).toEqual(A.toRows());
    expect(toMatrix(there)).toEqual(A);
    there.set(0, 0, 99);
    expect(A.get(0, 0)).toBe(1);
    expect(toMlMatrix(new Matrix(0, 3)).columns).toBe(3);
  });
});

describe("add, subtract and scale", () => {
  test("work entry by entry, NaN included", () => {
    const B = [
      [1, 1, Number.NaN],
      [0, -5, 2],
    ];
    expect(add(A, B).toRows()).toEqual([
      [2, 3, Number.NaN],
      [4, 0, 8],
    ]);
    expect(subtract(A, B).toRows()).toEqual([
      [0, 1, Number.NaN],
      [4, 10, 4],
    ]);
    expect(scale([[1, -2]], -0.5).toRows()).toEqual([[-0.5, 1]]);
  });

  test("write over an argument where they are told", () => {
    const own = A.clone();
    expect(add(own, A, { out: own })).toBe(own);
    expect(own.toRows()).toEqual(scale(A, 2).toRows());
    subtract(A, own, { out: own });
    expect(own.toRows()).toEqual(scale(A, -1).toRows());
    expect(scale(own, -1, { out: own }).toRows()).toEqual(A.toRows());
  });

  test("refuse other shapes and what is no number", () => {
    expect(() => add(A, [[1]])).toThrow("B must have the shape of A, 2×3, got 1×1");
    expect(() => scale(A, "2" as never)).toThrow('factor must be a number, got "2"');
    expect(() => scale(A, 2, { out: new Matrix(3, 2) })).toThrow("out must be a Matrix of 2×3, got 3×2");
    expect(() => scale(A, 2, { out: [] as never })).toThrow("out must be a Matrix of 2×3, got Array(0)");
    expect(() => add(A, A, { into: A } as never)).toThrow("unknown option 'into'; known options: out");
  });
});

describe("products", () => {
  test("of any size have the bits of the sum from the first product to the last", () => {
    for (const [m, k, n] of [
      [3, 4, 5],
      [17, 300, 9],
      [40, 40, 40],
    ] as const) {
      const entry = (i: number, j: number): number => ((i * 7919 + j * 104729) % 1000) / 7 - 70;
      const B = new Matrix(m, k).map((_, i, j) => entry(i, j));
      const C = new Matrix(k, n).map((_, i, j) => entry(j, i));
      const product = multiply(B, C);
      for (let i = 0; i < m; i++) {
        for (let j = 0; j < n; j++) {
          let sum = 0;
          for (let t = 0; t < k; t++) sum += B.get(i, t) * C.get(t, j);
          expect(product.get(i, j)).toBe(sum);
        }
      }
    }
  });

  test("write where they are told, but not over their arguments", () => {
    const square = Matrix.fromRows([
      [1, 2],
      [3, 4],
    ]);
    const out = new Matrix(2, 2);
    expect(multiply(square, square, { out })).toBe(out);
    expect(out.toRows()).toEqual([
      [7, 10],
      [15, 22],
    ]);
    expect(transpose(square, { out }).get(0, 1)).toBe(3);
    expect(symmetrize(square, { out: square.clone() }).get(0, 1)).toBe(2.5);
    const v = new Float64Array(2);
    expect(matVec(square, [1, 1], { out: v })).toBe(v);
    expect([...v]).toEqual([3, 7]);
    expect(() => multiply(square, out, { out })).toThrow("out must not share its data with B");
    expect(() => transpose(square, { out: square })).toThrow("out must not share its data with A");
    expect(() => matVec(square, v, { out: v })).toThrow("out must not be x");
    expect(() => multiply(square, square, { out: new Matrix(2, 3) })).toThrow(
      "out must be a Matrix of 2×2, got 2×3",
    );
  });

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
