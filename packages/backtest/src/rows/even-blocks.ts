import type { RowRange } from "./row-range.ts";

/** Consecutive blocks of rows, as even as can be: the first `rows % count` hold one row more. */
export function evenBlocks(rows: number, count: number): RowRange[] {
  const least = Math.floor(rows / count);
  const longer = rows % count;
  return Array.from({ length: count }, (_, k) => ({
    firstRow: k * least + Math.min(k, longer),
    lastRow: (k + 1) * least + Math.min(k + 1, longer) - 1,
  }));
}
