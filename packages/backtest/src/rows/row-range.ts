/** Rows from `firstRow` to `lastRow`, both included. */
export interface RowRange {
  readonly firstRow: number;
  readonly lastRow: number;
}

/** How many rows the ranges hold. */
export function rowsIn(ranges: readonly RowRange[]): number {
  return ranges.reduce((sum, { firstRow, lastRow }) => sum + (lastRow - firstRow + 1), 0);
}

/** The rows of the ranges one by one, in their order. */
export function rowIndices(ranges: readonly RowRange[]): Int32Array {
  const indices = new Int32Array(rowsIn(ranges));
  let at = 0;
  for (const { firstRow, lastRow } of ranges) {
    for (let row = firstRow; row <= lastRow; row++) indices[at++] = row;
  }
  return indices;
}
