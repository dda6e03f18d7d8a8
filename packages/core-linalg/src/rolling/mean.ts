import { requireInteger } from "../guards/numbers.ts";
import { requireKnownOptions } from "../guards/options.ts";
import { requireTable } from "../series/in-kind.ts";
import type { TableLike, TableOf } from "../series/table-like.ts";
import { answerInKind } from "./answer.ts";
import { mergeBlocks } from "./block-merge.ts";
import type { RollingOptions } from "./options.ts";
import { RunSums } from "./run-sums.ts";

function rollingSums<X extends TableLike>(
  x: X,
  window: number,
  options: RollingOptions<X>,
  asMean: boolean,
): TableOf<X> {
  requireKnownOptions(options, ["out"]);
  requireInteger("window", window, 1);
  const table = requireTable("x", x);
  return answerInKind(x, table, options.out, [table], (answer) => {
    answer.fill(Number.NaN);
    if (window > table.rows) return;
    mergeBlocks(table.rows, window, new RunSums(table, window, answer, asMean));
  });
}

/**
 * The mean of the last `window` values at each time, of a vector or of every column of a matrix or `Panel`
 * (time × assets); the answer has x's form and size. Full windows only: the first `window` − 1 rows are NaN, and all
 * of them when the window is longer than the data. A window that holds a value that is not finite is NaN; it
 * is forgotten as soon as it has left.
 *
 * @throws QuantError "range" for a window that is no integer ≥ 1, "shape" for x or `out` of a wrong form.
 */
export function rollingMean<X extends TableLike>(
  x: X,
  window: number,
  options: RollingOptions<X> = {},
): TableOf<X> {
  return rollingSums(x, window, options, true);
}

/** The sum of the last `window` values at each time; forms, NaN and errors as in {@link rollingMean}. */
export function rollingSum<X extends TableLike>(
  x: X,
  window: number,
  options: RollingOptions<X> = {},
): TableOf<X> {
  return rollingSums(x, window, options, false);
}
