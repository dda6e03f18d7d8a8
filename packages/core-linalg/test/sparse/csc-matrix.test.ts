import { Matrix as MlMatrix } from "ml-matrix";
import { describe, expect, test } from "vitest";
import { CscMatrix } from "../../src/index.ts";

const A = CscMatrix.fromDense([
  [1, 0, 2],
  [0, 0, 3],
]);

describe("CscMatrix", () => {
  test("holds the entries that are not zero, column by column", () => {
    expect([...A.columnPointers]).toEqual([0, 1, 1, 3]);
    expect([...A.rowIndices]).toEqual([0, 0, 1]);
    expect([...A.values]).toEqual([1, 2, 3]);
    expect(
      CscMatrix.fromDense(new MlMatrix([[0, 4]]))
        .toDense()
        .toRows(),
    ).toEqual([[0, 4]]);
  });

  test("fields are copied, and rows put in order", () => {
    const fields = {
      rows: 3,
      columns: 1,
      columnPointers: Int32Array.of(0, 3),
      rowIndices: Int32Array.of(2, 0, 1),
      values: Float64Array.of(3, 1, 2),
    };
    const sorted = CscMatrix.of(fields);
    expect([...sorted.rowIndices]).toEqual([0, 1, 2]);
    expect([...sorted.values]).toEqual([1, 2, 3]);
    expect([...fields.rowIndices]).toEqual([2, 0, 1]);
    fields.values[0] = 99;
    expect(sorted.values[2]).toBe(3);
  });

  test("triplets of one place are added up, and a stored zero stays", () => {
    const summed = CscMatrix.fromTriplets(2, 2, [
      [1, 1, 5],
      [0, 1, 0],
      [1, 1, -2],
    ]);
    expect([...summed.values]).toEqual([0, 3]);
    expect(summed.toDense().toRows()).toEqual([
      [0, 0],
      [0, 3],
    ]);
  });

  test("products write where they are told, but not over their own argument", () => {
    expect([...A.multiply([1, 2, 3])]).toEqual([7, 9]);
    expect([...A.multiplyTransposed([1, 2])]).toEqual([1, 0, 8]);
    const out = new Float64Array(2);
    expect(A.multiply([1, 2, 3], { out })).toBe(out);
    const x = Float64Array.of(1, 2);
    const square = CscMatrix.fromDense([
      [1, 5],
      [0, 2],
    ]);
    expect(() => square.multiply(x, { out: x })).toThrow("out must not be x");
    expect([...square.multiplySymmetric(x)]).toEqual([11, 9]);
  });

  test("NaN in a vector propagates along its column only", () => {
    expect([...A.multiply([1, Number.NaN, 3])]).toEqual([7, 9]);
    expect([...A.multiply([Number.NaN, 2, 3])]).toEqual([Number.NaN, 9]);
  });

  test("other values take the pattern over", () => {
    const other = A.withValues([4, 5, 6]);
    expect(other.toDense().toRows()).toEqual([
      [4, 0, 5],
      [0, 0, 6],
    ]);
    expect([...A.values]).toEqual([1, 2, 3]);
    expect(() => A.withValues([1])).toThrow("values must have 3 entries, got 1");
  });

  test("broken fields are refused by name", () => {
    const good = {
      rows: 2,
      columns: 2,
      columnPointers: Int32Array.of(0, 1, 2),
      rowIndices: Int32Array.of(0, 1),
      values: Float64Array.of(1, 2),
    };
    const bad = (fields: object) => () => CscMatrix.of({ ...good, ...fields } as never, "A");
    expect(bad({ columnPointers: Int32Array.of(0, 2, 1) })).toThrow(
      "A.columnPointers must hold 3 ascending positions from 0 to the number of entries",
    );
    expect(bad({ columnPointers: Int32Array.of(0, 1, 9) })).toThrow(/ascending positions/);
    expect(bad({ columnPointers: Int32Array.of(1, 1, 2) })).toThrow(/ascending positions/);
    expect(bad({ columnPointers: [0, 0.5, 2] })).toThrow(/ascending positions/);
    expect(bad({ columnPointers: Int32Array.of(0, 2) })).toThrow(/ascending positions/);
    expect(bad({ rowIndices: Int32Array.of(0, 2) })).toThrow("A has row 2 in column 1, but 2 rows");
    expect(bad({ rowIndices: Int32Array.of(-1, 1) })).toThrow("A has row -1 in column 0, but 2 rows");
    expect(bad({ rowIndices: [0.5, 1] })).toThrow("A has row 0.5 in column 0, but 2 rows");
    expect(bad({ columnPointers: Int32Array.of(0, 2, 2), rowIndices: Int32Array.of(1, 1) })).toThrow(
      "A has entry [1][0] twice",
    );
    expect(bad({ values: Float64Array.of(1, Number.NaN) })).toThrow("A[1][1] must be finite, got NaN");
    expect(bad({ rows: -1 })).toThrow("A.rows must be an integer ≥ 0, got -1");
    expect(bad({ values: 7 })).toThrow("A.values must be an array of numbers, got 7");
    expect(() => CscMatrix.of(null as never)).toThrow(
      "fields must be a matrix compressed by column, got null",
    );
  });

  test("triplets outside, broken or not finite are refused by name", () => {
    const make = (triplet: unknown) => () => CscMatrix.fromTriplets(2, 2, [[0, 0, 1], triplet] as never);
    expect(make([2, 0, 1])).toThrow("triplets[1] must lie within 2×2, got [2][0]");
    expect(make([0, 0.5, 1])).toThrow("triplets[1] must lie within 2×2, got [0][0.5]");
    expect(make([0, 0])).toThrow("triplets[1] must be [row, column, value], got Array(2)");
    expect(make([0, 0, Number.POSITIVE_INFINITY])).toThrow(
      "triplets[1] must have a finite value, got Infinity",
    );
    expect(make([0, 0, "1"])).toThrow('triplets[1] must have a finite value, got "1"');
    expect(() => CscMatrix.fromTriplets(2, 2, 5 as never)).toThrow("triplets must be an array, got 5");
    expect(() => CscMatrix.fromTriplets(2.5, 2, [])).toThrow("rows must be an integer ≥ 0, got 2.5");
    expect(() => CscMatrix.fromDense([[1, Number.NaN]])).toThrow("A[0][1] must be finite, got NaN");
  });
});
