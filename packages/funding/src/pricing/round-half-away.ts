import { requireFinite, requireInteger } from "@astra-quant/core-linalg/guards";

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
  const [digits, exponent] = Math.abs(value).toExponential().split("e");
  const shifted = Number(`${digits}e${Number(exponent) + decimals}`);
  if (shifted > Number.MAX_SAFE_INTEGER) return value; // no digit is left to round
  const units = Math.round(shifted);
  const rounded = Number(`${units}e-${decimals}`);
  return value < 0 ? 0 - rounded : rounded;
}
