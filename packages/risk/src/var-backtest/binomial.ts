import { exp, lgamma, log, log1p } from "@astra-quant/core-linalg";

/** x log p, and 0 where x is 0, whatever p. */
export function timesLog(x: number, p: number): number {
  return x === 0 ? 0 : x * log(p);
}

/** P(X = x) of a binomial of n trials, 0 < p < 1. */
export function binomialMass(x: number, n: number, p: number): number {
  const ways = lgamma(n + 1) - lgamma(x + 1) - lgamma(n - x + 1);
  return exp(ways + x * log(p) + (n - x) * log1p(-p));
}

/** P(X ≤ x); the sum of the smaller side, added from its smallest terms. */
export function binomialCdf(x: number, n: number, p: number): number {
  if (x >= n) return 1;
  if (x <= n * p) {
    let sum = 0;
    for (let k = 0; k <= x; k++) sum += binomialMass(k, n, p);
    return Math.min(1, sum);
  }
  return 1 - binomialSurvival(x + 1, n, p);
}

/** P(X ≥ x), without the rounding of 1 − P(X < x). */
export function binomialSurvival(x: number, n: number, p: number): number {
  if (x <= 0) return 1;
  if (x <= n * p) return 1 - binomialCdf(x - 1, n, p);
  let sum = 0;
  let term = binomialMass(x, n, p);
  for (let k = x; k <= n && term > sum * Number.EPSILON; k++) {
    sum += term;
    term *= ((n - k) / (k + 1)) * (p / (1 - p));
  }
  return Math.min(1, sum);
}
