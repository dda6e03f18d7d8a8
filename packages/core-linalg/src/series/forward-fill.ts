import { mapTable } from "./map-table.ts";
import type { TableLike, TableOf } from "./table-like.ts";

/**
 * Missing values (NaN) replaced by the last value before them in the same column. What is missing at the beginning
 * stays missing: filling it from later rows would let the future leak in.
 */
export function forwardFill<T extends TableLike>(x: T): TableOf<T> {
  return mapTable("x", x, (table) => {
    const filled = table.clone();
    const { columns, data } = filled;
    for (let k = columns; k < data.length; k++) {
      if (Number.isNaN(data[k])) data[k] = data[k - columns]!;
    }
    return filled;
  });
}
