import { requirePanel } from "./in-kind.ts";
import { besideEachOther, requireOwnColumns } from "./pair-rows.ts";
import type { Panel } from "./panel.ts";

/**
 * The rows whose times both panels have, with the columns of `left` and then of `right`. Values are taken as they are,
 * missing ones included.
 *
 * @throws QuantError "data" when a column's name is in both, "shape" for anything that is no panel.
 */
export function innerJoin(left: Panel, right: Panel): Panel {
  const a = requirePanel("left", left);
  const b = requirePanel("right", right);
  requireOwnColumns(a, b);
  const rowsOfA = new Int32Array(Math.min(a.rows, b.rows));
  const rowsOfB = new Int32Array(rowsOfA.length);
  let rows = 0;
  for (let i = 0, j = 0; i < a.rows && j < b.rows; ) {
    const distance = a.index[i]! - b.index[j]!;
    if (distance === 0) {
      rowsOfA[rows] = i++;
      rowsOfB[rows++] = j++;
    } else if (distance < 0) i++;
    else j++;
  }
  const index = Float64Array.from({ length: rows }, (_, t) => a.index[rowsOfA[t]!]!);
  return besideEachOther(a, b, {
    index,
    left: rowsOfA.subarray(0, rows),
    right: rowsOfB.subarray(0, rows),
  });
}
