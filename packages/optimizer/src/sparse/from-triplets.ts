import type { SparseColumns } from "./columns.ts";

/** A matrix from entries [row, column, value]; of each place at most one. */
export function fromTriplets(
  rows: number,
  columns: number,
  triplets: readonly (readonly [number, number, number])[],
): SparseColumns {
  const columnPointers = new Int32Array(columns + 1);
  for (const [, column] of triplets) columnPointers[column + 1]!++;
  for (let j = 0; j < columns; j++) columnPointers[j + 1]! += columnPointers[j]!;
  const next = columnPointers.slice(0, columns);
  const rowIndices = new Int32Array(triplets.length);
  const values = new Float64Array(triplets.length);
  for (const [row, column, value] of triplets) {
    const at = next[column]!++;
    rowIndices[at] = row;
    values[at] = value;
  }
  return { rows, columns, columnPointers, rowIndices, values };
}
