import { requireKnownOptions, requirePositive } from "@astra-quant/core-linalg/guards";
import { FINITE, type Figure, type FigureOf, mapFigure, NOT_NEGATIVE, type OutFigure } from "./figure.ts";
import { wholeLots } from "./lots.ts";

export interface LiquidityOptions {
  /** The share of an average day's volume that a position may be, positive. @defaultValue 0.1 */
  readonly participation?: number;
  /** The cap is a whole number of these, positive. @defaultValue 1 */
  readonly lotSize?: number;
}

export interface LiquidityCapOptions<X extends Figure> extends LiquidityOptions, OutFigure<X> {}

/**
 * Positions no larger than a share of the average daily volume, whole lots, long and short alike; smaller ones stay as
 * they are. A volume of 0 leaves nothing, a volume that is not known (NaN) gives NaN. Use the average of the days
 * before, as `averageDailyVolume` gives it: today's is not known until today is over.
 *
 * @param shares - signed shares: a number, a vector, a time × assets matrix or a panel; the answer has its form
 * @param averageVolume - shares a day, ≥ 0: one number, one an asset, or one an entry
 * @throws QuantError "range" for a negative volume or options that are not positive, "not-finite" for an infinity,
 *   "shape" for a volume that does not fit.
 */
export function liquidityCap<X extends Figure>(
  shares: X,
  averageVolume: Figure,
  options: LiquidityCapOptions<X> = {},
): FigureOf<X> {
  requireKnownOptions(options, ["participation", "lotSize", "out"]);
  const { participation = 0.1, lotSize = 1, out } = options;
  requirePositive("participation", participation);
  requirePositive("lotSize", lotSize);
  return mapFigure("shares", shares, FINITE, out, (beside) => {
    const volume = beside("averageVolume", averageVolume, NOT_NEGATIVE);
    return (value, k) => {
      const cap = wholeLots(volume(k) * participation, lotSize);
      return Math.max(-cap, Math.min(cap, value)) + 0;
    };
  });
}
