import { requireInteger } from "../guards/numbers.ts";
import { requireKnownOptions } from "../guards/options.ts";
import { QuantError } from "../guards/quant-error.ts";
import { isVector, requireVector } from "../guards/vectors.ts";
import { Matrix } from "../matrix/matrix.ts";
import { requireTable } from "../series/in-kind.ts";
import type { TableLike, TableOf } from "../series/table-like.ts";
import { answerInKind } from "./answer.ts";
import { mergeBlocks } from "./block-merge.ts";
import { RunProducts } from "./run-products.ts";
import type { RollingVarianceOptions } from "./variance.ts";

/** The partner of x: a vector of as many rows, or a table (time × columns) of the same shape. */
export function requirePartner(x: Matrix, y: TableLike): Matrix {
  if (isVector(y)) return new Matrix(x.rows, 1, requireVector("y", y, x.rows));
  const table = requireTable("y", y);
  if (table.rows === x.rows && table.columns === x.columns) return table;
  throw new QuantError(
    "shape",
    `y must have the shape of x, ${x.rows}×${x.columns}, or be a vector of ${x.rows} entries, got ${table.rows}×${table.columns}`,
    { argument: "y", rows: table.rows, columns: table.columns },
  );
}

/**
 * The covariance of the last `window` values of x with those of y at each time; the answer has x's form and
 * size. x is a vector, a matrix or a `Panel` (time × assets); y is one of the same shape, taken column by column, or
 * a vector of as many rows, taken against every column of x. The unit is that of x times that of y. Windows,
 * NaN and `ddof` as in {@link rollingVariance}; a value that is not finite on either side makes its windows
 * NaN.
 *
 * @throws QuantError "range" for a window that is no integer ≥ 1 or a ddof that is no integer ≥ 0, "shape" for
 *   x, y or `out` of a wrong form.
 */
export function rollingCovariance<X extends TableLike>(
  x: X,
  y: TableLike,
  window: number,
  options: RollingVarianceOptions<X> = {},
): TableOf<X> {
  requireKnownOptions(options, ["out", "ddof"]);
  const { out, ddof = 1 } = options;
  requireInteger("window", window, 1);
  requireInteger("ddof", ddof, 0);
  const left = requireTable("x", x);
  const right = requirePartner(left, y);
  return answerInKind(x, left, out, [left, right], (answer) => {
    answer.fill(Number.NaN);
    if (window > left.rows) return;
    mergeBlocks(left.rows, window, new RunProducts(left, right, window, ddof, answer));
  });
}
