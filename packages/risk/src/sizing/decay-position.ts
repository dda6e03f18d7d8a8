import { requireKnownOptions, requirePositive } from "@astra-quant/core-linalg/guards";
import { FINITE, type Figure, type FigureOf, mapFigure, NOT_NEGATIVE, type OutFigure } from "./figure.ts";
import { decayFactor } from "./half-life.ts";

export interface DecayPositionOptions<X extends Figure> extends OutFigure<X> {
  /** Periods after which half of a position is left, positive. @defaultValue 10 */
  readonly halfLife?: number;
}

/**
 * What is left of a position of that age: position · 0.5 ^ (age ÷ `halfLife`), its sign kept. NaN for a missing
 * position or age.
 *
 * @param position - signed, in any unit: a number, a vector, a time × assets matrix or a panel; the answer has its form
 * @param age - periods since it was taken, ≥ 0: one number, one an asset, or one an entry
 * @throws QuantError "range" for a negative age or a half-life that is not positive, "shape" for ages that do not fit.
 */
export function decayPosition<X extends Figure>(
  position: X,
  age: Figure,
  options: DecayPositionOptions<X> = {},
): FigureOf<X> {
  requireKnownOptions(options, ["halfLife", "out"]);
  const { halfLife = 10, out } = options;
  requirePositive("halfLife", halfLife);
  return mapFigure("position", position, FINITE, out, (beside) => {
    const periods = beside("age", age, NOT_NEGATIVE);
    return (value, k) => value * decayFactor(periods(k), halfLife);
  });
}
