import { QuantError, show } from "../guards/quant-error.ts";
import { Matrix } from "../matrix/matrix.ts";
import { requirePanel } from "./in-kind.ts";
import { Panel } from "./panel.ts";

/**
 * The rows whose times both panels have, with the columns of `left` and then of `right`. Values are taken as they are,
 * missing ones included.
 *
 * @throws QuantError "data" when a column's name is in both, "shape" for anything that is no panel.
 */
export function innerJoin(left: Panel, right: Panel): Panel {
  const a = requirePanel("left", left);
  const b = requirePanel("right", right);
  const shared = a.columns.find((name) => b.columns.includes(name));
  if (shared !== undefined) {
    throw new QuantError("data", `column ${show(shared)} is in both panels; select or rename first`, {
      column: shared,
    });
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < a.rows && j < b.rows; ) {
    const distance = a.index[i]! - b.index[j]!;
    if (distance === 0) pairs.push([i++, j++]);
    else if (distance < 0) i++;
    else j++;
  }
  const columns = [...a.columns, ...b.columns];
  const values = new Matrix(pairs.length, columns.length);
  const width = a.columns.length;
  const added = b.columns.length;
  pairs.forEach(([i, j], t) => {
    values.data.set(a.values.data.subarray(i * width, (i + 1) * width), t * columns.length);
    values.data.set(b.values.data.subarray(j * added, (j + 1) * added), t * columns.length + width);
  });
  return new Panel({ index: Float64Array.from(pairs, ([i]) => a.index[i]!), columns, values });
}
