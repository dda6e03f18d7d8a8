import { QuantError, show } from "../guards/quant-error.ts";
import { Matrix } from "../matrix/matrix.ts";
import { Panel } from "./panel.ts";

/**
 * The rows whose times both panels have, with the columns of `a` and then of `b`. Values are taken as they are,
 * missing ones included.
 *
 * @throws QuantError "data" when a column's name is in both.
 */
export function innerJoin(a: Panel, b: Panel): Panel {
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
  const left = a.columns.length;
  const right = b.columns.length;
  pairs.forEach(([i, j], t) => {
    values.data.set(a.values.data.subarray(i * left, (i + 1) * left), t * columns.length);
    values.data.set(b.values.data.subarray(j * right, (j + 1) * right), t * columns.length + left);
  });
  return new Panel({ index: Float64Array.from(pairs, ([i]) => a.index[i]!), columns, values });
}
