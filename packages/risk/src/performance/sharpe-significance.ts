import {
  kurtosis,
  normalCdf,
  normalQuantile,
  skewness,
  type VectorLike,
  variance,
} from "@astra-quant/core-linalg";
import {
  isVector,
  QuantError,
  requireFinite,
  requireFiniteVector,
  requireInteger,
  requireKnownOptions,
  requireNonNegative,
  requirePositive,
  requireProbability,
} from "@astra-quant/core-linalg/guards";
import { requireReturns } from "../returns.ts";
import { largestOf, less, type RiskFree, riskFreePerPeriod } from "./excess-returns.ts";
import { sharpeOf, sharpeVariance } from "./sharpe-ratio.ts";

/** What is known of a track record whose returns are not at hand. */
export interface TrackRecord {
  /** Annual Sharpe ratio. */
  readonly sharpe: number;
  /** Number of returns, ≥ 2. */
  readonly observations: number;
  /** Of the returns of a period. @defaultValue 0 */
  readonly skewness?: number;
  /** Excess. @defaultValue 0 */
  readonly kurtosis?: number;
}

export interface SharpeSignificanceOptions {
  /** Returns in a year. */
  readonly periodsPerYear: number;
  /** An annual rate (a fraction), or one rate a period; not with a track record. @defaultValue 0 */
  readonly riskFree?: RiskFree;
  /** The annual Sharpe ratio to beat. @defaultValue 0 */
  readonly threshold?: number;
}

export interface MinimumTrackRecordOptions extends SharpeSignificanceOptions {
  /** How sure one wants to be, strictly between 0 and 1. @defaultValue 0.95 */
  readonly confidence?: number;
}

export interface DeflatedSharpeOptions {
  /** Returns in a year. */
  readonly periodsPerYear: number;
  /** An annual rate (a fraction), or one rate a period; not with a track record. @defaultValue 0 */
  readonly riskFree?: RiskFree;
  /**
   * What was tried before this record was chosen, itself included: the annual Sharpe ratio of each trial (at least two),
   * or their number and the variance of their annual ratios.
   */
  readonly trials: VectorLike | { readonly count: number; readonly variance: number };
}

export interface DeflatedSharpeRatio {
  /** The probability that the true Sharpe ratio is above `expectedMaximum`, in [0, 1]. */
  readonly probability: number;
  /** The annual Sharpe ratio that the best of so many worthless trials is expected to show. */
  readonly expectedMaximum: number;
  /** The annual Sharpe ratio observed. */
  readonly sharpe: number;
  readonly trials: number;
}

const EULER_MASCHERONI = 0.577_215_664_901_532_9;
/** 1 ÷ e. */
const INVERSE_E = 0.367_879_441_171_442_33;

/** Ratios of one period, and n × the variance of the observed one. */
interface Observed {
  readonly ratio: number;
  readonly observations: number;
  readonly variance: number;
}

function observedRecord(record: TrackRecord, year: number): Observed {
  requireKnownOptions(record, ["sharpe", "observations", "skewness", "kurtosis"], "record");
  const observations = requireInteger("record.observations", record.observations, 2);
  const ratio = requireFinite("record.sharpe", record.sharpe) / year;
  const skew = requireFinite("record.skewness", record.skewness ?? 0);
  const excess = requireFinite("record.kurtosis", record.kurtosis ?? 0);
  return { ratio, observations, variance: sharpeVariance(ratio, skew, excess) };
}

function observed(
  record: VectorLike | TrackRecord,
  periodsPerYear: number,
  riskFree: RiskFree | undefined,
): Observed {
  requirePositive("periodsPerYear", periodsPerYear);
  if (!isVector(record)) {
    if (riskFree === undefined) return observedRecord(record, Math.sqrt(periodsPerYear));
    throw new QuantError("option", "riskFree is for returns; a track record's ratio is over it already", {
      argument: "riskFree",
    });
  }
  const r = requireReturns("returns", record);
  const rate = riskFreePerPeriod(riskFree ?? 0, r.length, periodsPerYear);
  const excess = less(r, rate);
  const ratio = sharpeOf(excess, largestOf(r, rate), 1);
  return {
    ratio,
    observations: r.length,
    variance: sharpeVariance(ratio, skewness(excess), kurtosis(excess)),
  };
}

/** Φ((SR − SR*) √(n − 1) ÷ √variance) */
function probabilityAbove({ ratio, observations, variance }: Observed, threshold: number): number {
  return normalCdf(((ratio - threshold) * Math.sqrt(observations - 1)) / Math.sqrt(variance));
}

/**
 * The probability, in [0, 1], that the true Sharpe ratio is above the threshold, for independent returns with the sample's
 * skewness and kurtosis: Φ((SR − SR*) √(n − 1) ÷ √(1 − γ₃ SR + (γ₄ − 1) ÷ 4 · SR²)) with ratios of one period
 * [DeflatedSharpe]. NaN where returns do not vary.
 *
 * @param record returns (fractions per period), or what is known of them.
 * @throws QuantError "shape" for no returns or a riskFree of another length, "not-finite" for a NaN, "range" for
 *   periodsPerYear that is not positive or fewer than two observations, "option" for an unknown option or a riskFree
 *   beside a track record.
 */
export function probabilisticSharpeRatio(
  record: VectorLike | TrackRecord,
  options: SharpeSignificanceOptions,
): number {
  requireKnownOptions(options, ["periodsPerYear", "riskFree", "threshold"]);
  const { periodsPerYear, riskFree, threshold = 0 } = options;
  requireFinite("threshold", threshold);
  const seen = observed(record, periodsPerYear, riskFree);
  return probabilityAbove(seen, threshold / Math.sqrt(periodsPerYear));
}

/**
 * How many returns it takes until such a Sharpe ratio is above the threshold with the confidence asked:
 * 1 + (1 − γ₃ SR + (γ₄ − 1) ÷ 4 · SR²) (z ÷ (SR − SR*))², the record's own length where `probabilisticSharpeRatio` equals
 * the confidence. Not rounded; NaN where the ratio is not above the threshold (no length is enough), or returns do not vary.
 *
 * @throws QuantError as `probabilisticSharpeRatio`, and "range" for a confidence outside (0, 1).
 */
export function minimumTrackRecordLength(
  record: VectorLike | TrackRecord,
  options: MinimumTrackRecordOptions,
): number {
  requireKnownOptions(options, ["periodsPerYear", "riskFree", "threshold", "confidence"]);
  const { periodsPerYear, riskFree, threshold = 0, confidence = 0.95 } = options;
  requireFinite("threshold", threshold);
  requireProbability("confidence", confidence);
  const { ratio, variance } = observed(record, periodsPerYear, riskFree);
  const lead = ratio - threshold / Math.sqrt(periodsPerYear);
  if (!(lead > 0)) return Number.NaN;
  const z = normalQuantile(confidence) / lead;
  return 1 + variance * z * z;
}

/**
 * The mean of the largest of N independent normal Sharpe ratios with mean 0, in standard deviations:
 * (1 − γ) Φ⁻¹(1 − 1 ÷ N) + γ Φ⁻¹(1 − 1 ÷ (N e)), γ Euler's constant; 0 for a single one.
 */
function expectedMaximumOf(count: number): number {
  if (count === 1) return 0;
  // Φ⁻¹(1 − p) = −Φ⁻¹(p), which loses nothing for a small p.
  const [typical, rare] = [-normalQuantile(1 / count), -normalQuantile(INVERSE_E / count)];
  return (1 - EULER_MASCHERONI) * typical + EULER_MASCHERONI * rare;
}

function trialsOf(trials: DeflatedSharpeOptions["trials"]): { count: number; variance: number } {
  if (isVector(trials)) {
    const ratios = requireFiniteVector("trials", trials);
    requireInteger("the number of trials", ratios.length, 2);
    return { count: ratios.length, variance: variance(ratios) };
  }
  requireKnownOptions(trials, ["count", "variance"], "trials");
  return {
    count: requireInteger("trials.count", trials.count, 1),
    variance: requireNonNegative("trials.variance", trials.variance),
  };
}

/**
 * What is left of a Sharpe ratio that was chosen as the best of several trials: the probability that the true one is above
 * the ratio that the best of so many trials without any skill would show [DeflatedSharpe]. Trials are taken as
 * independent; count alike ones once.
 *
 * @param record returns of the chosen trial (fractions per period), or what is known of them.
 * @throws QuantError as `probabilisticSharpeRatio`, and "range" for fewer than two ratios, a count below 1 or a negative
 *   variance.
 */
export function deflatedSharpeRatio(
  record: VectorLike | TrackRecord,
  options: DeflatedSharpeOptions,
): DeflatedSharpeRatio {
  requireKnownOptions(options, ["periodsPerYear", "riskFree", "trials"]);
  const { periodsPerYear, riskFree } = options;
  const seen = observed(record, periodsPerYear, riskFree);
  const { count, variance: spread } = trialsOf(options.trials);
  const expectedMaximum = Math.sqrt(spread) * expectedMaximumOf(count);
  const year = Math.sqrt(periodsPerYear);
  return {
    probability: probabilityAbove(seen, expectedMaximum / year),
    expectedMaximum,
    sharpe: seen.ratio * year,
    trials: count,
  };
}
