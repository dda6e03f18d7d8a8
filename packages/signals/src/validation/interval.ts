import {
  type BootstrapInterval,
  bootstrap,
  erfc,
  type LagRule,
  neweyWest,
  normalQuantile,
  type Random,
} from "@astra-quant/core-linalg";
import { requireOneOf, requireProbability } from "@astra-quant/core-linalg/guards";

const INTERVALS = ["newey-west", "block-bootstrap"] as const;

/**
 * Where a standard error and an interval come from; both are right under autocorrelation.
 *
 * | name | from |
 * |---|---|
 * | `newey-west` | the long-run variance with Bartlett weights, and the normal law |
 * | `block-bootstrap` | resampled runs of rows of random length (the stationary bootstrap), percentiles |
 */
export type IcInterval = (typeof INTERVALS)[number];

export interface IntervalOptions {
  /** @defaultValue "newey-west" */
  readonly interval?: IcInterval;
  /** The probability that the interval shall have, in (0, 1). @defaultValue 0.95 */
  readonly confidence?: number;
  /** Lags of the long-run variance: a number or a rule. @defaultValue "automatic", at least those that overlap */
  readonly lags?: number | LagRule;
  /** Where the draws of the bootstrap come from; needed for it. */
  readonly random?: Random;
  /** Resamples of the bootstrap. @defaultValue 1000 */
  readonly replications?: number;
  /** Mean length of the bootstrap's runs. @defaultValue from the series' autocorrelation */
  readonly blockLength?: number;
}

export const INTERVAL_OPTIONS = [
  "interval",
  "confidence",
  "lags",
  "random",
  "replications",
  "blockLength",
] as const;

/** An information coefficient with how far it may be off. */
export interface IcEstimate {
  readonly ic: number;
  readonly standardError: number;
  /** ic ÷ standardError. */
  readonly tStatistic: number;
  /** Two-sided, of a true coefficient of 0, by the normal law. */
  readonly pValue: number;
  readonly interval: BootstrapInterval;
  /** Pairs, or rows with a coefficient. */
  readonly observations: number;
}

/** What is estimated: the statistic of rows, and each row's influence on it, whose mean is 0. */
export interface Estimated {
  readonly ic: number;
  readonly influence: Float64Array;
  /** Rows whose outcomes overlap with a row's own. */
  readonly overlap: number;
  /** The statistic of the rows at those positions, each any number of times. */
  readonly at: (positions: Float64Array) => number;
}

function unknown(ic: number, observations: number): IcEstimate {
  const nan = Number.NaN;
  const interval = { lower: nan, upper: nan };
  return { ic, standardError: nan, tStatistic: nan, pValue: nan, interval, observations };
}

/** The standard error of a mean of `influence`; at least the lags that overlap count. */
function longRunError(influence: Float64Array, overlap: number, rule: number | LagRule): number {
  const estimate = neweyWest(influence, { lags: rule });
  if (typeof rule === "number" || estimate.lags >= overlap) return estimate.standardError;
  return neweyWest(influence, { lags: Math.min(overlap, influence.length - 1) }).standardError;
}

/** Φ's two tails beyond |t|. */
function twoSided(t: number): number {
  return erfc(Math.abs(t) * Math.SQRT1_2);
}

export function estimateWithInterval(estimated: Estimated, options: IntervalOptions): IcEstimate {
  const { interval: kind = "newey-west", confidence = 0.95, lags = "automatic" } = options;
  requireOneOf("interval", kind, INTERVALS);
  requireProbability("confidence", confidence);
  const { ic, influence, overlap } = estimated;
  const observations = influence.length;
  if (observations < FEWEST[kind] || !Number.isFinite(ic)) return unknown(ic, observations);
  if (kind === "block-bootstrap") return resampled(estimated, options, confidence);
  const standardError = longRunError(influence, overlap, lags);
  const reach = normalQuantile(0.5 + confidence / 2) * standardError;
  const tStatistic = ic / standardError;
  return {
    ic,
    standardError,
    tStatistic,
    pValue: twoSided(tStatistic),
    interval: { lower: ic - reach, upper: ic + reach },
    observations,
  };
}

/** Rows below which an interval says nothing. */
const FEWEST: Readonly<Record<IcInterval, number>> = { "newey-west": 3, "block-bootstrap": 10 };

function resampled(
  { ic, influence, at, overlap }: Estimated,
  options: IntervalOptions,
  confidence: number,
): IcEstimate {
  const observations = influence.length;
  const { random, replications = 1000 } = options;
  const settings = { random: random as Random, method: "stationary", confidence, replications } as const;
  const blockLength =
    options.blockLength ??
    Math.min(
      observations,
      Math.max(overlap + 1, bootstrap(influence, { ...settings, replications: 2 }).blockLength),
    );
  const positions = Float64Array.from(influence.keys());
  const draws = bootstrap(positions, { ...settings, blockLength, statistic: at });
  const tStatistic = ic / draws.standardError;
  return {
    ic,
    standardError: draws.standardError,
    tStatistic,
    pValue: twoSided(tStatistic),
    interval: draws.interval,
    observations,
  };
}
