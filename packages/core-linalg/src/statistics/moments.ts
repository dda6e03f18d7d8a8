import { requireInteger } from "../guards/numbers.ts";
import { requireKnownOptions } from "../guards/options.ts";
import { requireVector, type VectorLike } from "../guards/vectors.ts";
import { powerOfTwoAbove } from "../special/bits.ts";

/** Σ x ÷ n with every term divided first: for samples whose sum or spread leaves the doubles. */
function sumOfShares(x: Float64Array): number {
  let sum = 0;
  for (const value of x) sum += value / x.length;
  return sum;
}

/** Σ((x − centre) ÷ unit)^power, with Kahan's compensation: the error does not grow with the sample. */
function sumOfPowers(x: Float64Array, centre: number, unit: number, power: 1 | 2 | 3 | 4): number {
  let sum = 0;
  let lost = 0;
  for (const value of x) {
    const z = (value - centre) / unit;
    const term = (power === 1 ? z : power === 2 ? z * z : power === 3 ? z * z * z : z * z * z * z) - lost;
    const next = sum + term;
    lost = next - sum - term;
    sum = next;
  }
  return sum;
}

function meanOf(x: Float64Array): number {
  const n = x.length;
  if (n === 0) return Number.NaN;
  // Deviations from a member of the sample: a constant sample has its mean, and no variance, exactly.
  const reference = x[0]!;
  const first = reference + sumOfPowers(x, reference, 1, 1) / n;
  if (!Number.isFinite(first)) return sumOfShares(x);
  return first + sumOfPowers(x, first, 1, 1) / n;
}

/** Σ((x − mean) ÷ unit)², less what the rounding of the mean added to it. */
function squaredDeviations(x: Float64Array, mean: number, unit: number): number {
  const residual = sumOfPowers(x, mean, unit, 1);
  return sumOfPowers(x, mean, unit, 2) - (residual * residual) / x.length;
}

/** A power of two in which no squared deviation leaves the doubles. */
function unitOfDeviations(x: Float64Array, mean: number): number {
  let farthest = 0;
  for (const value of x) farthest = Math.max(farthest, Math.abs(value - mean));
  return powerOfTwoAbove(farthest);
}

/** The mean of ((x − mean) ÷ σ)^power with the population's σ: NaN where σ is 0 or undefined. */
function standardizedMoment(x: Float64Array, power: 3 | 4): number {
  const mean = meanOf(x);
  const unit = unitOfDeviations(x, mean);
  const sigma = unit * Math.sqrt(squaredDeviations(x, mean, unit) / x.length);
  if (!(sigma > 0)) return Number.NaN;
  // What the mean lost in rounding would count three or four times over.
  const rest = (sumOfPowers(x, mean, unit, 1) / x.length) * unit;
  const deviations = x.map((value) => value - mean - rest);
  return sumOfPowers(deviations, 0, sigma, power) / x.length;
}

/**
 * The arithmetic mean, by two compensated passes (the second takes back the rounding of the first). NaN for an empty
 * sample and for one that holds a NaN.
 *
 * @throws QuantError "shape" when x is no vector.
 */
export function mean(x: VectorLike): number {
  return meanOf(requireVector("x", x));
}

export interface VarianceOptions {
  /**
   * What is taken from the number of observations in the divisor: 1 for the unbiased sample variance, 0 for
   * the population's.
   *
   * @defaultValue 1
   */
  readonly ddof?: number;
}

/**
 * The variance Σ(x − mean)² ÷ (n − ddof), in the sample's unit squared. NaN when n ≤ ddof and when the sample
 * holds a NaN or an infinity.
 *
 * @throws QuantError "range" for a ddof that is no integer ≥ 0, "shape" when x is no vector.
 */
export function variance(x: VectorLike, options: VarianceOptions = {}): number {
  requireKnownOptions(options, ["ddof"]);
  const { ddof = 1 } = options;
  requireInteger("ddof", ddof, 0);
  const sample = requireVector("x", x);
  if (sample.length <= ddof) return Number.NaN;
  return squaredDeviations(sample, meanOf(sample), 1) / (sample.length - ddof);
}

/**
 * The standard deviation √variance, in the sample's unit, its squares beyond the doubles or not. NaN when n ≤ ddof and when
 * the sample holds a NaN or an infinity.
 *
 * @throws QuantError "range" for a ddof that is no integer ≥ 0, "shape" when x is no vector.
 */
export function std(x: VectorLike, options: VarianceOptions = {}): number {
  requireKnownOptions(options, ["ddof"]);
  const { ddof = 1 } = options;
  requireInteger("ddof", ddof, 0);
  const sample = requireVector("x", x);
  if (sample.length <= ddof) return Number.NaN;
  const centre = meanOf(sample);
  const unit = unitOfDeviations(sample, centre);
  return unit * Math.sqrt(squaredDeviations(sample, centre, unit) / (sample.length - ddof));
}

/**
 * The skewness of the sample taken as a population (the biased form, m₃ ÷ m₂^1.5, without a small-sample
 * factor): negative when the long tail lies on the side of losses. NaN for an empty or constant sample and for
 * one that holds a NaN.
 *
 * @throws QuantError "shape" when x is no vector.
 */
export function skewness(x: VectorLike): number {
  return standardizedMoment(requireVector("x", x), 3);
}

/**
 * The excess kurtosis of the sample taken as a population (the biased form, m₄ ÷ m₂² − 3, without a
 * small-sample factor): 0 for a normal law, positive for fat tails. NaN for an empty or constant sample and
 * for one that holds a NaN.
 *
 * @throws QuantError "shape" when x is no vector.
 */
export function kurtosis(x: VectorLike): number {
  return standardizedMoment(requireVector("x", x), 4) - 3;
}
