import { requireInteger } from "../guards/numbers.ts";
import { requireFiniteVector, type VectorLike } from "../guards/vectors.ts";
import { log } from "../special/log.ts";
import { pow } from "../special/pow.ts";
import { autocovariances, deviationsFromMean } from "./deviations.ts";

/** Block lengths for a bootstrap of a series; neither is rounded. NaN for a constant series. */
export interface BlockLength {
  /** The mean length of the stationary bootstrap's blocks. */
  readonly stationary: number;
  /** The fixed length of the circular bootstrap's blocks. */
  readonly circular: number;
}

/** How many insignificant lags in a row end the search. */
const RUN = 5;

/** The first lag of the first run of insignificant autocorrelations, or undefined when there is none. */
function firstQuietLag(covariances: Float64Array, n: number): number | undefined {
  const band = 2 * Math.sqrt(log(n) / Math.LN10 / n) * covariances[0]!;
  let quiet = 0;
  for (let k = 1; k < covariances.length; k++) {
    quiet = Math.abs(covariances[k]!) < band ? quiet + 1 : 0;
    if (quiet === RUN) return k - RUN + 1;
  }
  return undefined;
}

/** 1 up to one half, then falling to 0 at 1. */
function flatTop(s: number): number {
  return s <= 0.5 ? 1 : 2 * (1 - s);
}

/**
 * The block length that makes the bootstrap's variance of the mean most accurate, by the rule of Politis and White as
 * corrected by Patton, Politis and White [arch]: (2 G² ÷ D)^⅓ n^⅓ with G = Σ λ(k/M) |k| γ_k and g = Σ λ(k/M) γ_k over
 * |k| ≤ M, D = 2 g² (stationary) or 4/3 g² (circular), at most min(3 √n, n ÷ 3) rounded up. λ is 1 up to ½ and falls to
 * 0 at 1. M is twice the first of five lags in a row whose autocorrelations stay within 2 √(log₁₀ n ÷ n). These are taken
 * over the whole series, as R's np does [np]; arch divides by the squares of the two overlapping parts, and its search may
 * end at another lag.
 *
 * @throws QuantError "range" for fewer than 10 observations, "not-finite" for a NaN or an infinity, "shape" when x is no
 *   vector.
 */
export function automaticBlockLength(x: VectorLike): BlockLength {
  const series = requireFiniteVector("x", x);
  const n = series.length;
  requireInteger("the number of observations", n, 10);
  const largest = Math.min(Math.ceil(Math.sqrt(n)) + RUN, n - 1);
  const covariances = autocovariances(deviationsFromMean(series), largest);
  const quiet = firstQuietLag(covariances, n);
  const M = quiet === undefined ? largest : Math.min(2 * quiet, largest);
  let G = 0;
  let g = covariances[0]!;
  for (let k = 1; k <= M; k++) {
    const term = 2 * flatTop(k / M) * covariances[k]!;
    G += k * term;
    g += term;
  }
  const most = Math.ceil(Math.min(3 * Math.sqrt(n), n / 3));
  const ratio = (G / g) * (G / g) * n;
  return {
    stationary: Math.min(pow(ratio, 1 / 3), most),
    circular: Math.min(pow(1.5 * ratio, 1 / 3), most),
  };
}
