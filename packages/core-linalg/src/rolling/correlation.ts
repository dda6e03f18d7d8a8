import { requireKnownOptions } from "../guards/options.ts";
import { requireTable } from "../series/in-kind.ts";
import type { TableLike, TableOf } from "../series/table-like.ts";
import { requirePartner, rollingCovariance } from "./covariance.ts";
import type { RollingOptions } from "./options.ts";
import { rollingStd } from "./variance.ts";

/**
 * The correlation of the last `window` values of x with those of y at each time, in [−1, 1]. Forms of x and y,
 * windows and NaN as in {@link rollingCovariance}; NaN too where one of the two does not vary.
 *
 * @throws QuantError "range" for a window that is no integer ≥ 1, "shape" for x, y or `out` of a wrong form.
 */
export function rollingCorrelation<X extends TableLike>(
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
  const stdX = rollingStd(table, window);
  const stdY = rollingStd(partner, window);
  for (let row = 0; row < table.rows; row++) {
    for (let j = 0; j < table.columns; j++) {
      const k = row * table.columns + j;
      const scale = stdX.data[k]! * stdY.data[partner.columns === 1 ? row : k]!;
      values[k] = scale > 0 ? Math.max(-1, Math.min(1, values[k]! / scale)) : Number.NaN;
    }
  }
  return covariance;
}
