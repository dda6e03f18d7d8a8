import { type Matrix, QuantError } from "@astra-quant/core-linalg";

/**
 * A matrix compressed by column: column j holds the entries columnPointers[j] … columnPointers[j + 1] − 1, each
 * a row index and a value. Anything with these fields is one, whoever made it.
 */
export interface SparseColumns {
  readonly rows: number;
  readonly columns: number;
  readonly columnPointers: Int32Array;
  readonly rowIndices: Int32Array;
  readonly values: Float64Array;
}

/** True for an object with the fields of a matrix compressed by column. */
export function isSparseColumns(x: unknown): x is SparseColumns {
  return (
    typeof x === "object" &&
    x !== null &&
    "columnPointers" in x &&
    "rowIndices" in x &&
    "values" in x &&
    "rows" in x &&
    "columns" in x
  );
}

/** The entries of a dense matrix that are not zero. */
export function compress(dense: Matrix): SparseColumns {
  const { rows, columns, data } = dense;
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
  return { rows, columns, columnPointers, rowIndices, values };
}

/**
 * A checked copy with the rows of every column ascending.
 *
 * @throws QuantError "shape" for pointers or lengths that do not fit, "data" for a row out of range or an entry
 *   given twice, "not-finite" for a value that is not finite.
 */
export function orderedCopy(name: string, matrix: SparseColumns): SparseColumns {
  const { rows, columns, columnPointers, rowIndices, values } = matrix;
  const entries = columnPointers[columns] ?? -1;
  const fits =
    columnPointers.length === columns + 1 &&
    columnPointers[0] === 0 &&
    rowIndices.length >= entries &&
    values.length >= entries &&
    columnPointers.every((pointer, j) => j === 0 || pointer >= columnPointers[j - 1]!);
  if (!fits) {
    throw new QuantError(
      "shape",
      `${name}.columnPointers must hold ${columns + 1} ascending positions from 0 to the number of entries`,
      { argument: name, columns, length: columnPointers.length },
    );
  }
  const copy = {
    rows,
    columns,
    columnPointers: Int32Array.from(columnPointers),
    rowIndices: new Int32Array(entries),
    values: new Float64Array(entries),
  };
  for (let j = 0; j < columns; j++) {
    const start = columnPointers[j]!;
    const order = Array.from({ length: columnPointers[j + 1]! - start }, (_, k) => start + k);
    order.sort((a, b) => rowIndices[a]! - rowIndices[b]!);
    let previous = -1;
    for (let k = 0; k < order.length; k++) {
      const row = rowIndices[order[k]!]!;
      const value = values[order[k]!]!;
      if (!(row >= 0 && row < rows)) {
        throw new QuantError("data", `${name} has row ${row} in column ${j}, but ${rows} rows`, {
          row,
          column: j,
        });
      }
      if (row === previous) {
        throw new QuantError("data", `${name} has entry [${row}][${j}] twice`, { row, column: j });
      }
      if (!Number.isFinite(value)) {
        throw new QuantError("not-finite", `${name}[${row}][${j}] must be finite, got ${value}`, {
          row,
          column: j,
          value,
        });
      }
      previous = row;
      copy.rowIndices[start + k] = row;
      copy.values[start + k] = value;
    }
  }
  return copy;
}

/** The entries on and above the diagonal. */
export function upperTriangle(matrix: SparseColumns): SparseColumns {
  const { rows, columns, columnPointers, rowIndices, values } = matrix;
  const pointers = new Int32Array(columns + 1);
  const keptRows: number[] = [];
  const keptValues: number[] = [];
  for (let j = 0; j < columns; j++) {
    for (let k = columnPointers[j]!; k < columnPointers[j + 1]!; k++) {
      if (rowIndices[k]! > j) continue;
      keptRows.push(rowIndices[k]!);
      keptValues.push(values[k]!);
    }
    pointers[j + 1] = keptRows.length;
  }
  return {
    rows,
    columns,
    columnPointers: pointers,
    rowIndices: Int32Array.from(keptRows),
    values: Float64Array.from(keptValues),
  };
}

/** The transpose; the rows of its columns ascend. */
export function transposeColumns(matrix: SparseColumns): SparseColumns {
  const { rows, columns, columnPointers, rowIndices, values } = matrix;
  const pointers = new Int32Array(rows + 1);
  const entries = columnPointers[columns]!;
  for (let k = 0; k < entries; k++) pointers[rowIndices[k]! + 1]!++;
  for (let i = 0; i < rows; i++) pointers[i + 1]! += pointers[i]!;
  const next = pointers.slice(0, rows);
  const transposed = {
    rows: columns,
    columns: rows,
    columnPointers: pointers,
    rowIndices: new Int32Array(entries),
    values: new Float64Array(entries),
  };
  for (let j = 0; j < columns; j++) {
    for (let k = columnPointers[j]!; k < columnPointers[j + 1]!; k++) {
      const at = next[rowIndices[k]!]!++;
      transposed.rowIndices[at] = j;
      transposed.values[at] = values[k]!;
    }
  }
  return transposed;
}
