import { leadingPart } from "./bits.ts";
import { exp } from "./exp.ts";
import { polynomial } from "./polynomial.ts";

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

/** erf(x) = x + x · ratio for |x| < 0.84375. */
function ratioNearZero(x: number): number {
  const z = x * x;
  return polynomial(z, NEAR_ZERO.p) / polynomial(z, NEAR_ZERO.q);
}

/** erf(a) = ERF_OF_ONE + ratio for 0.84375 ≤ a < 1.25. */
function ratioNearOne(a: number): number {
  const s = a - 1;
  return polynomial(s, NEAR_ONE.p) / polynomial(s, NEAR_ONE.q);
}

/** erfc(a) for 1.25 ≤ a ≤ 28. */
function tailOf(a: number): number {
  const { p, q } = a < 1 / 0.35 ? MIDDLE : FAR;
  const s = 1 / (a * a);
  // e^(−a²) with a split in two, so that the square of the leading part is exact.
  const z = leadingPart(a);
  return (exp(-z * z - 0.5625) * exp((z - a) * (z + a) + polynomial(s, p) / polynomial(s, q))) / a;
}

/**
 * The error function 2/√π ∫₀^x e^(−t²) dt, the same bits on every engine, error below 1 ulp. erf(±0) = ±0,
 * erf(±∞) = ±1, NaN for NaN.
 */
export function erf(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  const a = Math.abs(x);
  if (a < 0.84375) return x + x * ratioNearZero(x);
  const magnitude = a < 1.25 ? ERF_OF_ONE + ratioNearOne(a) : a > 6 ? 1 : 1 - tailOf(a);
  return x < 0 ? -magnitude : magnitude;
}

/** The complementary error function 1 − erf(x) = 2/√π ∫ₓ^∞ e^(−t²) dt; the same bits on every engine. */
export function erfc(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  const a = Math.abs(x);
  if (a < 0.84375) {
    const ratio = ratioNearZero(x);
    return x < 0.25 ? 1 - (x + x * ratio) : 0.5 - (x - 0.5 + x * ratio);
  }
  if (a < 1.25) {
    const ratio = ratioNearOne(a);
    return x >= 0 ? 1 - ERF_OF_ONE - ratio : 1 + (ERF_OF_ONE + ratio);
  }
  if (a > 28) return x > 0 ? 0 : 2;
  if (x < -6) return 2;
  const tail = tailOf(a);
  return x > 0 ? tail : 2 - tail;
}
