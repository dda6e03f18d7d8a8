import { QuantError } from "../guards/quant-error.ts";
import { CscMatrix } from "./csc-matrix.ts";
import { requireSparseColumns } from "./require-columns.ts";
import type { SparseColumns } from "./sparse-columns.ts";

/** Entries i,j and j,i of a matrix computed twice differ by rounding only; more is a different matrix. */
const SYMMETRY_TOLERANCE = 1e-10;

/** The upper triangle of a symmetric matrix, its entries in the order of the matrix's own. */
export interface UpperTriangle {
  readonly upper: SparseColumns;
  /** Which entry of the matrix each entry of the triangle is. */
  readonly source: Int32Array;
}

/**
 * What stands on and above the diagonal of a symmetric matrix, given whole or by that triangle alone.
 *
 * @throws QuantError "shape" for fields that do not fit or a matrix that is not square, "data" for a row out of range,
 *   an entry given twice or a matrix that is neither, "not-finite" for a value that is not finite.
 */
export function requireUpperTriangle(name: string, x: SparseColumns): UpperTriangle {
  const matrix = requireSparseColumns(name, x);
  const { rows, columns: n, columnPointers, rowIndices, values } = matrix;
  if (rows !== n) {
    throw new QuantError("shape", `${name} must be square, got ${rows}×${n}`, {
      argument: name,
      rows,
      columns: n,
    });
  }
  const pointers = new Int32Array(n + 1);
  const given = columnPointers[n]!;
  const source = new Int32Array(given);
  const keptRows = new Int32Array(given);
  const keptValues = new Float64Array(given);
  let kept = 0;
  for (let j = 0; j < n; j++) {
    for (let k = columnPointers[j]!; k < columnPointers[j + 1]!; k++) {
      if (rowIndices[k]! > j) continue;
      source[kept] = k;
      keptRows[kept] = rowIndices[k]!;
      keptValues[kept++] = values[k]!;
    }
    pointers[j + 1] = kept;
  }
  if (kept < given) requireMirrored(name, CscMatrix.of(matrix));
  const upper = {
    rows: n,
    columns: n,
    columnPointers: pointers,
    rowIndices: keptRows.slice(0, kept),
    values: keptValues.slice(0, kept),
  };
  return { upper, source: source.slice(0, kept) };
}

function requireMirrored(name: string, matrix: CscMatrix): void {
  const n = matrix.columns;
  const mirrored = matrix.transpose();
  let scale = 0;
  for (const value of matrix.values) scale = Math.max(scale, Math.abs(value));
  for (let j = 0; j < n; j++) {
    let k = matrix.columnPointers[j]!;
    let h = mirrored.columnPointers[j]!;
    const end = matrix.columnPointers[j + 1]!;
    const mirroredEnd = mirrored.columnPointers[j + 1]!;
    while (k < end || h < mirroredEnd) {
      const row = k < end ? matrix.rowIndices[k]! : n;
      const i = Math.min(row, h < mirroredEnd ? mirrored.rowIndices[h]! : n);
      const value = row === i ? matrix.values[k++]! : 0;
      const other = h < mirroredEnd && mirrored.rowIndices[h] === i ? mirrored.values[h++]! : 0;
      if (Math.abs(value - other) <= SYMMETRY_TOLERANCE * scale) continue;
      throw new QuantError(
        "data",
        `${name} must be symmetric or upper triangular, but [${i}][${j}] is ${value} and [${j}][${i}] is ${other}`,
        { row: i, column: j },
      );
    }
  }
}
