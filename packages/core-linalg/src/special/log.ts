import { highWord, powerOfTwo } from "./bits.ts";

const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;
const TWO_54 = 18014398509481984;

/**
 * The natural logarithm, the same bits on every engine, error below 1 ulp.
 *
 * x = 2^k (1 + f) with √½ ≤ 1 + f < √2, and log(1 + f) in s = f ÷ (2 + f) as in FreeBSD's msun (e_log).
 * log(0) = −∞, log(x < 0) = NaN, log(∞) = ∞.
 */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  let k = 0;
  if (x < 2.2250738585072014e-308) {
    x *= TWO_54;
    k = -54;
  }
  // Adding the distance from √½ to 1 in the upper word carries into the exponent exactly when 1 + f ≥ √2.
  const shifted = highWord(x) + (0x3ff00000 - 0x3fe6a09e);
  const exponent = (shifted >>> 20) - 1023;
  k += exponent;
  const f = x * powerOfTwo(-exponent) - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const odd = w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1));
  const even =
    z *
    (6.66666666666673513e-1 +
      w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)));
  const half = 0.5 * f * f;
  return k * LN2_HIGH - (half - (s * (half + (even + odd)) + k * LN2_LOW) - f);
}
