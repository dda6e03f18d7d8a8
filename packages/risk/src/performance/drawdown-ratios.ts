import type { VectorLike } from "@astra-quant/core-linalg";
import {
  requireInteger,
  requireKnownOptions,
  requireNonNegative,
  requireOneOf,
  requirePositive,
} from "@astra-quant/core-linalg/guards";
import { requireCompoundableReturns } from "../returns.ts";
import { drawdownsOf } from "./drawdown.ts";
import { drawdownEpisodes } from "./drawdown-table.ts";
import { type RiskFree, riskFreePerYear } from "./excess-returns.ts";
import { annualGrowth, GROWTHS, type Growth } from "./growth.ts";
import { rewardToRisk } from "./reward-to-risk.ts";

export interface DrawdownRatioOptions {
  /** Returns in a year. */
  readonly periodsPerYear: number;
  /** An annual rate (a fraction), or one rate a period, of which the mean × periodsPerYear counts. @defaultValue 0 */
  readonly riskFree?: RiskFree;
  /** Compound annual growth, or the mean return × periodsPerYear. @defaultValue "compound" */
  readonly growth?: Growth;
}

export interface BurkeRatioOptions extends DrawdownRatioOptions {
  /**
   * What counts as one drawdown: an episode from a high to the next one, by its depth; or a run of negative returns, by
   * their plain sum, as Bacon's tables have it.
   *
   * @defaultValue "episodes"
   */
  readonly drawdowns?: "episodes" | "losing-runs";
  /** Whether the ratio is multiplied by the root of the number of returns. @defaultValue false */
  readonly modified?: boolean;
}

export interface SterlingRatioOptions extends DrawdownRatioOptions {
  /** How many of the deepest drawdowns are averaged (all, when there are fewer), ≥ 1. @defaultValue 1 */
  readonly largest?: number;
  /** What is added to that average, ≥ 0. @defaultValue 0.1 */
  readonly allowance?: number;
}

const COMMON = ["periodsPerYear", "riskFree", "growth"];

/** The drawdowns after each return, summed up. */
export interface Underwater {
  /** The deepest, ≤ 0. */
  readonly depth: number;
  readonly longestUnderwater: number;
  /** Mean of |drawdown|. */
  readonly pain: number;
  /** Root mean square. */
  readonly ulcer: number;
}

/** In one pass, without the series: {@link drawdownsOf} step by step. */
export function underwater(returns: Float64Array): Underwater {
  let level = 1;
  let lowest = 1;
  let run = 0;
  let longestUnderwater = 0;
  let sum = 0;
  let squares = 0;
  for (let t = 0; t < returns.length; t++) {
    level = Math.min(1, level * (1 + returns[t]!));
    lowest = Math.min(lowest, level);
    run = level < 1 ? run + 1 : 0;
    if (run > longestUnderwater) longestUnderwater = run;
    const depth = level - 1;
    sum -= depth;
    squares += depth * depth;
  }
  const n = returns.length;
  return { depth: lowest - 1, longestUnderwater, pain: sum / n, ulcer: Math.sqrt(squares / n) };
}

/** A year's growth over the annual risk-free rate. */
function annualExcess(returns: Float64Array, options: DrawdownRatioOptions): number {
  const { periodsPerYear, riskFree = 0, growth = "compound" } = options;
  requirePositive("periodsPerYear", periodsPerYear);
  requireOneOf("growth", growth, GROWTHS);
  const rate = riskFreePerYear(riskFree, returns.length, periodsPerYear);
  return annualGrowth(returns, periodsPerYear, growth) - rate;
}

/**
 * √(Σ drawdown² ÷ n): the root mean square of the distances below the highest equity so far, after each of the n returns.
 * A fraction ≥ 0.
 *
 * @throws QuantError "shape" for no returns, "not-finite" for a NaN, "range" for a return ≤ −1.
 */
export function ulcerIndex(returns: VectorLike): number {
  return underwater(requireCompoundableReturns("returns", returns)).ulcer;
}

/**
 * Σ |drawdown| ÷ n: the mean distance below the highest equity so far. A fraction ≥ 0.
 *
 * @throws QuantError as `ulcerIndex`.
 */
export function painIndex(returns: VectorLike): number {
  return underwater(requireCompoundableReturns("returns", returns)).pain;
}

/**
 * A year's growth over the risk-free rate per unit of the ulcer index (also called the ulcer performance index); NaN
 * without a drawdown.
 *
 * @throws QuantError as `ulcerIndex`, "range" for periodsPerYear that is not positive, "option" for an unknown option.
 */
export function martinRatio(returns: VectorLike, options: DrawdownRatioOptions): number {
  requireKnownOptions(options, COMMON);
  const r = requireCompoundableReturns("returns", returns);
  return rewardToRisk(annualExcess(r, options), ulcerIndex(r), 0);
}

/**
 * A year's growth over the risk-free rate per unit of the pain index; NaN without a drawdown.
 *
 * @throws QuantError as `martinRatio`.
 */
export function painRatio(returns: VectorLike, options: DrawdownRatioOptions): number {
  requireKnownOptions(options, COMMON);
  const r = requireCompoundableReturns("returns", returns);
  return rewardToRisk(annualExcess(r, options), painIndex(r), 0);
}

/** The sums of the runs of negative returns. */
function losingRuns(returns: Float64Array): number[] {
  const runs: number[] = [];
  returns.forEach((r, t) => {
    if (!(r < 0)) return;
    if (t > 0 && returns[t - 1]! < 0) runs[runs.length - 1]! += r;
    else runs.push(r);
  });
  return runs;
}

/**
 * A year's growth over the risk-free rate per √(Σ depth²) of the drawdowns [PerformanceAnalytics]; NaN without one.
 *
 * @throws QuantError as `martinRatio`.
 */
export function burkeRatio(returns: VectorLike, options: BurkeRatioOptions): number {
  requireKnownOptions(options, [...COMMON, "drawdowns", "modified"]);
  const { drawdowns = "episodes", modified = false } = options;
  requireOneOf("drawdowns", drawdowns, ["episodes", "losing-runs"]);
  const r = requireCompoundableReturns("returns", returns);
  const depths =
    drawdowns === "episodes" ? drawdownEpisodes(drawdownsOf(r)).map(({ depth }) => depth) : losingRuns(r);
  const spread = Math.sqrt(depths.reduce((sum, depth) => sum + depth * depth, 0));
  return rewardToRisk(annualExcess(r, options), spread, 0) * (modified ? Math.sqrt(r.length) : 1);
}

/**
 * A year's growth over the risk-free rate per (mean depth of the largest drawdowns + allowance). Without any drawdown the
 * depth is 0; NaN where the allowance is 0 as well.
 *
 * @throws QuantError as `martinRatio`, and "range" for `largest` that is no integer ≥ 1 or a negative allowance.
 */
export function sterlingRatio(returns: VectorLike, options: SterlingRatioOptions): number {
  requireKnownOptions(options, [...COMMON, "largest", "allowance"]);
  const { largest = 1, allowance = 0.1 } = options;
  requireInteger("largest", largest, 1);
  requireNonNegative("allowance", allowance);
  const r = requireCompoundableReturns("returns", returns);
  const depths = drawdownEpisodes(drawdownsOf(r))
    .map(({ depth }) => -depth)
    .sort((a, b) => b - a)
    .slice(0, largest);
  const average = depths.length === 0 ? 0 : depths.reduce((sum, depth) => sum + depth, 0) / depths.length;
  return rewardToRisk(annualExcess(r, options), average + allowance, 0);
}
