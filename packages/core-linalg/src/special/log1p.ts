import { extendedLog1p } from "./extended-log.ts";

/**
 * log(1 + x), right where 1 + x would round x away; the same bits on every engine, error below 0.51 ulp.
 *
 * log1p(−1) = −∞, log1p(x < −1) = NaN, log1p(∞) = ∞, log1p(±0) = ±0.
 */
export function log1p(x: number): number {
  if (!(x > -1)) return x === -1 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY || Math.abs(x) < 2 ** -54) return x;
  return extendedLog1p(x).high;
}
