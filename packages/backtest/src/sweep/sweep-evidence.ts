import { variance } from "@astra-quant/core-linalg";
import { type DeflatedSharpeRatio, deflatedSharpeRatio } from "@astra-quant/risk";
import { type BacktestOverfitting, backtestOverfitting } from "../overfit/backtest-overfitting.ts";
import type { BlockMoments } from "../overfit/block-moments.ts";
import { minimumBacktestLength } from "../overfit/minimum-backtest-length.ts";
import type { SweepRecord } from "./sweep-record.ts";
import { warningsOfSweep } from "./sweep-warnings.ts";

/** What the best point is worth, given how it was found. */
export interface SweepEvidence {
  /** Of the best point, every point with a ratio counting as one independent trial; null for fewer than two. */
  readonly deflatedSharpe: DeflatedSharpeRatio | null;
  /** Of choosing by Sharpe ratio among all points that have one; null where it was not asked for or cannot be told. */
  readonly overfitting: BacktestOverfitting | null;
  /** Years in which the best of as many independent points without any skill is expected to show the best ratio. */
  readonly minimumYears: number;
  /** Years observed. */
  readonly years: number;
  /** What must be known before the best point is believed, in words. */
  readonly warnings: readonly string[];
}

/** What was gathered on the way, point by point. */
export interface Gathered {
  readonly best: SweepRecord | undefined;
  /** Annual Sharpe ratios that are defined. */
  readonly ratios: Float64Array;
  /** Block moments of the same points; empty where they were not asked for. */
  readonly blocks: readonly BlockMoments[];
  readonly points: number;
  readonly failed: number;
  readonly periodsPerYear: number;
}

function deflated({ best, ratios, periodsPerYear }: Gathered): DeflatedSharpeRatio | null {
  if (best === undefined || ratios.length < 2) return null;
  const { sharpe, observations, skewness, kurtosis } = best;
  return deflatedSharpeRatio(
    { sharpe, observations, skewness, kurtosis },
    { periodsPerYear, trials: { count: ratios.length, variance: variance(ratios) } },
  );
}

function overfit({ blocks, periodsPerYear }: Gathered): BacktestOverfitting | string | null {
  if (blocks.length < 2) return null;
  const { counts } = blocks[0]!;
  const alike = blocks.every(
    (other) => other.counts.length === counts.length && other.counts.every((n, k) => n === counts[k]),
  );
  if (alike) return backtestOverfitting(blocks, { periodsPerYear });
  return "The probability of overfitting is not told: points were observed over different rows";
}

export function evidenceOf(gathered: Gathered): SweepEvidence {
  const { best, ratios, points, failed, periodsPerYear } = gathered;
  const deflatedSharpe = deflated(gathered);
  const found = overfit(gathered);
  const overfitting = typeof found === "string" ? null : found;
  const years = best === undefined ? Number.NaN : best.observations / periodsPerYear;
  const promising = best !== undefined && best.sharpe > 0;
  const minimumYears = promising ? minimumBacktestLength(ratios.length, { sharpe: best.sharpe }) : Number.NaN;
  const warnings = warningsOfSweep({
    best,
    points,
    failed,
    undefinedRatios: points - failed - ratios.length,
    years,
    minimumYears,
    deflatedSharpe,
    overfitting,
    noOverfitting: typeof found === "string" ? found : undefined,
  });
  return { deflatedSharpe, overfitting, minimumYears, years, warnings };
}
