import type { RowRange } from "../rows/row-range.ts";

/** Rows to learn from and rows to be tested on; none is in both. Ranges ascend. */
export interface Split {
  readonly train: readonly RowRange[];
  readonly test: readonly RowRange[];
}
