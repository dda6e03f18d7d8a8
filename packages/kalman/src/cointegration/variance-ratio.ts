import { normalCdf, type VectorLike } from "@astra-quant/core-linalg";
import {
  requireBoolean,
  requireFiniteVector,
  requireInteger,
  requireKnownOptions,
  requireOneOf,
} from "@astra-quant/core-linalg/guards";
import { inUnits } from "./extreme-units.ts";
import { largestMagnitude } from "./trend.ts";

export interface VarianceRatioOptions {
  /**
   * How many bars q the long changes span, at least 2 and at most half of the changes.
   *
   * @defaultValue 2
   */
  readonly horizon?: number;
  /**
   * 'c' takes out the mean change, 'n' knows it to be zero.
   *
   * @defaultValue "c"
   */
  readonly trend?: "n" | "c";
  /**
   * Whether the statistic allows for a variance that changes from bar to bar; else changes are taken to be of one variance.
   *
   * @defaultValue true
   */
  readonly robust?: boolean;
}

export interface VarianceRatio {
  /** Variance of changes over q bars ÷ (q · variance over one bar): 1 for a random walk, below it for mean reversion. */
  readonly ratio: number;
  /** (ratio − 1) ÷ its standard error under a random walk: standard normal for many bars. */
  readonly statistic: number;
  /** Of the ratio, under a random walk. */
  readonly standardError: number;
  /** The probability of a statistic at least as far from zero under a random walk. */
  readonly pValue: number;
  /** Changes over one bar. */
  readonly observations: number;
}

/** θ(q) of Lo and MacKinlay: the variance of √n (ratio − 1) when variances change. */
function robustVariance(squares: Float64Array, horizon: number): number {
  const n = squares.length;
  const total = squares.reduce((sum, value) => sum + value, 0);
  let theta = 0;
  for (let k = 1; k < horizon; k++) {
    let sum = 0;
    for (let t = k; t < n; t++) sum += (squares[t]! / total) * (squares[t - k]! / total);
    const weight = 2 * (1 - k / horizon);
    theta += weight * weight * n * sum;
  }
  return theta;
}

/**
 * Lo and MacKinlay's test of a random walk by the variances of changes over one bar and over q bars, which overlap; both
 * without the bias of a short sample. NaN for a series whose changes do not vary.
 *
 * @param levels - prices in logs, a spread: what is tested for being a random walk, n + 1 values for n changes
 * @throws QuantError "not-finite" for a NaN or an infinity, "range" for fewer than 4 changes or a horizon that is no
 *   integer in [2, n ÷ 2], "option" for an unknown trend.
 */
export function varianceRatio(levels: VectorLike, options: VarianceRatioOptions = {}): VarianceRatio {
  requireKnownOptions(options, ["horizon", "trend", "robust"]);
  const { horizon: q = 2, trend = "c", robust = true } = options;
  requireOneOf("trend", trend, ["n", "c"]);
  requireBoolean("robust", robust);
  const y = inUnits(requireFiniteVector("levels", levels));
  const n = y.length - 1;
  requireInteger("the number of changes", Math.max(0, n), 4);
  requireInteger("horizon", q, 2, Math.floor(n / 2));
  const mean = trend === "c" ? (y[n]! - y[0]!) / n : 0;
  const squares = new Float64Array(n);
  let short = 0;
  for (let t = 0; t < n; t++) {
    const change = y[t + 1]! - y[t]! - mean;
    squares[t] = change * change;
    short += squares[t]!;
  }
  let long = 0;
  for (let t = q; t <= n; t++) {
    const change = y[t]! - y[t - q]! - q * mean;
    long += change * change;
  }
  const rounding = 8 * Number.EPSILON * largestMagnitude(y);
  const varies = short > n * rounding * rounding;
  const ratio = varies
    ? trend === "c"
      ? long / (q * (n - q + 1) * (1 - q / n)) / (short / (n - 1))
      : long / (q * (n - q + 1)) / (short / n)
    : Number.NaN;
  const variance = robust ? robustVariance(squares, q) : (2 * (2 * q - 1) * (q - 1)) / (3 * q);
  const standardError = varies ? Math.sqrt(variance / n) : Number.NaN;
  const statistic = (ratio - 1) / standardError;
  return { ratio, statistic, standardError, pValue: 2 * normalCdf(-Math.abs(statistic)), observations: n };
}
