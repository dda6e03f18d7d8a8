import { leadingPart } from "./bits.ts";
import { erfc } from "./error-function.ts";
import { exp } from "./exp.ts";
import { log } from "./log.ts";
import { polynomial } from "./polynomial.ts";

/** The density of the standard normal at x, accurate in relative terms far into the tails. NaN for NaN. */
export function normalPdf(x: number): number {
  if (Math.abs(x) > 39) return 0;
  const z = leadingPart(x); // e^(−x²/2) as in erfc: the square of the leading part is exact
  return 0.3989422804014327 * exp(-0.5 * z * z) * exp(-0.5 * (x - z) * (x + z));
}

const SQRT_HALF_LOW = -4.833646656726457e-17; // √½ − fl(√½)

/** What the double −x · √½ loses of −x ÷ √2, by splitting both factors so that their products are exact. */
function lostInScaling(x: number, scaled: number): number {
  const xHigh = leadingPart(x);
  const sHigh = leadingPart(Math.SQRT1_2);
  const xLow = x - xHigh;
  const sLow = Math.SQRT1_2 - sHigh;
  const error = xHigh * sHigh + scaled + xHigh * sLow + xLow * sHigh + xLow * sLow;
  return -(error + x * SQRT_HALF_LOW);
}

/** P(Z ≤ x) for a standard normal Z; accurate in relative terms far into the lower tail. NaN for NaN. */
export function normalCdf(x: number): number {
  const scaled = -x * Math.SQRT1_2;
  const probability = 0.5 * erfc(scaled);
  if (!(x < -1 && x > -40)) return probability;
  // In the tail the last bit of the argument counts |x|² times: one Newton step for what scaling lost.
  const ONE_OVER_ROOT_PI = 0.5641895835477563;
  return probability - lostInScaling(x, scaled) * ONE_OVER_ROOT_PI * exp(-scaled * scaled);
}

// Coefficients of Wichura, Algorithm AS 241: The percentage points of the normal distribution,
// Applied Statistics 37 (1988), routine PPND16.
const CENTRE = {
  p: [
    3.387132872796366608, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
    4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3,
  ],
  q: [
    1, 4.2313330701600911252e1, 6.871870074920579083e2, 5.3941960214247511077e3, 2.1213794301586595867e4,
    3.930789580009271061e4, 2.8729085735721942674e4, 5.226495278852854561e3,
  ],
};
const SHOULDER = {
  p: [
    1.42343711074968357734, 4.6303378461565452959, 5.7694972214606914055, 3.64784832476320460504,
    1.27045825245236838258, 2.4178072517745061177e-1, 2.27238449892691845833e-2, 7.7454501427834140764e-4,
  ],
  q: [
    1, 2.05319162663775882187, 1.6763848301838038494, 6.8976733498510000455e-1, 1.4810397642748007459e-1,
    1.51986665636164571966e-2, 5.475938084995344946e-4, 1.05075007164441684324e-9,
  ],
};
const TAIL = {
  p: [
    6.6579046435011037772, 5.4637849111641143699, 1.7848265399172913358, 2.9656057182850489123e-1,
    2.6532189526576123093e-2, 1.2426609473880784386e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
  ],
  q: [
    1, 5.9983220655588793769e-1, 1.3692988092273580531e-1, 1.48753612908506148525e-2, 7.868691311456132591e-4,
    1.8463183175100546818e-5, 1.4215117583164458887e-7, 2.04426310338993978564e-15,
  ],
};

/**
 * The quantile of the standard normal: x with P(Z ≤ x) = p, for 0 ≤ p ≤ 1 (−∞ and ∞ at the ends, NaN
 * outside). Relative error about 1e-16.
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN;
  if (p === 0 || p === 1) return p === 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(r, CENTRE.p)) / polynomial(r, CENTRE.q);
  }
  const r = Math.sqrt(-log(q < 0 ? p : 1 - p));
  const branch = r <= 5 ? SHOULDER : TAIL;
  const t = r - (r <= 5 ? 1.6 : 5);
  const x = polynomial(t, branch.p) / polynomial(t, branch.q);
  return q < 0 ? -x : x;
}
