import {
  type DoubleDouble,
  exactSum,
  fromDouble,
  negative,
  product,
  sum,
  toDouble,
} from "./double-double.ts";
import { log } from "./log.ts";
import { polynomial } from "./polynomial.ts";
import { preciseLog, preciseLog1p } from "./precise-log.ts";
import { sin } from "./trigonometric.ts";

export const HALF_LOG_TWO_PI: DoubleDouble = { high: 0.9189385332046728, low: -3.8782941580672414e-17 };
const LOG_PI = 1.1447298858494002;
const ONE_MINUS_EULER: DoubleDouble = { high: 0.42278433509846713, low: 4.942915152430645e-18 };
/** (−1)^k (ζ(k) − 1) ÷ k for k = 2 … 27: log Γ(2 + z) = (1 − γ) z + Σ c_k z^k. */
const AROUND_TWO: readonly number[] = [
  0.3224670334241132, -0.0673523010531981, 0.020580808427784546, -0.007385551028673986, 0.0028905103307415234,
  -0.001192753911703261, 0.0005096695247430425, -0.00022315475845357939, 9.945751278180853e-5,
  -4.492623673813314e-5, 2.050721277567069e-5, -9.439488275268397e-6, 4.374866789907488e-6,
  -2.039215753801366e-6, 9.55141213040742e-7, -4.492469198764566e-7, 2.1207184805554665e-7,
  -1.0043224823968099e-7, 4.7698101693639804e-8, -2.2711094608943164e-8, 1.0838659214896955e-8,
  -5.183475041970047e-9, 2.4836745438024785e-9, -1.1921401405860912e-9, 5.731367241678862e-10,
  -2.7595228851242334e-10,
];
/** B₂ₖ ÷ (2k (2k − 1)) for k = 1 … 9: what Stirling's formula leaves out, in 1 ÷ x. */
const STIRLING: readonly number[] = [
  0.08333333333333333, -0.002777777777777778, 0.0007936507936507937, -0.0005952380952380953,
  0.0008417508417508417, -0.0019175269175269176, 0.00641025641025641, -0.029550653594771242,
  0.17964437236883057,
];
/** From here on Stirling's series is exact to 1e-19. */
export const STIRLING_FROM = 15;
/** Up to here log x, x log x and their difference are wanted in two doubles; beyond, one does. */
const STIRLING_PRECISE_TO = 2 ** 60;
/** The factors x (x + 1) … that are multiplied out; below, the reflection formula loses nothing. */
const SHIFT_FROM = -30;
const NEAR = 0.25;

/** log Γ(2 + z) for |z| ≤ ¼. */
function aroundTwo(z: DoubleDouble): DoubleDouble {
  const square = product(z, z);
  return sum(product(ONE_MINUS_EULER, z), product(square, fromDouble(polynomial(z.high, AROUND_TWO))));
}

/** What log Γ(x) has beyond (x − ½) log x − x + ½ log 2π: 1/(12x) − 1/(360x³) + …, for x ≥ 15. */
export function stirlingCorrection(x: number): number {
  const inverse = 1 / x;
  return inverse * polynomial(inverse * inverse, STIRLING);
}

/** (x − ½) log x − x + ½ log 2π + 1/(12x) − …, for x ≥ 15. */
function stirling(x: DoubleDouble): DoubleDouble {
  const main = sum(product(sum(x, fromDouble(-0.5)), preciseLog(x)), negative(x));
  return sum(sum(main, HALF_LOG_TWO_PI), fromDouble(stirlingCorrection(x.high)));
}

/** log|Γ(x)| = log Γ(x + n) − log|x (x + 1) … (x + n − 1)|, for −30 ≤ x < 15. */
function shifted(x: number): DoubleDouble {
  const n = Math.ceil(STIRLING_FROM - x);
  let factors = fromDouble(x);
  for (let i = 1; i < n; i++) factors = product(factors, exactSum(x, i));
  const magnitude = factors.high < 0 ? negative(factors) : factors;
  return sum(stirling(exactSum(x, n)), negative(preciseLog(magnitude)));
}

/**
 * log Γ(x) of an x in (0, 2⁶⁰], absolute error below 4e-18 + 2⁻⁹⁵ |value|; relative error below 1e-16 around the zeros at 1
 * and 2.
 */
export function preciseLogGamma(x: number): DoubleDouble {
  if (Math.abs(x - 2) <= NEAR) return aroundTwo(fromDouble(x - 2));
  if (Math.abs(x - 1) <= NEAR) {
    // log Γ(1 + z) = log Γ(2 + z) − log(1 + z)
    return sum(aroundTwo(fromDouble(x - 1)), negative(preciseLog1p(x - 1)));
  }
  return x < STIRLING_FROM ? shifted(x) : stirling(fromDouble(x));
}

/** log|Γ(x)| = log(π ÷ |x sin πx|) − log Γ(−x), for x < −30 that is no integer. */
function reflected(x: number): number {
  const distance = Math.abs(x - Math.round(x));
  const sine = log(Math.abs(x)) + log(sin(Math.PI * distance));
  return LOG_PI - sine - lgamma(-x);
}

/**
 * log|Γ(x)|, the same bits on every engine: error below 1e-15 · max(1, |value|), and below 1e-15 |value| around the
 * zeros at 1 and 2 too.
 *
 * ∞ at the poles 0, −1, −2, … and at ±∞, NaN for NaN.
 */
export function lgamma(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  if (Math.abs(x) === Number.POSITIVE_INFINITY || (x <= 0 && Number.isInteger(x))) {
    return Number.POSITIVE_INFINITY;
  }
  if (x > STIRLING_PRECISE_TO) return x * (log(x) - 1);
  if (x > 0) return toDouble(preciseLogGamma(x));
  return x >= SHIFT_FROM ? toDouble(shifted(x)) : reflected(x);
}
