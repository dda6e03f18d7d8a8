import {
  Matrix,
  rollingBeta,
  rollingStd,
  type TableLike,
  type TableOf,
  type VectorLike,
} from "@astra-quant/core-linalg";
import {
  inKindOf,
  requireInteger,
  requireKnownOptions,
  requireTable,
  requireVector,
} from "@astra-quant/core-linalg/guards";

export interface BetaSignalOptions<X extends TableLike> {
  /** Returns in each beta. @defaultValue 60 */
  readonly betaWindow?: number;
  /** Betas in the measure of how unsteady beta is. @defaultValue 60 */
  readonly stabilityWindow?: number;
  /** Where to write the answer: of its form and size. */
  readonly out?: TableOf<X>;
}

/**
 * Short of high and unsteady market sensitivity: with β the rolling covariance with the market ÷ the market's
 * variance, −β (1 + std₆₀ β).
 *
 * Returns are simple fractions a period, a vector or time × assets (a matrix or `Panel`); `market` is one vector of
 * as many rows, returns of the benchmark. The answer has the returns' form and size and no unit. Full windows only,
 * looking back: with the default windows and a NaN in row 0, as returns that keep the rows of their prices have it,
 * row 119 is the first answer. A NaN in a window, or a market that did not vary in it (or so little
 * that beta is beyond the doubles), is NaN.
 *
 * @throws QuantError "range" for a window that is no integer ≥ 2, "shape" for a market of another length, returns or
 *   `out` of a wrong form.
 */
export function betaSignal<X extends TableLike>(
  returns: X,
  market: VectorLike,
  options: BetaSignalOptions<X> = {},
): TableOf<X> {
  requireKnownOptions(options, ["betaWindow", "stabilityWindow", "out"]);
  const { betaWindow = 60, stabilityWindow = 60, out } = options;
  requireInteger("betaWindow", betaWindow, 2);
  requireInteger("stabilityWindow", stabilityWindow, 2);

  const table = requireTable("returns", returns);
  const beta = rollingBeta(table, requireVector("market", market, table.rows), betaWindow);
  const unsteadiness = rollingStd(beta, stabilityWindow);
  const signal = new Matrix(table.rows, table.columns);
  for (let k = 0; k < signal.data.length; k++) {
    const value = -beta.data[k]! * (1 + unsteadiness.data[k]!);
    signal.data[k] = Number.isFinite(value) ? value : Number.NaN;
  }
  return inKindOf(returns, signal, out);
}
