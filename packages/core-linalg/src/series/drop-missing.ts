import { Matrix } from "../matrix/matrix.ts";
import { requirePanel } from "./in-kind.ts";
import { Panel } from "./panel.ts";

export interface WithoutMissing {
  /** The rows in which no value is missing. */
  readonly panel: Panel;
  /** How many rows were left out. */
  readonly dropped: number;
}

/** Leaves out every row with a missing value (NaN), and says how many: the common window of ragged histories. */
export function dropMissing(x: Panel): WithoutMissing {
  const panel = requirePanel("panel", x);
  const width = panel.columns.length;
  const { data } = panel.values;
  const kept: number[] = [];
  for (let t = 0; t < panel.rows; t++) {
    if (!data.subarray(t * width, (t + 1) * width).some(Number.isNaN)) kept.push(t);
  }
  const values = new Matrix(kept.length, width);
  kept.forEach((t, row) => {
    values.data.set(data.subarray(t * width, (t + 1) * width), row * width);
  });
  const index = Float64Array.from(kept, (t) => panel.index[t]!);
  return { panel: new Panel({ index, columns: panel.columns, values }), dropped: panel.rows - kept.length };
}
