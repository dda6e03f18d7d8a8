import { requirePositive } from "../guards/numbers.ts";
import { exp } from "./exp.ts";
import { invertProbability } from "./invert.ts";
import { log } from "./log.ts";
import { normalQuantile } from "./normal.ts";
import { studentTDensity, studentTShares } from "./student-t-shares.ts";

/** From here on the law is the normal's to the last bit. */
const NORMAL_FROM = 1e25;

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
  const { upper, centre } = studentTShares(Math.abs(x), nu);
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
  return studentTDensity(Math.abs(x), nu);
}

/** Where to look for the t with P(T > t) = q: the normal's quantile corrected, or the power law of the tail. */
function tailStart(q: number, nu: number): number {
  const z = -normalQuantile(q);
  if (nu > 2 * z * z) return z + (z * z * z + z) / (4 * nu);
  // The tail is below f(0) ν^((ν+1)/2) t^(−ν) ÷ ν.
  return exp((log(studentTDensity(0, nu) / nu) - log(q)) / nu + ((nu + 1) / (2 * nu)) * log(nu));
}

/** The t > 0 with P(T > t) = q ≤ ½, or P(0 < T < t) = ½ − q where that is the smaller one. */
function upperQuantile(q: number, nu: number): number {
  const centre = 0.5 - q;
  if (centre < 0.25) {
    const at = (t: number) => {
      const shares = studentTShares(t, nu);
      return { value: shares.centre, density: shares.density };
    };
    return invertProbability(at, centre, "rising", centre / studentTDensity(0, nu));
  }
  const at = (t: number) => {
    const shares = studentTShares(t, nu);
    return { value: shares.upper, density: shares.density };
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
