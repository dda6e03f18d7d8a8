import { expm1 } from "@astra-quant/core-linalg";

/** The hyperbolic tangent: odd to the bit, and right where it is small. tanh x = −e ÷ (e + 2), e = expm1(−2|x|). */
export function tanh(x: number): number {
  const e = expm1(-2 * Math.abs(x));
  const size = -e / (e + 2);
  return x < 0 ? -size : size;
}
