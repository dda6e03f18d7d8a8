import { Matrix, rollingMean, rollingStd, type TableLike, type TableOf } from "@astra-quant/core-linalg";
import {
  inKindOf,
  requireInteger,
  requireKnownOptions,
  requirePositive,
  requireTable,
} from "@astra-quant/core-linalg/guards";
import { realizedVolatility } from "./realized-volatility.ts";

export interface VolatilitySignalOptions<X extends TableLike> {
  /** Returns in the realised volatility. @defaultValue 20 */
  readonly volatilityWindow?: number;
  /** Realised volatilities in the volatility of volatility. @defaultValue 20 */
  readonly volOfVolWindow?: number;
  /** Realised volatilities that say what is usual. @defaultValue 252 */
  readonly zScoreWindow?: number;
  /** Returns in a year. @defaultValue 252 */
  readonly periodsPerYear?: number;
  /** Where to write the answer: of its form and size. */
  readonly out?: TableOf<X>;
}

/**
 * Mean reversion of volatility: negative while an asset is more volatile than is usual for it, the more so when
 * its volatility itself is unsteady. With σ the annualised realised volatility,
 * −(σ − mean σ) ÷ std σ · (1 + std₂₀ σ).
 *
 * Returns are simple fractions a period, a vector or time × assets (a matrix or `Panel`); the answer has their form
 * and size and no unit. Full windows only, looking back: with the default windows and a NaN in row 0, as returns
 * that keep the rows of their prices have it, row 271 is the first answer. A NaN in a window, or a usual volatility
 * that never varied (as of constant prices), is NaN.
 *
 * @throws QuantError "range" for a window that is no integer ≥ 2 or a year that is not positive, "shape" for
 *   returns or `out` of a wrong form.
 */
export function volatilitySignal<X extends TableLike>(
  returns: X,
  options: VolatilitySignalOptions<X> = {},
): TableOf<X> {
  requireKnownOptions(options, [
    "volatilityWindow",
    "volOfVolWindow",
    "zScoreWindow",
    "periodsPerYear",
    "out",
  ]);
  const {
    volatilityWindow = 20,
    volOfVolWindow = 20,
    zScoreWindow = 252,
    periodsPerYear = 252,
    out,
  } = options;
  requireInteger("volatilityWindow", volatilityWindow, 2);
  requireInteger("volOfVolWindow", volOfVolWindow, 2);
  requireInteger("zScoreWindow", zScoreWindow, 2);
  requirePositive("periodsPerYear", periodsPerYear);

  const volatility = realizedVolatility(requireTable("returns", returns), volatilityWindow, periodsPerYear);
  const unsteadiness = rollingStd(volatility, volOfVolWindow);
  const usual = rollingMean(volatility, zScoreWindow);
  const spread = rollingStd(volatility, zScoreWindow);
  const signal = new Matrix(volatility.rows, volatility.columns);
  for (let k = 0; k < signal.data.length; k++) {
    const excess = volatility.data[k]! - usual.data[k]!;
    const zScore = spread.data[k]! > 0 ? excess / spread.data[k]! : Number.NaN;
    signal.data[k] = -zScore * (1 + unsteadiness.data[k]!);
  }
  return inKindOf(returns, signal, out);
}
