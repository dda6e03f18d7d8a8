import { requireInteger } from "../guards/numbers.ts";
import { requireKnownOptions } from "../guards/options.ts";
import { requireTable } from "../series/in-kind.ts";
import type { TableLike, TableOf } from "../series/table-like.ts";
import { answerInKind } from "./answer.ts";
import { mergeBlocks } from "./block-merge.ts";
import type { RollingOptions } from "./options.ts";
import { RunProducts } from "./run-products.ts";

export interface RollingVarianceOptions<X extends TableLike> extends RollingOptions<X> {
  /**
   * What is taken from `window` in the divisor: 1 for the unbiased sample variance, 0 for the population's.
   *
   * @defaultValue 1
   */
  readonly ddof?: number;
}

/**
 * The variance of the last `window` values at each time, of a vector or of every column of a matrix or `Panel`
 * (time × assets), in the unit of x squared; never negative, and exactly 0 where the window is constant. Full windows
 * only: the first `window` − 1 rows are NaN, and all of them when the window is longer than the data or no
 * longer than `ddof`. A window that holds a value that is not finite is NaN; it is forgotten as soon as it has
 * left: nothing is ever subtracted from a sum, so neither a large level nor a spike costs digits later.
 *
 * @throws QuantError "range" for a window that is no integer ≥ 1 or a ddof that is no integer ≥ 0, "shape" for
 *   x or `out` of a wrong form.
 */
export function rollingVariance<X extends TableLike>(
  x: X,
  window: number,
  options: RollingVarianceOptions<X> = {},
): TableOf<X> {
  requireKnownOptions(options, ["out", "ddof"]);
  const { out, ddof = 1 } = options;
  requireInteger("window", window, 1);
  requireInteger("ddof", ddof, 0);
  const table = requireTable("x", x);
  return answerInKind(x, table, out, [table], (answer) => {
    answer.fill(Number.NaN);
    if (window > table.rows) return;
    mergeBlocks(table.rows, window, new RunProducts(table, table, window, ddof, answer));
  });
}

/** The square root of {@link rollingVariance}, in the unit of x; everything else as there. */
export function rollingStd<X extends TableLike>(
  x: X,
  window: number,
  options: RollingVarianceOptions<X> = {},
): TableOf<X> {
  const variance = rollingVariance(x, window, options);
  const values = requireTable("out", variance).data;
  for (let i = 0; i < values.length; i++) values[i] = Math.sqrt(values[i]!);
  return variance;
}
