import { normalQuantile } from "@astra-quant/core-linalg";
import { valueAtRank } from "./order-statistics.ts";
import type { TailLoss } from "./tail-loss.ts";
import { tailCount } from "./tail-probability.ts";

/** Where a figure lies with the confidence asked for, 95 % unless another was. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/** How far a figure from a sample may be from that of infinitely many observations. */
export interface SamplingError {
  /** In the unit of the losses; NaN where the tail holds too little to tell. */
  readonly standardError: TailLoss;
  /** Where the value at risk lies, by order statistics: whatever the law; NaN as the standard error. */
  readonly interval: Interval;
  /** Where the expected shortfall lies: its standard error to both sides. */
  readonly shortfallInterval: Interval;
}

/** How much an estimated tail scatters. */
export interface TailSpread {
  /** The standard deviation of what lies below the true quantile, in the unit of {@link samplingError}'s places. */
  readonly below: number;
  /** The standard error of the expected shortfall. */
  readonly shortfall: number;
  /** How many standard errors an interval reaches to either side. */
  readonly reach: number;
}

/** How many deviations of a normal the middle `confidence` reaches to either side. */
export function normalReach(confidence: number): number {
  return normalQuantile(0.5 + confidence / 2);
}

/**
 * The sampling error of a quantile and the shortfall beyond it. Two values of the sample bracket the quantile: those at
 * the places that the share of the tail may be off by, `reach` deviations to either side of `centre`; half their
 * distance over the reach is the standard error. No density is estimated.
 *
 * @param at the return at a place of the sample, NaN beyond its ends.
 */
export function samplingError(
  at: (place: number) => number,
  centre: number,
  { below, shortfall, reach }: TailSpread,
  expectedShortfall: number,
): SamplingError {
  const [best, worst] = [at(centre + reach * below), at(centre - reach * below)];
  const [lower, upper] = [0 - best, 0 - worst];
  const known = !Number.isNaN(upper - lower);
  const half = reach * shortfall;
  const nan = Number.NaN;
  if (!known) {
    const unknown: Interval = { lower: nan, upper: nan };
    return {
      standardError: { valueAtRisk: nan, expectedShortfall: nan },
      interval: unknown,
      shortfallInterval: unknown,
    };
  }
  return {
    standardError: { valueAtRisk: (upper - lower) / (2 * reach), expectedShortfall: shortfall },
    interval: { lower, upper },
    shortfallInterval: { lower: expectedShortfall - half, upper: expectedShortfall + half },
  };
}

/** Ranks of a sample as places: NaN for those that are not there. */
export function rankIn(sorted: Float64Array, size: number): (rank: number) => number {
  return (rank) => (rank < 1 || rank > size ? Number.NaN : valueAtRank(sorted, rank));
}

/**
 * The scatter of the tail of `size` independent returns. How many fall below the true quantile is binomial:
 * nα ± √(nα(1−α)). For the shortfall, Var(R | tail) ÷ (nα) is what the tail's own spread leaves, and
 * (1−α)(ES−VaR)² ÷ (nα) what the uncertain boundary adds.
 */
export function independentSpread(
  sorted: Float64Array,
  size: number,
  alpha: number,
  loss: TailLoss,
  confidence: number,
): TailSpread {
  const count = tailCount(size, alpha);
  const members = Math.floor(count);
  let squares = 0;
  for (let i = 0; i < members; i++) {
    const distance = sorted[i]! + loss.expectedShortfall;
    squares += distance * distance;
  }
  const excess = loss.expectedShortfall - loss.valueAtRisk;
  const variance = squares / members + (1 - alpha) * excess * excess;
  return {
    below: Math.sqrt(count * (1 - alpha)),
    shortfall: Math.sqrt(variance / count),
    reach: normalReach(confidence),
  };
}

/** How many of the worst of `size` returns their quantile and its interval rest on. */
export function tailReach(size: number, alpha: number, confidence: number): number {
  const count = tailCount(size, alpha);
  const reach = normalReach(confidence) * Math.sqrt(count * (1 - alpha));
  return Math.min(size, Math.ceil(count + reach) + 2);
}
