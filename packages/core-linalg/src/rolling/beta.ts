import { requireKnownOptions } from "../guards/options.ts";
import { requireTable } from "../series/in-kind.ts";
import type { TableLike, TableOf } from "../series/table-like.ts";
import { requirePartner, rollingCovariance } from "./covariance.ts";
import type { RollingOptions } from "./options.ts";
import { rollingVariance } from "./variance.ts";

/**
 * The slope of x on y over the last `window` values at each time: their covariance ÷ the variance of y. Forms
 * of x and y, windows and NaN as in {@link rollingCovariance}; NaN too where y does not vary
 * (or so little that the slope is beyond the doubles).
 *
 * @throws QuantError "range" for a window that is no integer ≥ 1, "shape" for x, y or `out` of a wrong form.
 */
export function rollingBeta<X extends TableLike>(
  x: X,
  y: TableLike,
  window: number,
  options: RollingOptions<X> = {},
): TableOf<X> {
  requireKnownOptions(options, ["out"]);
  const covariance = rollingCovariance(x, y, window, options);
  const values = requireTable("out", covariance).data;
  const table = requireTable("x", x);
  const partner = requirePartner(table, y);
  const spread = rollingVariance(partner, window);
  for (let row = 0; row < table.rows; row++) {
    for (let j = 0; j < table.columns; j++) {
      const variance = spread.data[partner.columns === 1 ? row : row * table.columns + j]!;
      const k = row * table.columns + j;
      const slope = values[k]! / variance;
      values[k] = Number.isFinite(slope) ? slope : Number.NaN;
    }
  }
  return covariance;
}
