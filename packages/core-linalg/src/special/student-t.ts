import { requirePositive } from "../guards/numbers.ts";
import { continuedFraction } from "./continued-fraction.ts";
import {
  type DoubleDouble,
  exactProduct,
  fromDouble,
  negative,
  product,
  quotient,
  scaled,
  sum,
} from "./double-double.ts";
import { exp } from "./exp.ts";
import { invertProbability } from "./invert.ts";
import { log } from "./log.ts";
import { preciseLogGamma } from "./log-gamma.ts";
import { normalQuantile } from "./normal.ts";
import { polynomial } from "./polynomial.ts";
import { expOfPrecise } from "./precise-exp.ts";
import { preciseLog } from "./precise-log.ts";

const ONE: DoubleDouble = { high: 1, low: 0 };
const ONE_OVER_ROOT_PI = 0.5641895835477563;
/** From here on the law is the normal's to the last bit. */
const NORMAL_FROM = 1e25;
/** From here on the ratio of gamma functions is taken from its series in 1/a. */
const SERIES_FROM = 100;
/** log(Γ(a + ½) ÷ (Γ(a) √a)) = −1/(8a) + 1/(192a³) − 1/(640a⁵) + … */
const GAMMA_RATIO: readonly number[] = [-1 / 8, 1 / 192, -1 / 640];

/** log(Γ(a + ½) ÷ Γ(a)). */
function logGammaRatio(a: number): DoubleDouble {
  if (a < SERIES_FROM) return sum(preciseLogGamma(a + 0.5), negative(preciseLogGamma(a)));
  const inverse = 1 / a;
  const rest = inverse * polynomial(inverse * inverse, GAMMA_RATIO);
  return sum(scaled(preciseLog(fromDouble(a)), 0.5), fromDouble(rest));
}

let latest: { readonly a: number; readonly ratio: DoubleDouble } | undefined;

/** The same, remembered for the next argument of the law: whole samples share one number of degrees of freedom. */
function rememberedRatio(a: number): DoubleDouble {
  if (latest?.a !== a) latest = { a, ratio: logGammaRatio(a) };
  return latest.ratio;
}

/** log(1 + t² ÷ ν). */
function logStretch(t: number, nu: number): DoubleDouble {
  if (t > 2 ** 400 || (t / nu) * t > 2 ** 200) {
    return sum(scaled(preciseLog(fromDouble(t)), 2), negative(preciseLog(fromDouble(nu))));
  }
  const r = quotient(exactProduct(t, t), fromDouble(nu));
  if (r.high > 2 ** -30) return preciseLog(sum(ONE, r));
  return product(r, sum(ONE, fromDouble(r.high * (r.high / 3 - 0.5))));
}

/** What the law says at t ≥ 0 with ν degrees of freedom, a = ν ÷ 2. */
interface Place {
  /** P(T > t). */
  readonly upper: number;
  /** P(0 < T < t). */
  readonly centre: number;
  readonly density: number;
}

/** Σ (a + ½)ₙ ÷ (3/2)ₙ yⁿ. */
function centreSeries(a: number, y: number): number {
  let term = 1;
  let total = 1;
  for (let n = 0; term > total * 2 ** -56; n++) {
    term *= ((a + 0.5 + n) / (1.5 + n)) * y;
    total += term;
  }
  return total;
}

/** The continued fraction of the incomplete beta function I_x(a, ½), its even part: every second level is taken. */
function upperFraction(a: number, x: number, y: number): number {
  const odd = (m: number): number => (-(a + m) * (a + 0.5 + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
  const even = (m: number): number => (m * (0.5 - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
  // 1 + odd(m) without the cancellation at x near 1.
  const onePlusOdd = (m: number): number =>
    (a / 2 + 2 * a * m + 1.5 * m + 3 * m * m + (a + m) * (a + 0.5 + m) * y) / ((a + 2 * m) * (a + 2 * m + 1));
  return continuedFraction(
    (m) => -odd(m - 1) * even(m),
    (m) => (m === 0 ? onePlusOdd(0) : onePlusOdd(m) + even(m)),
  );
}

/**
 * With y = t² ÷ (ν + t²), x = 1 − y and K = √y xᵃ Γ(a + ½) ÷ (√π Γ(a)):
 * P(0 < T < t) = K Σ (a + ½)ₙ ÷ (3/2)ₙ yⁿ,   P(T > t) = K ÷ (2a · fraction),   density = K ÷ t.
 */
function placeOf(t: number, nu: number): Place {
  const a = nu / 2;
  const r = (t / nu) * t;
  const y = 1 / (1 + nu / t / t);
  const exponent = sum(rememberedRatio(a), negative(product(logStretch(t, nu), fromDouble(a))));
  const power = ONE_OVER_ROOT_PI * expOfPrecise(exponent);
  const root = Math.sqrt(y);
  const density = t > nu ? (power * root) / t : power / Math.sqrt(nu) / Math.sqrt(1 + r);
  if (t * t <= (3 * nu) / (nu + 2)) {
    const centre = power * root * centreSeries(a, y);
    return { centre, upper: 0.5 - centre, density };
  }
  const upper = (power * root) / (nu * upperFraction(a, 1 / (1 + r), y));
  return { upper, centre: 0.5 - upper, density };
}

function requireDegrees(degreesOfFreedom: number): number {
  return Math.min(requirePositive("degreesOfFreedom", degreesOfFreedom), NORMAL_FROM);
}

/**
 * P(T ≤ x) for Student's t with any positive number of degrees of freedom; relative error below 1e-14 far into the lower
 * tail (for the upper tail take the lower one of −x). NaN for NaN.
 *
 * @throws QuantError "range" or "not-finite" for degrees of freedom that are not positive and finite.
 */
export function studentTCdf(x: number, degreesOfFreedom: number): number {
  const nu = requireDegrees(degreesOfFreedom);
  if (Number.isNaN(x)) return Number.NaN;
  if (x === 0) return 0.5;
  if (Math.abs(x) === Number.POSITIVE_INFINITY) return x > 0 ? 1 : 0;
  const { upper, centre } = placeOf(Math.abs(x), nu);
  if (x < 0) return upper;
  return centre < 0.25 ? 0.5 + centre : 1 - upper;
}

/**
 * The density of Student's t at x, with scale 1 (its variance is ν ÷ (ν − 2)); relative error below 1e-15. NaN for NaN.
 *
 * @throws QuantError "range" or "not-finite" for degrees of freedom that are not positive and finite.
 */
export function studentTPdf(x: number, degreesOfFreedom: number): number {
  const nu = requireDegrees(degreesOfFreedom);
  if (Number.isNaN(x)) return Number.NaN;
  if (Math.abs(x) === Number.POSITIVE_INFINITY) return 0;
  if (x === 0) return densityAtZero(nu);
  return placeOf(Math.abs(x), nu).density;
}

function densityAtZero(nu: number): number {
  return (ONE_OVER_ROOT_PI * expOfPrecise(rememberedRatio(nu / 2))) / Math.sqrt(nu);
}

/** Where to look for the t with P(T > t) = q: the normal's quantile corrected, or the power law of the tail. */
function tailStart(q: number, nu: number): number {
  const z = -normalQuantile(q);
  if (nu > 2 * z * z) return z + (z * z * z + z) / (4 * nu);
  // The tail is below f(0) ν^((ν+1)/2) t^(−ν) ÷ ν.
  return exp((log(densityAtZero(nu) / nu) - log(q)) / nu + ((nu + 1) / (2 * nu)) * log(nu));
}

/** The t > 0 with P(T > t) = q ≤ ½, or P(0 < T < t) = ½ − q where that is the smaller one. */
function upperQuantile(q: number, nu: number): number {
  const centre = 0.5 - q;
  if (centre < 0.25) {
    const at = (t: number) => {
      const place = placeOf(t, nu);
      return { value: place.centre, density: place.density };
    };
    return invertProbability(at, centre, "rising", centre / densityAtZero(nu));
  }
  const at = (t: number) => {
    const place = placeOf(t, nu);
    return { value: place.upper, density: place.density };
  };
  return invertProbability(at, q, "falling", tailStart(q, nu));
}

/**
 * The quantile of Student's t: x with P(T ≤ x) = p, for 0 ≤ p ≤ 1 (−∞ and ∞ at the ends, NaN outside). Relative error
 * below 1e-13. ±∞ also where few degrees of freedom put it beyond the doubles.
 *
 * @throws QuantError "range" or "not-finite" for degrees of freedom that are not positive and finite.
 */
export function studentTQuantile(p: number, degreesOfFreedom: number): number {
  const nu = requireDegrees(degreesOfFreedom);
  if (!(p >= 0 && p <= 1)) return Number.NaN;
  if (p === 0.5) return 0;
  if (p === 0 || p === 1) return p === 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return p < 0.5 ? -upperQuantile(p, nu) : upperQuantile(1 - p, nu);
}
