import { requireInteger } from "../guards/numbers.ts";
import { requireKnownOptions } from "../guards/options.ts";
import { QuantError } from "../guards/quant-error.ts";
import { isVector, requireVector } from "../guards/vectors.ts";
import { rollingProducts } from "../kernels/rolling-products.ts";
import { Matrix } from "../matrix/matrix.ts";
import { requireTable } from "../series/in-kind.ts";
import type { TableLike, TableOf } from "../series/table-like.ts";
import { answerInKind } from "./answer.ts";
import { type ProductsForm, runProducts } from "./run-products.ts";
import { type PairState, PairStream, resumePair, type StreamSettings } from "./series-stream.ts";
import {
  type DdofSettings,
  type RollingVarianceOptions,
  requireDdofSettings,
  type VarianceWindowOptions,
} from "./variance.ts";

export type RollingCovarianceState = PairState<DdofSettings>;

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

/** The windows of x and y in the form asked for, in x's own kind. */
export function productsInKind<X extends TableLike>(
  x: X,
  y: TableLike,
  settings: StreamSettings,
  form: ProductsForm,
  out: TableOf<X> | undefined,
): TableOf<X> {
  const left = requireTable("x", x);
  const right = requirePartner(left, y);
  return answerInKind(x, left, out, [left, right], (answer) => {
    rollingProducts(left, right, settings, form, answer);
  });
}

/**
 * The covariance of the last `window` values of x with those of y at each time; the answer has x's form and
 * size. x is a vector, a matrix or a `Panel` (time × assets); y is one of the same shape, taken column by column, or
 * a vector of as many rows, taken against every column of x. The unit is that of x times that of y. A row counts where
 * both values are finite; windows, `minPeriods`, `ddof` and NaN then as in {@link rollingVariance}.
 *
 * @throws QuantError "range" for a window that is no integer ≥ 1, a minPeriods outside 1 … window or a ddof that is no
 *   integer ≥ 0, "shape" for x, y or `out` of a wrong form, "option" for an `out` that shares memory with x or y.
 */
export function rollingCovariance<X extends TableLike>(
  x: X,
  y: TableLike,
  window: number,
  options: RollingVarianceOptions<X> = {},
): TableOf<X> {
  requireKnownOptions(options, ["out", "minPeriods", "ddof"]);
  const { out, ...rest } = options;
  const settings = requireDdofSettings(window, rest);
  return productsInKind(x, y, settings, { as: "covariance", ddof: settings.ddof }, out);
}

/** {@link rollingCovariance} row by row. */
export class RollingCovariance extends PairStream<DdofSettings> {
  constructor(window: number, options: VarianceWindowOptions = {}) {
    const settings = requireDdofSettings(window, options);
    super(settings, runProducts({ as: "covariance", ddof: settings.ddof }));
  }

  /**
   * The stream that goes on exactly where the state was taken.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: RollingCovarianceState): RollingCovariance {
    return resumePair(state, ({ window, minPeriods }, { ddof }) => {
      return new RollingCovariance(window, { minPeriods, ddof: requireInteger("state.ddof", ddof, 0) });
    });
  }
}
