import { requireFinite, requireInteger } from "@astra-quant/core-linalg/guards";

const TENS: readonly number[] = Array.from({ length: 16 }, (_, decimals) => Number(`1e${decimals}`));

/** 10^decimals, for 0 … 15 of them. */
export function powerOfTen(decimals: number): number {
  return TENS[decimals]!;
}

/** Below this, a product with a power of ten is nearer than a thousandth to the decimal that was meant. */
const SMALL = 1e9;

/** The decimal that the magnitude prints as, times 10^decimals. */
function shifted(magnitude: number, decimals: number): number {
  const [digits, exponent] = magnitude.toExponential().split("e");
  return Number(`${digits}e${Number(exponent) + decimals}`);
}

/**
 * How many units of 10^−decimals a value is, ties away from zero; never −0. Only near a tie do its printed digits decide,
 * elsewhere the product is as good. A value with no digit left to round is its own count, rounded as a double is.
 */
export function unitsHalfAway(value: number, decimals: number): number {
  const magnitude = Math.abs(value);
  const product = magnitude * powerOfTen(decimals);
  const plain = product < SMALL && Math.abs(product - Math.floor(product) - 0.5) > 1e-3;
  const units = Math.round(plain ? product : shifted(magnitude, decimals));
  return value < 0 ? 0 - units : units;
}

/**
 * The value rounded to `decimals` places as a statement does it: by the decimal that the double prints as,
 * ties away from zero. 0.04095 (a double just below the tie) becomes 0.041 at 4 places, −47.265 becomes
 * −47.27 at 2; never −0.
 *
 * @throws QuantError for a value that is not finite, or `decimals` outside 0…15.
 */
export function roundHalfAway(value: number, decimals: number): number {
  requireFinite("value", value);
  requireInteger("decimals", decimals, 0, 15);
  const units = unitsHalfAway(value, decimals);
  if (Math.abs(units) > Number.MAX_SAFE_INTEGER) return value; // no digit is left to round
  return units / powerOfTen(decimals);
}
