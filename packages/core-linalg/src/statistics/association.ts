import { requireInteger } from "../guards/numbers.ts";
import { requireKnownOptions, requireOneOf } from "../guards/options.ts";
import { requireVector, type VectorLike } from "../guards/vectors.ts";
import { deviationsFromMean, laggedProduct } from "./deviations.ts";
import { kendallTau } from "./kendall-tau.ts";
import type { VarianceOptions } from "./moments.ts";
import { ranks } from "./ranks.ts";

const CORRELATION_METHODS = ["pearson", "spearman", "kendall"] as const;

/**
 * Which correlation: `pearson` of the values, `spearman` of their ranks (ties share the mean of theirs), or `kendall`, the
 * share of concordant less that of discordant pairs, corrected for ties (tau-b).
 */
export type CorrelationMethod = (typeof CORRELATION_METHODS)[number];

export interface CorrelationMethodOptions {
  /** @defaultValue "pearson" */
  readonly method?: CorrelationMethod;
}

function requirePair(x: VectorLike, y: VectorLike): [Float64Array, Float64Array] {
  const first = requireVector("x", x);
  return [first, requireVector("y", y, first.length)];
}

/**
 * The covariance Σ (x − mean)(y − mean) ÷ (n − ddof) of two vectors of one length. NaN when n ≤ ddof and when either holds
 * a NaN or an infinity.
 *
 * @throws QuantError "shape" for no vectors or for two lengths, "range" for a ddof that is no integer ≥ 0.
 */
export function covarianceBetween(x: VectorLike, y: VectorLike, options: VarianceOptions = {}): number {
  requireKnownOptions(options, ["ddof"]);
  const { ddof = 1 } = options;
  requireInteger("ddof", ddof, 0);
  const [first, second] = requirePair(x, y);
  if (first.length <= ddof) return Number.NaN;
  const a = deviationsFromMean(first);
  const b = deviationsFromMean(second);
  return (laggedProduct(a.values, b.values, 0) / (first.length - ddof)) * a.unit * b.unit;
}

/** Σ a b ÷ √(Σ a² Σ b²) of the deviations; rounding beyond ±1 is taken back. */
function pearson(x: Float64Array, y: Float64Array): number {
  const { values: a } = deviationsFromMean(x);
  const { values: b } = deviationsFromMean(y);
  const scale = Math.sqrt(laggedProduct(a, a, 0) * laggedProduct(b, b, 0));
  const correlation = laggedProduct(a, b, 0) / scale;
  return scale > 0 ? Math.min(1, Math.max(-1, correlation)) : Number.NaN;
}

/**
 * The correlation of two vectors of one length, in [−1, 1]. NaN when either is constant, shorter than 2 or holds a NaN
 * (and for `pearson`, an infinity).
 *
 * @throws QuantError "shape" for no vectors or for two lengths, "option" for an unknown method.
 */
export function correlationBetween(
  x: VectorLike,
  y: VectorLike,
  options: CorrelationMethodOptions = {},
): number {
  requireKnownOptions(options, ["method"]);
  const { method = "pearson" } = options;
  requireOneOf("method", method, CORRELATION_METHODS);
  const [first, second] = requirePair(x, y);
  if (first.some(Number.isNaN) || second.some(Number.isNaN)) return Number.NaN;
  if (method === "pearson") return pearson(first, second);
  const [a, b] = [ranks(first), ranks(second)];
  return method === "spearman" ? pearson(a, b) : kendallTau(a, b);
}
