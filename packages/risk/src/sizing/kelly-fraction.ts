import {
  QuantError,
  requireBoolean,
  requireKnownOptions,
  requirePositive,
  show,
} from "@astra-quant/core-linalg/guards";
import { type FullKelly, type KellyOdds, kellyOfOdds } from "./kelly-bet.ts";
import { type KellyAssets, type KellyMoments, kellyOfAssets, kellyOfMoments } from "./kelly-portfolio.ts";

export interface KellyOptions {
  /** The part of the stake that is taken, positive: 0.5 is half Kelly. @defaultValue 1 */
  readonly fraction?: number;
  /**
   * Allows for the estimate's error: the stake is multiplied with stake² ÷ (stake² + E[error²]), which would make the
   * expected growth of an estimated stake largest if the true stake stood in it; the estimate stands in for that. Needs
   * `observations`. @defaultValue false
   */
  readonly shrink?: boolean;
}

export interface KellyFraction {
  /** The part of capital to stake: full · `fraction` · shrinkage. Negative: the other side of the bet. */
  readonly fraction: number;
  /** The stake of largest growth if the figures given are the truth. */
  readonly full: number;
  /** Standard error of `full`, which is an estimate where its figures are; NaN without `observations`. */
  readonly standardError: number;
  /** In [0, 1]; 1 unless `shrink` is asked. */
  readonly shrinkage: number;
  /** Expected log growth at `fraction`, a bet or a period, if the figures given are the truth; −∞ where it can ruin. */
  readonly growthRate: number;
}

export interface KellyPortfolio {
  /** n parts of capital: full · `fraction` · shrinkage; negative is short. */
  readonly weights: Float64Array;
  /** n stakes of largest growth if the figures given are the truth. */
  readonly full: Float64Array;
  /** n standard errors of `full`; NaN without `observations`. */
  readonly standardErrors: Float64Array;
  /** In [0, 1]; 1 unless `shrink` is asked. */
  readonly shrinkage: number;
  /** Expected log growth a period at `weights`, if the figures given are the truth. */
  readonly growthRate: number;
}

interface Settings {
  readonly fraction: number;
  /** What is left of a stake for E[error²] ÷ stake². */
  readonly shrinkageFor: (noise: number) => number;
}

function requireSettings(options: KellyOptions, observations: number | undefined): Settings {
  requireKnownOptions(options, ["fraction", "shrink"]);
  const { fraction = 1, shrink = false } = options;
  requirePositive("fraction", fraction);
  if (!requireBoolean("shrink", shrink)) return { fraction, shrinkageFor: () => 1 };
  if (observations === undefined) {
    throw new QuantError("option", "shrink needs observations: how many the figures were estimated from", {
      option: "shrink",
    });
  }
  return { fraction, shrinkageFor: (noise) => 1 / (1 + noise) };
}

function oneStake({ stake, error, growth }: FullKelly, { fraction, shrinkageFor }: Settings): KellyFraction {
  const shrinkage = shrinkageFor(error / (stake * stake));
  const taken = stake * fraction * shrinkage + 0;
  return {
    fraction: taken,
    full: stake,
    standardError: Math.sqrt(error),
    shrinkage,
    growthRate: growth(taken),
  };
}

function manyStakes(assets: KellyAssets, { fraction, shrinkageFor }: Settings): KellyPortfolio {
  const { weights, errors, noise, growth } = kellyOfAssets(assets);
  const shrinkage = shrinkageFor(noise);
  const multiple = fraction * shrinkage;
  return {
    weights: weights.map((weight) => weight * multiple + 0),
    full: weights,
    standardErrors: errors.map(Math.sqrt),
    shrinkage,
    growthRate: growth(multiple),
  };
}

/**
 * Kelly's stake: the part of capital whose repeated betting grows fastest, in expectation of the logarithm.
 *
 * - `{ winProbability, winPayoff, lossPayoff }`: a bet that is won or lost, p ÷ lossPayoff − (1 − p) ÷ winPayoff
 * - `{ expectedReturn, variance }`: one asset, μ ÷ σ²
 * - `{ expectedReturns, covariance }`: a portfolio, Σ⁻¹ μ
 *
 * For assets this is the limit of short periods, where log growth is w′μ − ½ w′Σw above the cash rate. `observations`
 * asks for standard errors (independent bets, or independent normal returns, to first order); a full stake on estimated
 * figures is too large, which `shrink` and `fraction` answer. No cap is applied: see `scaleToLeverage`.
 *
 * @throws QuantError "range" for a probability outside (0, 1), payoffs, a variance or a fraction that are not positive,
 *   "not-finite" for a NaN, "shape" for lengths that do not fit, "data" for a covariance that is not positive definite,
 *   "option" for figures of another form or `shrink` without `observations`.
 */
export function kellyFraction(bet: KellyOdds | KellyMoments, options?: KellyOptions): KellyFraction;
export function kellyFraction(assets: KellyAssets, options?: KellyOptions): KellyPortfolio;
export function kellyFraction(
  figures: KellyOdds | KellyMoments | KellyAssets,
  options: KellyOptions = {},
): KellyFraction | KellyPortfolio {
  requireKnownOptions(figures, FIGURES, "figures");
  const settings = requireSettings(options, figures.observations);
  if ("winProbability" in figures) {
    requireKnownOptions(figures, ["winProbability", "winPayoff", "lossPayoff", "observations"], "figures");
    return oneStake(kellyOfOdds(figures), settings);
  }
  if ("expectedReturn" in figures) {
    requireKnownOptions(figures, ["expectedReturn", "variance", "observations"], "figures");
    return oneStake(kellyOfMoments(figures), settings);
  }
  if ("expectedReturns" in figures) {
    requireKnownOptions(figures, ["expectedReturns", "covariance", "observations"], "figures");
    return manyStakes(figures, settings);
  }
  const forms = "{ winProbability, … }, { expectedReturn, … } or { expectedReturns, … }";
  throw new QuantError("option", `figures must be ${forms}, got ${show(figures)}`, { argument: "figures" });
}

const FIGURES = [
  "winProbability",
  "winPayoff",
  "lossPayoff",
  "expectedReturn",
  "variance",
  "expectedReturns",
  "covariance",
  "observations",
] as const;
