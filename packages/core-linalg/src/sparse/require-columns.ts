import { requireInteger } from "../guards/numbers.ts";
import { QuantError, show } from "../guards/quant-error.ts";
import { isSparseColumns, type SparseColumns } from "./sparse-columns.ts";

function requireFields(name: string, matrix: unknown): SparseColumns {
  if (!isSparseColumns(matrix)) {
    throw new QuantError("shape", `${name} must be a matrix compressed by column, got ${show(matrix)}`, {
      argument: name,
    });
  }
  requireInteger(`${name}.rows`, matrix.rows, 0);
  requireInteger(`${name}.columns`, matrix.columns, 0);
  for (const field of ["columnPointers", "rowIndices", "values"] as const) {
    const list: unknown = matrix[field];
    if (Array.isArray(list) || ArrayBuffer.isView(list)) continue;
    throw new QuantError("shape", `${name}.${field} must be an array of numbers, got ${show(list)}`, {
      argument: name,
      field,
    });
  }
  return matrix;
}

/**
 * The matrix, if its fields fit together. Nothing is copied, and the rows of a column may stand in any order.
 *
 * @throws QuantError "shape" for pointers or lengths that do not fit, "data" for a row out of range or an entry
 *   given twice, "not-finite" for a value that is not finite.
 */
export function requireSparseColumns(name: string, x: SparseColumns): SparseColumns {
  const matrix = requireFields(name, x);
  const { rows, columns, columnPointers, rowIndices, values } = matrix;
  const entries = columnPointers[columns] ?? -1;
  let fits =
    columnPointers.length === columns + 1 &&
    columnPointers[0] === 0 &&
    rowIndices.length >= entries &&
    values.length >= entries;
  for (let j = 0; fits && j < columns; j++) {
    fits = Number.isInteger(columnPointers[j + 1]) && columnPointers[j + 1]! >= columnPointers[j]!;
  }
  if (!fits) {
    throw new QuantError(
      "shape",
      `${name}.columnPointers must hold ${columns + 1} ascending positions from 0 to the number of entries`,
      { argument: name, columns, length: columnPointers.length },
    );
  }
  const lastColumn = new Int32Array(rows).fill(-1);
  for (let j = 0; j < columns; j++) {
    for (let k = columnPointers[j]!; k < columnPointers[j + 1]!; k++) {
      const row = rowIndices[k]!;
      if (!(Number.isInteger(row) && row >= 0 && row < rows)) {
        throw new QuantError("data", `${name} has row ${row} in column ${j}, but ${rows} rows`, {
          row,
          column: j,
        });
      }
      if (lastColumn[row] === j) {
        throw new QuantError("data", `${name} has entry [${row}][${j}] twice`, { row, column: j });
      }
      lastColumn[row] = j;
      if (Number.isFinite(values[k])) continue;
      throw new QuantError("not-finite", `${name}[${row}][${j}] must be finite, got ${values[k]}`, {
        row,
        column: j,
        value: values[k],
      });
    }
  }
  return matrix;
}

/** A copy, checked as {@link requireSparseColumns} does, with the rows of every column ascending. */
export function orderedCopy(name: string, x: SparseColumns): SparseColumns {
  const { rows, columns, columnPointers, rowIndices, values } = requireSparseColumns(name, x);
  const entries = columnPointers[columns]!;
  const ordered = {
    rows,
    columns,
    columnPointers: new Int32Array(columnPointers),
    rowIndices: new Int32Array(rowIndices).slice(0, entries),
    values: new Float64Array(values).slice(0, entries),
  };
  for (let j = 0; j < columns; j++) {
    const start = columnPointers[j]!;
    const end = columnPointers[j + 1]!;
    let k = start + 1;
    while (k < end && rowIndices[k - 1]! < rowIndices[k]!) k++;
    if (k >= end) continue;
    const order = Int32Array.from({ length: end - start }, (_, at) => start + at);
    order.sort((a, b) => rowIndices[a]! - rowIndices[b]!);
    for (let at = start; at < end; at++) {
      ordered.rowIndices[at] = rowIndices[order[at - start]!]!;
      ordered.values[at] = values[order[at - start]!]!;
    }
  }
  return ordered;
}
