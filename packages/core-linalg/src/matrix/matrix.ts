import { requireInteger } from "../guards/numbers.ts";
import { QuantError, show } from "../guards/quant-error.ts";

function isRow(row: unknown): row is ArrayLike<number> {
  return Array.isArray(row) || (ArrayBuffer.isView(row) && "length" in row);
}

/** The entry of the matrix called `name`, if it is a number. */
export function requireEntry(name: string, row: number, column: number, value: unknown): number {
  if (typeof value === "number") return value;
  throw new QuantError("data", `${name}[${row}][${column}] must be a number, got ${show(value)}`, {
    argument: name,
    row,
    column,
    value,
  });
}

/**
 * A dense matrix of doubles, flat and row-major: entry (i, j) is `data[i * columns + j]`. A panel of returns
 * is time × assets. The fields are public on purpose: hot loops read `data` directly.
 */
export class Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;

  /** Wraps `data` without copying it; without `data` the entries are zero. */
  constructor(rows: number, columns: number, data?: Float64Array) {
    this.rows = requireInteger("rows", rows, 0);
    this.columns = requireInteger("columns", columns, 0);
    if (data !== undefined && (!(data instanceof Float64Array) || data.length !== rows * columns)) {
      throw new QuantError(
        "shape",
        `data must be a Float64Array of ${rows}×${columns} = ${rows * columns} entries, got ${show(data)}`,
        { rows, columns },
      );
    }
    this.data = data ?? new Float64Array(rows * columns);
  }

  static zeros(rows: number, columns: number): Matrix {
    return new Matrix(rows, columns);
  }

  static identity(size: number): Matrix {
    const matrix = new Matrix(size, size);
    for (let i = 0; i < size; i++) matrix.data[i * size + i] = 1;
    return matrix;
  }

  /** From rows of equal length. A `QuantError` names the first row that is ragged or not numeric. */
  static fromRows(rows: readonly ArrayLike<number>[], name = "rows"): Matrix {
    if (!Array.isArray(rows)) {
      throw new QuantError("shape", `${name} must be an array of rows, got ${show(rows)}`, {
        argument: name,
      });
    }
    const columns = isRow(rows[0]) ? rows[0].length : 0;
    const matrix = new Matrix(rows.length, columns);
    for (let i = 0; i < rows.length; i++) {
      const row: unknown = rows[i]; // undefined at a hole
      if (!isRow(row)) {
        throw new QuantError("shape", `${name}[${i}] must be a row of numbers, got ${show(row)}`, {
          argument: name,
          row: i,
        });
      }
      if (row.length !== columns) {
        throw new QuantError("shape", `row ${i} has ${row.length} entries, expected ${columns} as in row 0`, {
          argument: name,
          row: i,
          length: row.length,
          expected: columns,
        });
      }
      for (let j = 0; j < columns; j++) matrix.data[i * columns + j] = requireEntry(name, i, j, row[j]);
    }
    return matrix;
  }

  get(i: number, j: number): number {
    return this.data[this.#offset(i, j)]!;
  }

  set(i: number, j: number, value: number): void {
    this.data[this.#offset(i, j)] = value;
  }

  /** A copy of row i. */
  row(i: number): Float64Array {
    requireInteger("row", i, 0, this.rows - 1);
    return this.data.slice(i * this.columns, (i + 1) * this.columns);
  }

  /** A copy of column j. */
  column(j: number): Float64Array {
    requireInteger("column", j, 0, this.columns - 1);
    const column = new Float64Array(this.rows);
    for (let i = 0; i < this.rows; i++) column[i] = this.data[i * this.columns + j]!;
    return column;
  }

  toRows(): number[][] {
    return Array.from({ length: this.rows }, (_, i) => Array.from(this.row(i)));
  }

  clone(): Matrix {
    return new Matrix(this.rows, this.columns, this.data.slice());
  }

  #offset(i: number, j: number): number {
    requireInteger("row", i, 0, this.rows - 1);
    requireInteger("column", j, 0, this.columns - 1);
    return i * this.columns + j;
  }
}
