import { requireKnownOptions, requirePositive } from "@astra-quant/core-linalg/guards";
import { type Figure, type FigureOf, mapFigure, NOT_NEGATIVE, type OutFigure } from "./figure.ts";

export interface VolatilityScaleOptions<X extends Figure> extends OutFigure<X> {
  /** The volatility wanted, a fraction in the unit of the volatility given, positive. */
  readonly target: number;
  /** The most that a position is multiplied with, positive. @defaultValue 3 */
  readonly maxLeverage?: number;
}

/** min(L_max, σ* ÷ σ); a σ of 0 is met by no leverage, so the cap holds. */
export function scaleFor(volatility: number, target: number, maxLeverage: number): number {
  return volatility === 0 ? maxLeverage : Math.min(maxLeverage, target / volatility);
}

/**
 * What a position must be multiplied with to have the volatility wanted: target ÷ volatility, at most `maxLeverage`,
 * which is also the answer to a volatility of 0. NaN for a volatility that is not known.
 *
 * @param volatility - ≥ 0, in the unit of `target`: a number, a vector, a matrix or a panel; the answer has its form
 * @throws QuantError "range" for a negative volatility, a target or a `maxLeverage` that is not positive.
 */
export function volatilityScale<X extends Figure>(
  volatility: X,
  options: VolatilityScaleOptions<X>,
): FigureOf<X> {
  requireKnownOptions(options, ["target", "maxLeverage", "out"]);
  const { target, maxLeverage = 3, out } = options;
  requirePositive("target", target);
  requirePositive("maxLeverage", maxLeverage);
  return mapFigure("volatility", volatility, NOT_NEGATIVE, out, () => (sigma) => {
    return scaleFor(sigma, target, maxLeverage);
  });
}
