import { leadingPart } from "./bits.ts";
import { exp } from "./exp.ts";
import { log } from "./log.ts";

/** c[0] + c[1] x + c[2] x² + … by Horner's rule. */
function polynomial(x: number, c: readonly number[]): number {
  let sum = c[c.length - 1]!;
  for (let i = c.length - 2; i >= 0; i--) sum = sum * x + c[i]!;
  return sum;
}

// Rational approximations of FreeBSD's msun (s_erf): one pair of polynomials an interval of |x|.
const NEAR_ZERO = {
  p: [
    1.28379167095512558561e-1, -3.2504210724700149937e-1, -2.84817495755985104766e-2,
    -5.77027029648944159157e-3, -2.37630166566501626084e-5,
  ],
  q: [
    1, 3.97917223959155352819e-1, 6.50222499887672944485e-2, 5.08130628187576562776e-3,
    1.32494738004321644526e-4, -3.9602282787753681232e-6,
  ],
};
const NEAR_ONE = {
  p: [
    -2.36211856075265944077e-3, 4.14856118683748331666e-1, -3.72207876035701323847e-1,
    3.18346619901161753674e-1, -1.10894694282396677476e-1, 3.54783043256182359371e-2,
    -2.166375594868790843e-3,
  ],
  q: [
    1, 1.06420880400844228286e-1, 5.40397917702171048937e-1, 7.18286544141962662868e-2,
    1.26171219808761642112e-1, 1.36370839120290507362e-2, 1.1984499846799107417e-2,
  ],
};
const MIDDLE = {
  p: [
    -9.86494403484714822705e-3, -6.93858572707181764372e-1, -1.05586262253232909814e1,
    -6.23753324503260060396e1, -1.62396669462573470355e2, -1.84605092906711035994e2,
    -8.12874355063065934246e1, -9.81432934416914548592,
  ],
  q: [
    1, 1.96512716674392571292e1, 1.376577541435190426e2, 4.34565877475229228821e2, 6.45387271733267880336e2,
    4.29008140027567833386e2, 1.08635005541779435134e2, 6.57024977031928170135, -6.04244152148580987438e-2,
  ],
};
const FAR = {
  p: [
    -9.86494292470009928597e-3, -7.99283237680523006574e-1, -1.77579549177547519889e1,
    -1.60636384855821916062e2, -6.37566443368389627722e2, -1.02509513161107724954e3,
    -4.83519191608651397019e2,
  ],
  q: [
    1, 3.03380607434824582924e1, 3.25792512996573918826e2, 1.53672958608443695994e3, 3.19985821950859553908e3,
    2.55305040643316442583e3, 4.74528541206955367215e2, -2.24409524465858183362e1,
  ],
};
const ERF_OF_ONE = 8.45062911510467529297e-1;

/** The complementary error function 1 − erf(x) = 2/√π ∫ₓ^∞ e^(−t²) dt; the same bits on every engine. */
export function erfc(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  const a = Math.abs(x);
  if (a < 0.84375) {
    const z = x * x;
    const ratio = polynomial(z, NEAR_ZERO.p) / polynomial(z, NEAR_ZERO.q);
    return x < 0.25 ? 1 - (x + x * ratio) : 0.5 - (x - 0.5 + x * ratio);
  }
  if (a < 1.25) {
    const s = a - 1;
    const ratio = polynomial(s, NEAR_ONE.p) / polynomial(s, NEAR_ONE.q);
    return x >= 0 ? 1 - ERF_OF_ONE - ratio : 1 + (ERF_OF_ONE + ratio);
  }
  if (a > 28) return x > 0 ? 0 : 2;
  if (x < -6) return 2;
  const { p, q } = a < 1 / 0.35 ? MIDDLE : FAR;
  const s = 1 / (a * a);
  // e^(−a²) with a split in two, so that the square of the leading part is exact.
  const z = leadingPart(a);
  const tail = (exp(-z * z - 0.5625) * exp((z - a) * (z + a) + polynomial(s, p) / polynomial(s, q))) / a;
  return x > 0 ? tail : 2 - tail;
}

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
