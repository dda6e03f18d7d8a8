import { type Matrix, type Panel, QuantError, type TableLike } from "@astra-quant/core-linalg";
import { isPanel, requireTable, show } from "@astra-quant/core-linalg/guards";

/** A time × assets matrix, a panel, or a vector over time for one asset. */
export type TimeByAsset = TableLike;

/** What a panel calls its rows and columns. */
export type PanelLabels = Pick<Panel, "columns" | "index">;

/** Rows and columns of a table that others must fit. */
export interface TableShape {
  /** How that table is called in messages. */
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  /** Where that table is a panel: other panels must mean the same by a row and a column. */
  readonly labels?: PanelLabels | undefined;
}

/** The labels of a panel; undefined of any other table. */
export function labelsOf(x: unknown): PanelLabels | undefined {
  return isPanel(x) ? { columns: x.columns, index: x.index } : undefined;
}

/** Panels of the same shape may hold other assets or other days in it, and nobody would see it in the numbers. */
function requireSameLabels(
  name: string,
  { columns, index }: PanelLabels,
  like: TableShape,
  labels: PanelLabels,
): void {
  const column = labels.columns.findIndex((asset, j) => columns[j] !== asset);
  if (column >= 0) {
    const [got, wanted] = [show(columns[column]), show(labels.columns[column])];
    throw new QuantError(
      "data",
      `${name} must have the columns of ${like.name}: column ${column} is ${got}, not ${wanted}`,
      { argument: name, column },
    );
  }
  const row = labels.index.findIndex((moment, t) => index[t] !== moment);
  if (row < 0) return;
  const day = (at: Float64Array) => new Date(at[row]!).toISOString();
  throw new QuantError(
    "data",
    `${name} must have the moments of ${like.name}: row ${row} is ${day(index)}, not ${day(labels.index)}`,
    { argument: name, row },
  );
}

/**
 * The argument as a time × assets matrix, of the given shape if one is given; of two panels the names and moments must be
 * the same as well. NaN passes.
 */
export function requireTimeByAsset(name: string, x: TimeByAsset, like?: TableShape): Matrix {
  const matrix = requireTable(name, x);
  if (like === undefined) return matrix;
  const { rows, columns } = like;
  if (matrix.rows !== rows || matrix.columns !== columns) {
    throw new QuantError(
      "shape",
      `${name} must be ${rows}×${columns} like ${like.name} (time × assets), got ${matrix.rows}×${matrix.columns}`,
      { argument: name, expected: [rows, columns], got: [matrix.rows, matrix.columns] },
    );
  }
  const own = labelsOf(x);
  if (own !== undefined && like.labels !== undefined) requireSameLabels(name, own, like, like.labels);
  return matrix;
}
