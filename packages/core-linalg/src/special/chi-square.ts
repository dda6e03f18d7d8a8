import { requirePositive } from "../guards/numbers.ts";
import { exp } from "./exp.ts";
import { type GammaShares, gammaShares } from "./incomplete-gamma.ts";
import { invertProbability } from "./invert.ts";
import { log } from "./log.ts";
import { lgamma } from "./log-gamma.ts";
import { normalQuantile } from "./normal.ts";

function sharesAt(x: number, degreesOfFreedom: number): GammaShares {
  const a = requirePositive("degreesOfFreedom", degreesOfFreedom) / 2;
  return gammaShares(a, x / 2);
}

/**
 * P(X ≤ x) for a chi-square of any positive number of degrees of freedom; relative error below 1e-13 far into the lower
 * tail. 0 for x ≤ 0, NaN for NaN.
 *
 * @throws QuantError "range" or "not-finite" for degrees of freedom that are not positive and finite.
 */
export function chiSquareCdf(x: number, degreesOfFreedom: number): number {
  return sharesAt(x, degreesOfFreedom).lower;
}

/**
 * P(X > x) for a chi-square, the p-value of a test whose statistic is x: right far into the upper tail, where 1 − cdf has
 * no digits left. 1 for x ≤ 0, NaN for NaN.
 *
 * @throws QuantError "range" or "not-finite" for degrees of freedom that are not positive and finite.
 */
export function chiSquareSurvival(x: number, degreesOfFreedom: number): number {
  return sharesAt(x, degreesOfFreedom).upper;
}

/** Wilson and Hilferty's cube root of a normal, or the power law near zero where that has no root. */
function startOf(p: number, k: number): number {
  const spread = 2 / (9 * k);
  const root = 1 - spread + normalQuantile(p) * Math.sqrt(spread);
  if (k >= 1 && root > 0.2) return k * root * root * root;
  return 2 * exp((log(p) + lgamma(k / 2 + 1)) / (k / 2));
}

/**
 * The quantile of a chi-square: x with P(X ≤ x) = p, for 0 ≤ p ≤ 1 (0 and ∞ at the ends, NaN outside). Relative error
 * below 1e-13.
 *
 * @throws QuantError "range" or "not-finite" for degrees of freedom that are not positive and finite.
 */
export function chiSquareQuantile(p: number, degreesOfFreedom: number): number {
  const k = requirePositive("degreesOfFreedom", degreesOfFreedom);
  if (!(p >= 0 && p <= 1)) return Number.NaN;
  if (p === 0 || p === 1) return p === 0 ? 0 : Number.POSITIVE_INFINITY;
  const start = startOf(p, k);
  if (p <= 0.5) {
    const at = (x: number) => {
      const { lower, density } = gammaShares(k / 2, x / 2);
      return { value: lower, density: density / 2 };
    };
    return invertProbability(at, p, "rising", start);
  }
  const at = (x: number) => {
    const { upper, density } = gammaShares(k / 2, x / 2);
    return { value: upper, density: density / 2 };
  };
  return invertProbability(at, 1 - p, "falling", start);
}
