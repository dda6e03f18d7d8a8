import { exp } from "./exp.ts";

/** Up to here the fraction is taken, beyond it the exponential. */
const NEAR = 0.55;
/** From here on tanh x rounds to 1. */
const FAR = 22;

/**
 * The hyperbolic tangent, the same bits in every engine: odd to the bit, and right where it is small,
 * error below 2 ulp. tanh(±∞) = ±1, tanh(±0) = ±0, tanh(NaN) = NaN.
 */
export function tanh(x: number): number {
  const size = tanhOfSize(Math.min(Math.abs(x), FAR));
  return x < 0 ? -size : x === 0 ? x : size;
}

function tanhOfSize(a: number): number {
  if (a < NEAR) {
    // Lambert's continued fraction a ÷ (1 + a² ÷ (3 + a² ÷ (5 + … + a² ÷ 15))), what it lies below a taken from a
    const t = a * a;
    const over = 675675 + t * (45045 + t * (594 + t));
    const under = 2027025 + t * (945945 + t * (51975 + t * (630 + t)));
    return a - (a * t * over) / under;
  }
  // 1 − 2e ÷ (1 + e), e = exp(−2a)
  const e = exp(-2 * a);
  return 1 - (2 * e) / (1 + e);
}
