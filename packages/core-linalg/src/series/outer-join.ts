import { requirePanel } from "./in-kind.ts";
import { besideEachOther, requireOwnColumns } from "./pair-rows.ts";
import type { Panel } from "./panel.ts";

/**
 * The rows whose times either panel has, with the columns of `left` and then of `right`; NaN where a panel has no row
 * at that time. Values are taken as they are; nothing is filled.
 *
 * @throws QuantError "data" when a column's name is in both, "shape" for anything that is no panel.
 */
export function outerJoin(left: Panel, right: Panel): Panel {
  const a = requirePanel("left", left);
  const b = requirePanel("right", right);
  requireOwnColumns(a, b);
  const most = a.rows + b.rows;
  const index = new Float64Array(most);
  const rowsOfA = new Int32Array(most);
  const rowsOfB = new Int32Array(most);
  let rows = 0;
  for (let i = 0, j = 0; i < a.rows || j < b.rows; rows++) {
    const inA = i < a.rows ? a.index[i]! : Number.POSITIVE_INFINITY;
    const inB = j < b.rows ? b.index[j]! : Number.POSITIVE_INFINITY;
    index[rows] = Math.min(inA, inB);
    rowsOfA[rows] = inA <= inB ? i++ : -1;
    rowsOfB[rows] = inB <= inA ? j++ : -1;
  }
  return besideEachOther(a, b, {
    index: index.slice(0, rows),
    left: rowsOfA.subarray(0, rows),
    right: rowsOfB.subarray(0, rows),
  });
}
