import { exp, log, QuantError, type VectorLike } from "@astra-quant/core-linalg";
import {
  isVector,
  requireBoolean,
  requireInteger,
  requireKnownOptions,
  requireNonNegative,
  requirePositive,
} from "@astra-quant/core-linalg/guards";
import { type BlockMoments, blockMoments } from "../overfit/block-moments.ts";
import { begunReturns, requireNoGap } from "../rows/begun-returns.ts";
import { returnPath } from "../rows/return-path.ts";

/** What a sweep keeps of one point: figures named and defined as in `PerformanceSummary`, equal to it but for rounding. */
export interface SweepRecord {
  readonly observations: number;
  /** Π (1 + r) − 1. */
  readonly totalReturn: number;
  readonly cagr: number;
  readonly meanReturn: number;
  readonly volatility: number;
  /** Annual; NaN where returns do not vary. */
  readonly sharpe: number;
  readonly sharpeStandardError: number;
  /** ≤ 0. */
  readonly maxDrawdown: number;
  readonly longestUnderwater: number;
  readonly skewness: number;
  readonly kurtosis: number;
  /** For the probability of overfitting. */
  readonly blocks: BlockMoments;
  /** How many trades were made, where that is known. */
  readonly trades?: number;
  /** Σ of the turnover, where that is known. */
  readonly turnover?: number;
  /** Where they were to be kept. */
  readonly returns?: Float64Array;
}

/** Returns with what else is known of them. */
export interface SweptReturns {
  readonly returns: VectorLike;
  /** The trades, or their number. */
  readonly trades?: number | readonly unknown[];
  /** Turnover of each row, or in all. */
  readonly turnover?: number | VectorLike;
}

export interface SweepRecordOptions {
  /** Returns in a year. */
  readonly periodsPerYear: number;
  /**
   * Blocks of consecutive returns whose moments are kept.
   * @defaultValue 16
   */
  readonly blocks?: number;
  /** @defaultValue false */
  readonly keepReturns?: boolean;
}

/** A variance below this fraction of the squared mean is what rounding leaves of returns that do not vary. */
const ROUNDING = 1e-20;

/** Nothing is left to compound, so no figure is built on it. */
function ruined(observations: number, blocks: BlockMoments): SweepRecord {
  const none = Number.NaN;
  return {
    observations,
    totalReturn: -1,
    cagr: none,
    meanReturn: none,
    volatility: none,
    sharpe: none,
    sharpeStandardError: none,
    maxDrawdown: -1,
    longestUnderwater: none,
    skewness: none,
    kurtosis: none,
    blocks,
  };
}

function figuresOf(returns: Float64Array, blocks: BlockMoments, periodsPerYear: number): SweepRecord {
  const n = returns.length;
  const mean = blocks.means.reduce((sum, m, k) => sum + blocks.counts[k]! * m, 0) / n;
  const { squares, cubes, fourths, equity, lowestLevel, longestUnderwater } = returnPath(returns, mean);
  if (lowestLevel === 0) return ruined(n, blocks);
  const variance = squares / (n - 1);
  const varies = variance > ROUNDING * (mean * mean);
  const ratio = varies ? mean / Math.sqrt(variance) : Number.NaN;
  const sigma = Math.sqrt(squares / n);
  const year = Math.sqrt(periodsPerYear);
  return {
    observations: n,
    totalReturn: equity - 1,
    cagr: exp((log(equity) * periodsPerYear) / n) - 1,
    meanReturn: mean * periodsPerYear,
    volatility: Math.sqrt(variance * periodsPerYear),
    sharpe: ratio * year,
    sharpeStandardError: Math.sqrt((1 + (ratio * ratio) / 2) / n) * year,
    maxDrawdown: lowestLevel - 1,
    longestUnderwater,
    skewness: varies ? cubes / n / (sigma * sigma * sigma) : Number.NaN,
    kurtosis: varies ? fourths / n / (sigma * sigma * sigma * sigma) - 3 : Number.NaN,
    blocks,
  };
}

/** What a sweep is told beside the returns: its own context is such options. */
function requireOptions(options: SweepRecordOptions): Required<SweepRecordOptions> {
  requireKnownOptions(options, ["periodsPerYear", "blocks", "keepReturns"]);
  const { blocks = 16, keepReturns = false } = options;
  return {
    periodsPerYear: requirePositive("periodsPerYear", options.periodsPerYear),
    blocks: requireInteger("blocks", blocks, 1),
    keepReturns: requireBoolean("keepReturns", keepReturns),
  };
}

const countOf = (trades: number | readonly unknown[]): number =>
  requireInteger("trades", typeof trades === "number" ? trades : trades.length, 0);

const totalOf = (turnover: number | VectorLike): number =>
  requireNonNegative(
    "turnover",
    typeof turnover === "number" ? turnover : (turnover as readonly number[]).reduce((sum, t) => sum + t, 0),
  );

/**
 * Reduces one point's returns to what a sweep needs, in a fraction of a `performanceSummary`'s time. Called inside the
 * swept function, it saves the returns their way between workers.
 *
 * @param result returns (fractions), or an object with them: the result of a backtest is one. NaN at the beginning is
 *   not yet begun, and left out; returns before a first decision count. A return ≤ −1 is a ruin, and leaves NaN.
 * @throws QuantError "shape" for fewer than two returns a block, "not-finite" for a gap, "data" for a result without
 *   returns, "range" or "option" for an illegal option.
 */
export function sweepRecord(result: VectorLike | SweptReturns, options: SweepRecordOptions): SweepRecord {
  const { periodsPerYear, blocks, keepReturns } = requireOptions(options);
  const { returns, trades, turnover }: SweptReturns = isVector(result) ? { returns: result } : result;
  const begun = begunReturns(returns);
  if (begun.length < 2 * blocks) {
    throw new QuantError(
      "shape",
      `returns must hold at least ${2 * blocks} numbers, two a block, got ${begun.length}`,
      { argument: "returns", length: begun.length, blocks },
    );
  }
  const moments = blockMoments(begun, blocks);
  if (!moments.squares.every(Number.isFinite)) requireNoGap(begun, returns);
  return {
    ...figuresOf(begun, moments, periodsPerYear),
    ...(trades === undefined ? {} : { trades: countOf(trades) }),
    ...(turnover === undefined ? {} : { turnover: totalOf(turnover) }),
    ...(keepReturns ? { returns: begun.slice() } : {}),
  };
}
