import { requireKnownOptions, requirePositive } from "@astra-quant/core-linalg/guards";
import { type LeverageRange, leverageAt, requireLeverageRange } from "./dynamic-leverage.ts";
import { type Figure, type FigureOf, mapFigure, type OutFigure, STRENGTH } from "./figure.ts";
import { requireSeedParity } from "./parity.ts";

export interface ConvictionOptions extends LeverageRange {
  /** The largest position, a fraction of equity, positive. @defaultValue 0.2 */
  readonly maxPositionSize?: number;
  /**
   * `'seed'` takes `maxPositionSize` before leverage and the signal's direction alone: any signal but 0 begins at
   * `minLeverage` · `maxPositionSize`, and the largest position is `maxLeverage` times what the name says.
   */
  readonly parity?: "seed";
}

export interface ConvictionWeightOptions<X extends Figure> extends ConvictionOptions, OutFigure<X> {}

/** The law from strength to weight, and the largest weight that it gives. */
export interface ConvictionLaw {
  readonly weight: (strength: number) => number;
  readonly leverage: (strength: number) => number;
  readonly largest: number;
}

export function requireConvictionLaw(options: ConvictionOptions): ConvictionLaw {
  const { least, most } = requireLeverageRange(options);
  const size = requirePositive("maxPositionSize", options.maxPositionSize ?? 0.2);
  const leverage = (strength: number): number => leverageAt(strength, least, most);
  if (requireSeedParity(options.parity)) {
    // w = sign(s) L(|s|) m
    return { weight: (s) => Math.sign(s) * leverage(s) * size, leverage, largest: size * most };
  }
  // w = s (L(|s|) ÷ L_max) m
  return { weight: (s) => s * (leverage(s) / most) * size, leverage, largest: size };
}

/**
 * The position that a signal of this strength calls for, a signed fraction of equity: strength · L ÷ `maxLeverage` ·
 * `maxPositionSize`, L the leverage of `dynamicLeverage`. It grows from 0 with the strength, faster than in proportion,
 * and reaches `maxPositionSize` at strength 1: no name ever takes more of the equity than that. NaN for a missing
 * strength.
 *
 * @param strength - in [−1, 1], as `signalStrength` gives it; the answer has its form
 * @throws QuantError "range" for a strength outside [−1, 1], leverages that are not in order, or a size that is not
 *   positive.
 */
export function convictionWeight<X extends Figure>(
  strength: X,
  options: ConvictionWeightOptions<X> = {},
): FigureOf<X> {
  requireKnownOptions(options, ["minLeverage", "maxLeverage", "maxPositionSize", "parity", "out"]);
  const { weight } = requireConvictionLaw(options);
  return mapFigure("strength", strength, STRENGTH, options.out, () => weight);
}
