import { powerOfTwo } from "./bits.ts";

const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;
const OVERFLOW = 709.782712893384;
const UNDERFLOW = -745.1332191019411;

/**
 * e^x, the same bits on every engine (built from + − × ÷ alone), error below 1 ulp.
 *
 * x = k ln2 + r with |r| ≤ ln2 ÷ 2, and e^r by the rational approximation of FreeBSD's msun (e_exp).
 * exp(NaN) = NaN, exp(−∞) = 0; results beyond the doubles are ∞ and 0.
 */
export function exp(x: number): number {
  if (!(x <= OVERFLOW)) return x > OVERFLOW ? Number.POSITIVE_INFINITY : Number.NaN;
  if (x < UNDERFLOW) return 0;
  const k = Math.floor(x * Math.LOG2E + 0.5);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const t = r * r;
  const c =
    r -
    t *
      (1.66666666666666019037e-1 +
        t *
          (-2.77777777770155933842e-3 +
            t *
              (6.61375632143793436117e-5 + t * (-1.6533902205465251539e-6 + t * 4.13813679705723846039e-8))));
  const y = 1 - (low - (r * c) / (2 - c) - high);
  if (k > 1023) return y * 2 * powerOfTwo(k - 1);
  if (k >= -1021) return y * powerOfTwo(k);
  return y * powerOfTwo(k + 1000) * powerOfTwo(-1000); // a subnormal result is rounded once, here
}
