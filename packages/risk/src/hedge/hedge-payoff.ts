import { pow } from "@astra-quant/core-linalg";
import {
  requireFinite,
  requireKnownOptions,
  requireNonNegative,
  requirePositive,
} from "@astra-quant/core-linalg/guards";

export interface HedgePayoffOptions {
  /** The hedge's notional as a fraction of equity, ≥ 0. @defaultValue 0.1 */
  readonly size?: number;
  /** How convex the payoff is, positive: 1 is a line. @defaultValue 1.5 */
  readonly exponent?: number;
  /** How many times the convex fall is paid, ≥ 0. @defaultValue 3 */
  readonly multiplier?: number;
}

export interface HedgePayoffSettings {
  readonly size: number;
  readonly exponent: number;
  readonly multiplier: number;
}

export function requirePayoffSettings(options: HedgePayoffOptions): HedgePayoffSettings {
  const { size = 0.1, exponent = 1.5, multiplier = 3 } = options;
  return {
    size: requireNonNegative("size", size),
    exponent: requirePositive("exponent", exponent),
    multiplier: requireNonNegative("multiplier", multiplier),
  };
}

/** The usual power, 1.5, is a root and a product. */
function convex(fall: number, exponent: number): number {
  return exponent === 1.5 ? fall * Math.sqrt(fall) : pow(fall, exponent);
}

/** h · max(0, −r)^e · m */
export function payoffOf(marketReturn: number, { size, exponent, multiplier }: HedgePayoffSettings): number {
  return marketReturn < 0 ? size * convex(-marketReturn, exponent) * multiplier : 0;
}

/**
 * What an active tail hedge pays on a market return, a fraction of equity, ≥ 0: `size` · fall ^ `exponent` ·
 * `multiplier`, nothing on a rise. A stand-in for options that are not modelled: convex, not priced.
 *
 * @throws QuantError "not-finite" for a NaN, "range" for a size, exponent or multiplier that is none.
 */
export function hedgePayoff(marketReturn: number, options: HedgePayoffOptions = {}): number {
  requireKnownOptions(options, ["size", "exponent", "multiplier"]);
  return payoffOf(requireFinite("marketReturn", marketReturn), requirePayoffSettings(options));
}
