import { QuantError, requireProbability } from "@astra-quant/core-linalg/guards";

/**
 * 1 − confidence as the decimal that was meant: 1 − 0.99 is 0.010000000000000009 in doubles, and 500 × that is more
 * than five observations.
 */
export function tailProbability(confidence: number): number {
  const plain = 1 - requireProbability("confidence", confidence);
  return Number(plain.toFixed(15)) || plain;
}

/** How many of n observations lie in a tail of that probability: a real number, and an integer but for rounding is one. */
export function tailCount(n: number, alpha: number): number {
  const count = n * alpha;
  const nearest = Math.round(count);
  return Math.abs(count - nearest) <= 4 * Number.EPSILON * nearest ? nearest : count;
}

/** How many of a sample's observations lie in the tail, if it is one at least. */
export function requireTail(name: string, observations: number, alpha: number): number {
  const count = tailCount(observations, alpha);
  if (count >= 1) return count;
  const least = Math.ceil(1 / alpha);
  throw new QuantError(
    "range",
    `${name} must number at least ${least} for a tail of ${alpha} to hold one, got ${observations}`,
    { argument: name, least, value: observations },
  );
}
