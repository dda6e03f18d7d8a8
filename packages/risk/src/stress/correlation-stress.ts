import { QuantError, requireKnownOptions, requirePositive, show } from "@astra-quant/core-linalg/guards";
import { tailProbability } from "../var/tail-probability.ts";
import { requireBook, requireCovariance, type StressBook } from "./stress-book.ts";
import { type BookRisk, bookRisk, requireCorrelation, stressedCovariance } from "./stressed-covariance.ts";

export interface CorrelationStressOptions {
  /** The mean correlations to raise to, each in [−1, 1). @defaultValue [0.5, 0.8, 0.95] */
  readonly levels?: readonly number[];
  /** Strictly between 0 and 1. @defaultValue 0.99 */
  readonly confidence?: number;
  /** Days held, > 0. @defaultValue 1 */
  readonly horizon?: number;
}

/** Normal risk at one level of correlation, in money (a fraction of capital where none was given). */
export interface CorrelationRung extends BookRisk {
  /** The mean correlation between assets, weighing all pairs alike. NaN for a single asset. */
  readonly averageCorrelation: number;
  /** How far correlations were moved towards 1, in [0, 1): 0 where they were there already. */
  readonly weight: number;
  /** Σ |position| × its volatility over the book's: 1 when nothing diversifies; NaN for a book without risk. */
  readonly diversification: number;
  /** Volatility over that of the base; NaN for a book without risk. */
  readonly timesBase: number;
}

export interface CorrelationStress {
  /** With correlations as they are. */
  readonly base: CorrelationRung;
  /** One a level, in the order given. */
  readonly rungs: readonly CorrelationRung[];
}

/**
 * The risk of a book as correlations break down: they are mixed with 1, C′ = (1 − t) C + t 11ᵀ, until their mean is each
 * level, and volatilities stay. A level at or below the present mean leaves them as they are. A book of longs loses its
 * diversification on the way; one of longs against shorts is hedged better, and says so.
 *
 * @throws QuantError "option" for a book without covariance or an unknown option, "range" for a level outside [−1, 1), a
 *   confidence outside (0, 1) or a horizon that is not positive, "shape" and "not-finite" as `stressTest`.
 */
export function correlationStress(
  book: StressBook,
  options: CorrelationStressOptions = {},
): CorrelationStress {
  requireKnownOptions(options, ["levels", "confidence", "horizon"]);
  const { levels = [0.5, 0.8, 0.95], confidence = 0.99, horizon = 1 } = options;
  const alpha = tailProbability(confidence);
  requirePositive("horizon", horizon);
  if (!Array.isArray(levels)) {
    throw new QuantError("shape", `levels must be an array of correlations, got ${show(levels)}`, {
      argument: "levels",
    });
  }
  levels.forEach((level, i) => {
    requireCorrelation(`levels[${i}]`, level);
  });
  const positions = requireBook(book);
  const covariance = requireCovariance(positions, "correlationStress");
  const { notionals } = positions;
  const n = notionals.length;
  let undiversified = 0;
  for (let i = 0; i < n; i++)
    undiversified += Math.abs(notionals[i]!) * Math.sqrt(covariance.data[i * n + i]!);
  undiversified *= Math.sqrt(horizon);
  const usual = bookRisk(notionals, covariance, alpha, horizon).volatility;
  const rung = (level: number | undefined): CorrelationRung => {
    const market = level === undefined ? {} : { correlation: level };
    const { covariance: stressed, averageCorrelation, weight } = stressedCovariance(covariance, market);
    const risk = bookRisk(notionals, stressed, alpha, horizon);
    return {
      ...risk,
      averageCorrelation,
      weight,
      diversification: risk.volatility > 0 ? undiversified / risk.volatility : Number.NaN,
      timesBase: usual > 0 ? risk.volatility / usual : Number.NaN,
    };
  };
  return { base: rung(undefined), rungs: levels.map(rung) };
}
