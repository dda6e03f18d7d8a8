import { expm1 } from "./expm1.ts";

/**
 * The hyperbolic tangent, the same bits in every engine: odd to the bit, and right where it is small,
 * error below 3 ulp. tanh(±∞) = ±1, tanh(±0) = ±0, tanh(NaN) = NaN.
 */
export function tanh(x: number): number {
  // tanh |x| = −e ÷ (e + 2), e = exp(−2|x|) − 1
  const e = expm1(-2 * Math.abs(x));
  const size = -e / (e + 2);
  return x < 0 ? -size : x === 0 ? x : size;
}
