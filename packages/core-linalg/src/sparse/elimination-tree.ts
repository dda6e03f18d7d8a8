import type { SparseColumns } from "./sparse-columns.ts";

/** What the factor's pattern needs to be known by, before any number is. */
export interface SymbolicFactor {
  /** The parent of each column in the elimination tree, −1 for a root. */
  readonly parent: Int32Array;
  /** Where each column of the factor starts. */
  readonly columnPointers: Int32Array;
}

/**
 * Elimination tree and column counts of the factor L of a symmetric matrix given by its upper triangle.
 */
export function analyse(upper: SparseColumns): SymbolicFactor {
  const n = upper.columns;
  const parent = new Int32Array(n).fill(-1);
  const count = new Int32Array(n);
  const visited = new Int32Array(n).fill(-1);
  for (let j = 0; j < n; j++) {
    visited[j] = j;
    for (let k = upper.columnPointers[j]!; k < upper.columnPointers[j + 1]!; k++) {
      for (let i = upper.rowIndices[k]!; visited[i] !== j; i = parent[i]!) {
        if (parent[i] === -1) parent[i] = j;
        count[i]!++;
        visited[i] = j;
      }
    }
  }
  const columnPointers = new Int32Array(n + 1);
  for (let j = 0; j < n; j++) columnPointers[j + 1] = columnPointers[j]! + count[j]!;
  return { parent, columnPointers };
}
