import type { SparseColumns } from "./sparse-columns.ts";

export interface PermutedSymmetric {
  /** The upper triangle of the permuted matrix. Rows within a column are in no particular order. */
  readonly upper: SparseColumns;
  /** Where entry k of the original lies among the permuted values. */
  readonly position: Int32Array;
}

/** The upper triangle of a symmetric matrix after its rows and columns are put in `order`. */
export function permuteSymmetric(upper: SparseColumns, order: Int32Array): PermutedSymmetric {
  const n = upper.columns;
  const place = new Int32Array(n);
  for (let k = 0; k < n; k++) place[order[k]!] = k;
  const columnPointers = new Int32Array(n + 1);
  const entries = upper.columnPointers[n]!;
  for (let j = 0; j < n; j++) {
    for (let k = upper.columnPointers[j]!; k < upper.columnPointers[j + 1]!; k++) {
      columnPointers[Math.max(place[upper.rowIndices[k]!]!, place[j]!) + 1]!++;
    }
  }
  for (let j = 0; j < n; j++) columnPointers[j + 1]! += columnPointers[j]!;
  const next = columnPointers.slice(0, n);
  const rowIndices = new Int32Array(entries);
  const values = new Float64Array(entries);
  const position = new Int32Array(entries);
  for (let j = 0; j < n; j++) {
    for (let k = upper.columnPointers[j]!; k < upper.columnPointers[j + 1]!; k++) {
      const a = place[upper.rowIndices[k]!]!;
      const b = place[j]!;
      const at = next[Math.max(a, b)]!++;
      rowIndices[at] = Math.min(a, b);
      values[at] = upper.values[k]!;
      position[k] = at;
    }
  }
  return { upper: { rows: n, columns: n, columnPointers, rowIndices, values }, position };
}
