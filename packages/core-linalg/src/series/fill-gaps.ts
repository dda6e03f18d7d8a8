import { requireInteger } from "../guards/numbers.ts";
import { requireKnownOptions } from "../guards/options.ts";
import type { Matrix } from "../matrix/matrix.ts";
import { mapTable, type OutOption } from "./map-table.ts";
import type { TableLike, TableOf } from "./table-like.ts";

export interface FillOptions<T extends TableLike> extends OutOption<T> {
  /** How many missing values in a row may be filled; those after them stay missing. @defaultValue all of them */
  readonly limit?: number;
}

/** The table with each missing value replaced by the one filled just before it, `step` rows away, `limit` times at most. */
function carry(table: Matrix, answer: Float64Array, step: 1 | -1, limit: number): void {
  const { rows, columns, data } = table;
  const filled = new Float64Array(columns);
  for (let i = 0; i < rows; i++) {
    const row = (step === 1 ? i : rows - 1 - i) * columns;
    for (let j = 0; j < columns; j++) {
      const value = data[row + j]!;
      const missing = Number.isNaN(value);
      const carried = missing && i > 0 && filled[j]! < limit;
      answer[row + j] = carried ? answer[row + j - step * columns]! : value;
      filled[j] = missing ? filled[j]! + 1 : 0;
    }
  }
}

/** Fills in the direction of `step`: 1 from the past, −1 from the future. */
export function fillGaps<T extends TableLike>(x: T, options: FillOptions<T>, step: 1 | -1): TableOf<T> {
  requireKnownOptions(options, ["limit", "out"]);
  const { limit = Number.POSITIVE_INFINITY, out } = options;
  if (options.limit !== undefined) requireInteger("limit", limit, 1);
  return mapTable("x", x, { out }, (table, answer) => carry(table, answer, step, limit));
}
