import type { RowRange } from "../rows/row-range.ts";

function lastEnd(ends: Float64Array, { firstRow, lastRow }: RowRange): number {
  let last = lastRow;
  for (let row = firstRow; row <= lastRow; row++) last = Math.max(last, ends[row]!);
  return last;
}

/** Runs of rows that are not struck out. */
function remaining(struck: Uint8Array): RowRange[] {
  const ranges: RowRange[] = [];
  let firstRow = -1;
  for (let row = 0; row <= struck.length; row++) {
    const kept = row < struck.length && struck[row] === 0;
    if (kept && firstRow < 0) firstRow = row;
    if (!kept && firstRow >= 0) {
      ranges.push({ firstRow, lastRow: row - 1 });
      firstRow = -1;
    }
  }
  return ranges;
}

/**
 * The rows that may be learnt from beside the tested ones [PurgedCV]: without those whose outcome spans a
 * time that the outcome of a tested row spans too, and without the `embargo` rows after.
 *
 * @param ends the last row that the outcome of each row needs.
 */
export function purgedRanges(ends: Float64Array, test: readonly RowRange[], embargo: number): RowRange[] {
  const struck = new Uint8Array(ends.length);
  for (const range of test) {
    struck.fill(1, range.firstRow, lastEnd(ends, range) + embargo + 1);
    for (let row = 0; row < range.firstRow; row++) if (ends[row]! >= range.firstRow) struck[row] = 1;
  }
  return remaining(struck);
}
