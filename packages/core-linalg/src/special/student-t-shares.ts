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
import { expOfPair } from "./extended-exp.ts";
import { extendedLog } from "./extended-log.ts";
import { preciseLogGamma } from "./log-gamma.ts";
import { polynomial } from "./polynomial.ts";
import { preciseLog } from "./precise-log.ts";
import { rememberingLast } from "./remembering-last.ts";

const ONE: DoubleDouble = { high: 1, low: 0 };
const ONE_OVER_ROOT_PI = 0.5641895835477563;
/** From here on the ratio of gamma functions is taken from its series in 1/a. */
const SERIES_FROM = 100;
/** log(Γ(a + ½) ÷ (Γ(a) √a)) = −1/(8a) + 1/(192a³) − 1/(640a⁵) + … */
const GAMMA_RATIO: readonly number[] = [-1 / 8, 1 / 192, -1 / 640];

/** log(Γ(a + ½) ÷ Γ(a)). */
const logGammaRatio: (a: number) => DoubleDouble = rememberingLast((a) => {
  if (a < SERIES_FROM) return sum(preciseLogGamma(a + 0.5), negative(preciseLogGamma(a)));
  const inverse = 1 / a;
  const rest = inverse * polynomial(inverse * inverse, GAMMA_RATIO);
  return sum(scaled(preciseLog(fromDouble(a)), 0.5), fromDouble(rest));
});

/** log(1 + t² ÷ ν). */
function logStretch(t: number, nu: number): DoubleDouble {
  if (t > 2 ** 400 || (t / nu) * t > 2 ** 200) {
    return sum(scaled(extendedLog(t, 0), 2), negative(extendedLog(nu, 0)));
  }
  const r = quotient(exactProduct(t, t), fromDouble(nu));
  if (r.high <= 2 ** -30) return product(r, sum(ONE, fromDouble(r.high * (r.high / 3 - 0.5))));
  const stretch = sum(ONE, r);
  return extendedLog(stretch.high, stretch.low);
}

/** What the law of ν degrees of freedom says at t ≥ 0. */
export interface StudentTShares {
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
  let lost = 0;
  for (let n = 0; term > total * 2 ** -56; n++) {
    term *= ((a + 0.5 + n) / (1.5 + n)) * y;
    const next = total + term;
    lost += total - next + term;
    total = next;
  }
  return total + lost;
}

const LEVELS = 100_000;

/**
 * The continued fraction of the incomplete beta function I_x(a, ½), its even part (every second level is taken), with
 * y = 1 − x: b₀ + a₁ ÷ (b₁ + a₂ ÷ (b₂ + …)) by the recurrence of
 * its numerators P and denominators Q, all of them over the latest Q.
 *
 * a_m = −odd(m − 1) even(m),   b_m = 1 + odd(m) + even(m)
 * odd(m) = −(a + m)(a + m + ½) x ÷ ((a + 2m)(a + 2m + 1)),   even(m) = m (½ − m) x ÷ ((a + 2m − 1)(a + 2m))
 */
function upperFraction(a: number, x: number, y: number): number {
  // 1 + odd(0) without the cancellation at x near 1, and so below.
  let value = (a / 2 + a * (a + 0.5) * y) / (a * (a + 1));
  let [earlierP, earlierQ] = [1, 0];
  let odd = (-(a + 0.5) * x) / (a + 1);
  for (let m = 1; m <= LEVELS; m++) {
    const q = a + 2 * m;
    const even = (m * (0.5 - m) * x) / ((q - 1) * q);
    const scale = 1 / (q * (q + 1));
    const growth = (a + m) * (a + m + 0.5);
    const b = (a / 2 + 2 * a * m + 1.5 * m + 3 * m * m + growth * y) * scale + even;
    const c = -odd * even;
    const inverse = 1 / (b + c * earlierQ);
    const next = (b * value + c * earlierP) / (b + c * earlierQ);
    odd = -growth * x * scale;
    earlierP = value * inverse;
    earlierQ = inverse;
    const settled = Math.abs(next - value) <= Number.EPSILON * Math.abs(next);
    value = next;
    if (settled) break;
  }
  return value;
}

/** K = √y xᵃ Γ(a + ½) ÷ (√π Γ(a)) with a = ν ÷ 2, y = t² ÷ (ν + t²) and x = 1 − y; this is K ÷ √y. */
function powerAt(t: number, nu: number): number {
  const a = nu / 2;
  const exponent = sum(logGammaRatio(a), negative(product(logStretch(t, nu), fromDouble(a))));
  return ONE_OVER_ROOT_PI * expOfPair(exponent);
}

/** K ÷ t, of the K ÷ √y given. */
function densityOf(power: number, t: number, nu: number): number {
  if (t > nu) return (power * Math.sqrt(1 / (1 + nu / t / t))) / t;
  return power / Math.sqrt(nu) / Math.sqrt(1 + (t / nu) * t);
}

/** The density at t ≥ 0. */
export function studentTDensity(t: number, nu: number): number {
  return densityOf(powerAt(t, nu), t, nu);
}

/** P(0 < T < t) = K Σ (a + ½)ₙ ÷ (3/2)ₙ yⁿ,   P(T > t) = K ÷ (2a · fraction). */
export function studentTShares(t: number, nu: number): StudentTShares {
  const a = nu / 2;
  const power = powerAt(t, nu);
  const density = densityOf(power, t, nu);
  const y = 1 / (1 + nu / t / t);
  const K = power * Math.sqrt(y);
  if (t * t <= (3 * nu) / (nu + 2)) {
    const centre = K * centreSeries(a, y);
    return { centre, upper: 0.5 - centre, density };
  }
  const upper = K / (nu * upperFraction(a, 1 / (1 + (t / nu) * t), y));
  return { upper, centre: 0.5 - upper, density };
}
