import { requireFiniteMatrix } from "../guards/matrices.ts";
import { requireInteger } from "../guards/numbers.ts";
import { requireKnownOptions } from "../guards/options.ts";
import { QuantError, show } from "../guards/quant-error.ts";
import { outputVector, requireFiniteVector, requireVector, type VectorLike } from "../guards/vectors.ts";
import { Matrix } from "../matrix/matrix.ts";
import type { OutVectorOptions } from "../matrix/multiply.ts";
import type { MatrixLike } from "../matrix/to-matrix.ts";
import { symmetricTimesVector, timesVector, transposeTimesVector } from "./products.ts";
import { orderedCopy } from "./require-columns.ts";
import type { SparseColumns } from "./sparse-columns.ts";

/** Row, column and value of one entry. */
export type Triplet = readonly [row: number, column: number, value: number];

/**
 * A sparse matrix compressed by column: column j holds the entries columnPointers[j] … columnPointers[j + 1] − 1, each
 * a row index (ascending within the column) and a finite value. Entries that are stored but zero stay: they are places
 * for later values.
 */
export class CscMatrix implements SparseColumns {
  readonly rows: number;
  readonly columns: number;
  readonly columnPointers: Int32Array;
  readonly rowIndices: Int32Array;
  readonly values: Float64Array;

  private constructor({ rows, columns, columnPointers, rowIndices, values }: SparseColumns) {
    this.rows = rows;
    this.columns = columns;
    this.columnPointers = columnPointers;
    this.rowIndices = rowIndices;
    this.values = values;
  }

  /**
   * A checked copy of the fields, the rows of every column put in ascending order.
   *
   * @throws QuantError "shape" for pointers or lengths that do not fit, "data" for a row out of range or an entry given
   *   twice, "not-finite" for a value that is not finite.
   */
  static of(fields: SparseColumns, name = "fields"): CscMatrix {
    return new CscMatrix(orderedCopy(name, fields));
  }

  /**
   * From entries in any order; those of one place are added up, in the order given.
   *
   * @throws QuantError "data" for an entry outside the matrix or that is no triplet, "not-finite" for a value that is
   *   not finite.
   */
  static fromTriplets(rows: number, columns: number, triplets: readonly Triplet[]): CscMatrix {
    requireInteger("rows", rows, 0);
    requireInteger("columns", columns, 0);
    if (!Array.isArray(triplets)) {
      throw new QuantError("shape", `triplets must be an array, got ${show(triplets)}`, {
        argument: "triplets",
      });
    }
    for (const [k, triplet] of triplets.entries()) requireTriplet(triplet, k, rows, columns);
    const order = new Int32Array(triplets.length);
    for (let k = 0; k < order.length; k++) order[k] = k;
    order.sort((a, b) => {
      const [rowA, columnA] = triplets[a]!;
      const [rowB, columnB] = triplets[b]!;
      return columnA - columnB || rowA - rowB || a - b;
    });
    const pointers = new Int32Array(columns + 1);
    const rowIndices: number[] = [];
    const values: number[] = [];
    let last: Triplet | undefined;
    for (const k of order) {
      const triplet = triplets[k]!;
      const [row, column, value] = triplet;
      if (last !== undefined && last[0] === row && last[1] === column) values[values.length - 1]! += value;
      else {
        rowIndices.push(row);
        values.push(value);
        pointers[column + 1]!++;
      }
      last = triplet;
    }
    for (let j = 0; j < columns; j++) pointers[j + 1]! += pointers[j]!;
    return new CscMatrix({
      rows,
      columns,
      columnPointers: pointers,
      rowIndices: Int32Array.from(rowIndices),
      values: Float64Array.from(values),
    });
  }

  /** The entries of a dense matrix that are not zero. @throws QuantError "not-finite" for one that is not finite. */
  static fromDense(A: MatrixLike, name = "A"): CscMatrix {
    const { rows, columns, data } = requireFiniteMatrix(name, A);
    const columnPointers = new Int32Array(columns + 1);
    for (let j = 0; j < columns; j++) {
      let count = 0;
      for (let i = 0; i < rows; i++) if (data[i * columns + j] !== 0) count++;
      columnPointers[j + 1] = columnPointers[j]! + count;
    }
    const rowIndices = new Int32Array(columnPointers[columns]!);
    const values = new Float64Array(rowIndices.length);
    let k = 0;
    for (let j = 0; j < columns; j++) {
      for (let i = 0; i < rows; i++) {
        const value = data[i * columns + j]!;
        if (value === 0) continue;
        rowIndices[k] = i;
        values[k++] = value;
      }
    }
    return new CscMatrix({ rows, columns, columnPointers, rowIndices, values });
  }

  /** The transpose. */
  transpose(): CscMatrix {
    const { rows, columns, columnPointers, rowIndices, values } = this;
    const pointers = new Int32Array(rows + 1);
    for (const row of rowIndices) pointers[row + 1]!++;
    for (let i = 0; i < rows; i++) pointers[i + 1]! += pointers[i]!;
    const next = pointers.slice(0, rows);
    const transposed = {
      rows: columns,
      columns: rows,
      columnPointers: pointers,
      rowIndices: new Int32Array(rowIndices.length),
      values: new Float64Array(values.length),
    };
    for (let j = 0; j < columns; j++) {
      for (let k = columnPointers[j]!; k < columnPointers[j + 1]!; k++) {
        const at = next[rowIndices[k]!]!++;
        transposed.rowIndices[at] = j;
        transposed.values[at] = values[k]!;
      }
    }
    return new CscMatrix(transposed);
  }

  /** The entries on and above the diagonal. */
  upperTriangle(): CscMatrix {
    const { rows, columns, columnPointers, rowIndices, values } = this;
    const pointers = new Int32Array(columns + 1);
    const keptRows = new Int32Array(rowIndices.length);
    const keptValues = new Float64Array(values.length);
    let kept = 0;
    for (let j = 0; j < columns; j++) {
      for (let k = columnPointers[j]!; k < columnPointers[j + 1]! && rowIndices[k]! <= j; k++) {
        keptRows[kept] = rowIndices[k]!;
        keptValues[kept++] = values[k]!;
      }
      pointers[j + 1] = kept;
    }
    return new CscMatrix({
      rows,
      columns,
      columnPointers: pointers,
      rowIndices: keptRows.slice(0, kept),
      values: keptValues.slice(0, kept),
    });
  }

  /** The product Ax, for x of as many entries as there are columns; `out` must not be x. NaN propagates. */
  multiply(x: VectorLike, options: OutVectorOptions = {}): Float64Array {
    requireKnownOptions(options, ["out"]);
    const v = requireVector("x", x, this.columns);
    const result = separateVector(options.out, this.rows, v);
    timesVector(this, v, result);
    return result;
  }

  /** The product Aᵀx, for x of as many entries as there are rows; `out` must not be x. NaN propagates. */
  multiplyTransposed(x: VectorLike, options: OutVectorOptions = {}): Float64Array {
    requireKnownOptions(options, ["out"]);
    const v = requireVector("x", x, this.rows);
    const result = separateVector(options.out, this.columns, v);
    transposeTimesVector(this, v, result);
    return result;
  }

  /** The product Kx of the symmetric K of which this is the upper triangle; `out` must not be x. NaN propagates. */
  multiplySymmetric(x: VectorLike, options: OutVectorOptions = {}): Float64Array {
    requireKnownOptions(options, ["out"]);
    const v = requireVector("x", x, this.columns);
    const result = separateVector(options.out, this.rows, v);
    symmetricTimesVector(this, v, result);
    return result;
  }

  /** The same pattern with other values, in the order of these. @throws QuantError for another number of them. */
  withValues(values: VectorLike): CscMatrix {
    const given = requireFiniteVector("values", values, this.values.length).slice();
    return new CscMatrix({ ...this, values: given });
  }

  toDense(): Matrix {
    const dense = new Matrix(this.rows, this.columns);
    for (let j = 0; j < this.columns; j++) {
      for (let k = this.columnPointers[j]!; k < this.columnPointers[j + 1]!; k++) {
        dense.data[this.rowIndices[k]! * this.columns + j] = this.values[k]!;
      }
    }
    return dense;
  }
}

function separateVector(out: Float64Array | undefined, length: number, x: Float64Array): Float64Array {
  const result = outputVector(out, length);
  if (result === x) throw new QuantError("data", "out must not be x", { argument: "out" });
  return result;
}

function requireTriplet(triplet: Triplet, k: number, rows: number, columns: number): void {
  if (!Array.isArray(triplet) || triplet.length !== 3) {
    throw new QuantError("data", `triplets[${k}] must be [row, column, value], got ${show(triplet)}`, {
      index: k,
    });
  }
  const [row, column, value] = triplet;
  const inside =
    Number.isInteger(row) &&
    Number.isInteger(column) &&
    row >= 0 &&
    column >= 0 &&
    row < rows &&
    column < columns;
  if (!inside) {
    throw new QuantError(
      "data",
      `triplets[${k}] must lie within ${rows}×${columns}, got [${show(row)}][${show(column)}]`,
      { index: k, row, column },
    );
  }
  if (Number.isFinite(value)) return;
  throw new QuantError("not-finite", `triplets[${k}] must have a finite value, got ${show(value)}`, {
    index: k,
    value,
  });
}
