import { Matrix, rollingSum, type TableLike, type TableOf, type VectorLike } from "@astra-quant/core-linalg";
import {
  inKindOf,
  requireFinite,
  requireInteger,
  requireKnownOptions,
  requireTable,
  requireVector,
} from "@astra-quant/core-linalg/guards";

export interface MomentumSignalOptions<X extends TableLike> {
  /** Returns in the fast sum, the latest among them. @defaultValue 20 */
  readonly fastWindow?: number;
  /** Returns in the slow sum. @defaultValue 60 */
  readonly slowWindow?: number;
  /** Weight of the fast sum's excess over the market's. @defaultValue 0.7 */
  readonly excessWeight?: number;
  /** Weight of the fast sum less the slow one. @defaultValue 0.3 */
  readonly trendWeight?: number;
  /** Where to write the answer: of its form and size. */
  readonly out?: TableOf<X>;
}

/**
 * Momentum against the market and against the asset's own slower past:
 * 0.7 (Σ₂₀ r − Σ₂₀ market) + 0.3 (Σ₂₀ r − Σ₆₀ r), sums of simple returns, not compounded.
 *
 * Returns are fractions a period, a vector or time × assets (a matrix or `Panel`); `market` is one vector of as many
 * rows, returns of the benchmark. The answer has the returns' form and size and is a fraction. Full windows only,
 * looking back: with the default windows and a NaN in row 0, as returns that keep the rows of their prices have it,
 * row 60 is the first answer. A NaN in a window is NaN.
 *
 * @throws QuantError "range" for a window that is no integer ≥ 1, "shape" for a market of another length, returns
 *   or `out` of a wrong form, "not-finite" for a weight.
 */
export function momentumSignal<X extends TableLike>(
  returns: X,
  market: VectorLike,
  options: MomentumSignalOptions<X> = {},
): TableOf<X> {
  requireKnownOptions(options, ["fastWindow", "slowWindow", "excessWeight", "trendWeight", "out"]);
  const { fastWindow = 20, slowWindow = 60, excessWeight = 0.7, trendWeight = 0.3, out } = options;
  requireInteger("fastWindow", fastWindow, 1);
  requireInteger("slowWindow", slowWindow, 1);
  requireFinite("excessWeight", excessWeight);
  requireFinite("trendWeight", trendWeight);

  const table = requireTable("returns", returns);
  const { rows, columns } = table;
  const benchmark = rollingSum(requireVector("market", market, rows), fastWindow);
  const fast = rollingSum(table, fastWindow);
  const slow = rollingSum(table, slowWindow);
  const signal = new Matrix(rows, columns);
  for (let t = 0; t < rows; t++) {
    for (let j = 0; j < columns; j++) {
      const k = t * columns + j;
      const excess = fast.data[k]! - benchmark[t]!;
      const trend = fast.data[k]! - slow.data[k]!;
      signal.data[k] = excessWeight * excess + trendWeight * trend;
    }
  }
  return inKindOf(returns, signal, out);
}
