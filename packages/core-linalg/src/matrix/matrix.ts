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

/** Room for the entries; what no engine can hold is refused by name. */
function emptyData(rows: number, columns: number): Float64Array {
  try {
    return new Float64Array(rows * columns);
  } catch {
    throw new QuantError("range", `a matrix of ${rows}×${columns} entries is more than memory holds`, {
      rows,
      columns,
    });
  }
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
    this.data = data ?? emptyData(rows, columns);
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
        throw new QuantError(
          "shape",
          `${name}: row ${i} has ${row.length} entries, expected ${columns} as in row 0`,
          { argument: name, row: i, length: row.length, expected: columns },
        );
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

  /** The rows at these indices (0-based), in this order; one may be named more than once. */
  selectRows(indices: ArrayLike<number>): Matrix {
    const selected = new Matrix(indices.length, this.columns);
    for (let i = 0; i < indices.length; i++) {
      const row = requireInteger(`indices[${i}]`, indices[i], 0, this.rows - 1);
      selected.data.set(this.data.subarray(row * this.columns, (row + 1) * this.columns), i * this.columns);
    }
    return selected;
  }

  /** The columns at these indices (0-based), in this order; one may be named more than once. */
  selectColumns(indices: ArrayLike<number>): Matrix {
    const selected = new Matrix(this.rows, indices.length);
    for (let j = 0; j < indices.length; j++) {
      const column = requireInteger(`indices[${j}]`, indices[j], 0, this.columns - 1);
      for (let i = 0; i < this.rows; i++) {
        selected.data[i * indices.length + j] = this.data[i * this.columns + column]!;
      }
    }
    return selected;
  }

  /** A matrix of f(entry, row, column). */
  map(f: (value: number, row: number, column: number) => number): Matrix {
    const mapped = new Matrix(this.rows, this.columns);
    for (let i = 0; i < this.rows; i++) {
      for (let j = 0; j < this.columns; j++) {
        const k = i * this.columns + j;
        mapped.data[k] = f(this.data[k]!, i, j);
      }
    }
    return mapped;
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
