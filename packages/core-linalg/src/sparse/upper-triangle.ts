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
  const kept: number[] = [];
  for (let j = 0; j < n; j++) {
    for (let k = columnPointers[j]!; k < columnPointers[j + 1]!; k++) if (rowIndices[k]! <= j) kept.push(k);
    pointers[j + 1] = kept.length;
  }
  if (kept.length < columnPointers[n]!) requireMirrored(name, CscMatrix.of(matrix));
  const source = Int32Array.from(kept);
  const upper = {
    rows: n,
    columns: n,
    columnPointers: pointers,
    rowIndices: source.map((k) => rowIndices[k]!),
    values: Float64Array.from(source, (k) => values[k]!),
  };
  return { upper, source };
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
