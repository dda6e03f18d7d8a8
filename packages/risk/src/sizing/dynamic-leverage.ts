import {
  QuantError,
  requireKnownOptions,
  requireNonNegative,
  requirePositive,
} from "@astra-quant/core-linalg/guards";
import { type Figure, type FigureOf, mapFigure, type OutFigure, STRENGTH } from "./figure.ts";

export interface LeverageRange {
  /** Leverage of the weakest signal, ≥ 0. @defaultValue 1 */
  readonly minLeverage?: number;
  /** Leverage of the strongest signal, positive and at least `minLeverage`. @defaultValue 3 */
  readonly maxLeverage?: number;
}

export interface DynamicLeverageOptions<X extends Figure> extends LeverageRange, OutFigure<X> {}

export function requireLeverageRange({ minLeverage = 1, maxLeverage = 3 }: LeverageRange): {
  readonly least: number;
  readonly most: number;
} {
  const least = requireNonNegative("minLeverage", minLeverage);
  const most = requirePositive("maxLeverage", maxLeverage);
  if (least <= most) return { least, most };
  throw new QuantError("range", `minLeverage must be at most maxLeverage (${most}), got ${least}`, {
    argument: "minLeverage",
    value: least,
  });
}

/** L = L_min + (L_max − L_min) |s| */
export function leverageAt(strength: number, least: number, most: number): number {
  return least + (most - least) * Math.abs(strength);
}

/**
 * The leverage that a signal of this strength is given: `minLeverage` at strength 0, `maxLeverage` at ±1, a line
 * between. NaN for a missing strength.
 *
 * @param strength - in [−1, 1], as `signalStrength` gives it; the answer has its form
 * @throws QuantError "range" for a strength outside [−1, 1] or leverages that are not in order.
 */
export function dynamicLeverage<X extends Figure>(
  strength: X,
  options: DynamicLeverageOptions<X> = {},
): FigureOf<X> {
  requireKnownOptions(options, ["minLeverage", "maxLeverage", "out"]);
  const { least, most } = requireLeverageRange(options);
  return mapFigure("strength", strength, STRENGTH, options.out, () => (s) => leverageAt(s, least, most));
}
