import { requireInteger } from "../guards/numbers.ts";
import { requireBoolean, requireKnownOptions, requireOneOf } from "../guards/options.ts";
import { requireVector, type VectorLike } from "../guards/vectors.ts";
import { pow } from "../special/pow.ts";
import { autocovariances, deviationsFromMean } from "./deviations.ts";
import { mean } from "./moments.ts";

const LAG_RULES = ["automatic", "rule-of-thumb"] as const;

/**
 * How many lags count.
 *
 * | name | lags |
 * |---|---|
 * | `automatic` | the plug-in rule of Newey and West for Bartlett weights, without prewhitening [arch] |
 * | `rule-of-thumb` | ⌊4 (n ÷ 100)^(2/9)⌋ |
 */
export type LagRule = (typeof LAG_RULES)[number];

export interface NeweyWestOptions {
  /**
   * A number of lags below the number of observations (0 for independent observations), or a rule.
   *
   * @defaultValue "automatic"
   */
  readonly lags?: number | LagRule;
  /**
   * Whether the variance is multiplied by n ÷ (n − 1) for the mean that was estimated.
   *
   * @defaultValue false
   */
  readonly smallSample?: boolean;
}

export interface NeweyWest {
  readonly mean: number;
  /** The variance of √n · mean as n grows, in the series' unit squared. */
  readonly longRunVariance: number;
  /** Of the mean: √(longRunVariance ÷ n). */
  readonly standardError: number;
  /** How many lags counted. */
  readonly lags: number;
  readonly observations: number;
}

function ruleOfThumb(n: number): number {
  return Math.min(Math.floor(4 * pow(n / 100, 2 / 9)), n - 1);
}

/** ⌊1.1447 ((s₁ ÷ s₀)² n)^⅓⌋ with s₀ = γ₀ + 2 Σ γ_j and s₁ = 2 Σ j γ_j over the lags of the rule of thumb. */
function automaticLags(covariances: Float64Array, n: number): number {
  let s0 = covariances[0]!;
  let s1 = 0;
  for (let j = 1; j <= ruleOfThumb(n); j++) {
    s0 += 2 * covariances[j]!;
    s1 += 2 * j * covariances[j]!;
  }
  const ratio = s1 / s0;
  if (!Number.isFinite(ratio)) return Number.isNaN(s1) || s1 === 0 ? 0 : n - 1;
  return Math.min(Math.floor(1.1447 * pow(ratio * ratio * n, 1 / 3)), n - 1);
}

/**
 * The long-run variance of a series and the standard error of its mean, right under autocorrelation and changing
 * variance: γ₀ + 2 Σ (1 − j ÷ (lags + 1)) γ_j with γ_j = Σ (x_t − mean)(x_{t−j} − mean) ÷ n (Bartlett weights, so never
 * negative). NaN for a series that holds a NaN or an infinity.
 *
 * @throws QuantError "range" for fewer than two observations or for lags that are no integer in [0, n − 1], "option" for
 *   an unknown rule and a `smallSample` that is neither true nor false, "shape" when x is no vector.
 */
export function neweyWest(x: VectorLike, options: NeweyWestOptions = {}): NeweyWest {
  requireKnownOptions(options, ["lags", "smallSample"]);
  const { lags: rule = "automatic", smallSample = false } = options;
  requireBoolean("smallSample", smallSample);
  const series = requireVector("x", x);
  const n = series.length;
  requireInteger("the number of observations", n, 2);
  if (typeof rule === "number") requireInteger("lags", rule, 0, n - 1);
  else requireOneOf("lags", rule, LAG_RULES);
  const deviations = deviationsFromMean(series);
  const lags =
    typeof rule === "number"
      ? rule
      : rule === "rule-of-thumb"
        ? ruleOfThumb(n)
        : automaticLags(autocovariances(deviations, ruleOfThumb(n)), n);
  const covariances = autocovariances(deviations, lags);
  let variance = covariances[0]!;
  for (let j = 1; j <= lags; j++) variance += 2 * (1 - j / (lags + 1)) * covariances[j]!;
  variance = Math.max(variance, 0); // rounding may leave −ε of a series whose mean does not move
  if (smallSample) variance *= n / (n - 1);
  return {
    mean: mean(series),
    longRunVariance: variance * deviations.unit * deviations.unit,
    standardError: Math.sqrt(variance / n) * deviations.unit,
    lags,
    observations: n,
  };
}
