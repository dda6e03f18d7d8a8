import {
  type Bootstrap,
  type BootstrapOptions,
  bootstrap,
  type QuantileMethod,
  quantile,
  type VectorLike,
} from "@astra-quant/core-linalg";
import { requireKnownOptions, requireProbability } from "@astra-quant/core-linalg/guards";
import { requireReturns } from "../returns.ts";
import {
  requireShortfallMethod,
  type ShortfallMethod,
  tailMeanLoss,
  worstFractionLoss,
} from "./expected-shortfall.ts";
import { independentSpread, rankIn, type SamplingError, samplingError } from "./sampling-error.ts";
import { monetaryLoss, type TailLoss } from "./tail-loss.ts";
import { requireTail, tailProbability } from "./tail-probability.ts";

export interface HistoricalVarOptions {
  /** Strictly between 0 and 1: 0.99 looks at the worst 1 % of the returns. */
  readonly confidence: number;
  /**
   * How the quantile of the *returns* at 1 − confidence is read, in the vocabulary of core-linalg's `quantile`
   * (Hyndman and Fan's types, `lower` and `higher`).
   *
   * @defaultValue "R-7"
   */
  readonly method?: QuantileMethod;
  /** @defaultValue "rockafellar-uryasev" */
  readonly shortfall?: ShortfallMethod;
  /** The probability that the intervals shall have. @defaultValue 0.95 */
  readonly intervalConfidence?: number;
  /**
   * Takes the errors from resampling (in blocks, where the returns have a memory) instead of from order statistics, which
   * hold for independent returns.
   */
  readonly bootstrap?: Omit<BootstrapOptions, "statistic" | "confidence">;
  /** Asks for `monetary`. */
  readonly capital?: number;
}

/** The names of {@link HistoricalVarOptions}. */
export const HISTORICAL_OPTIONS: readonly (keyof HistoricalVarOptions)[] = [
  "confidence",
  "method",
  "shortfall",
  "intervalConfidence",
  "bootstrap",
  "capital",
];

export interface HistoricalVar extends TailLoss, SamplingError {
  readonly observations: number;
  /** Observations × (1 − confidence): how many returns the tail rests on. */
  readonly tailObservations: number;
  /** The losses in the currency of `capital`. */
  readonly monetary?: TailLoss;
}

function resamplingError(
  returns: Float64Array,
  lossOf: (sorted: Float64Array) => TailLoss,
  options: BootstrapOptions,
): SamplingError {
  const of = (figure: keyof TailLoss): Bootstrap =>
    bootstrap(returns, { ...options, statistic: (sample) => lossOf(sample.slice().sort())[figure] });
  const [risk, shortfall] = [of("valueAtRisk"), of("expectedShortfall")];
  return {
    standardError: { valueAtRisk: risk.standardError, expectedShortfall: shortfall.standardError },
    interval: { lower: risk.interval.lower, upper: risk.interval.upper },
    shortfallInterval: { lower: shortfall.interval.lower, upper: shortfall.interval.upper },
  };
}

/**
 * Value at risk and expected shortfall of a sample of returns, as positive losses over the period of one return, with the
 * errors that the length of the sample leaves (NaN where the tail holds fewer than about five returns, but from
 * `bootstrap`). With R-7 (or R-1) and either shortfall the expected shortfall is at least the value at risk.
 *
 * @param returns fractions (−0.01 is a loss of 1 %), in any order but for a bootstrap in blocks.
 * @throws QuantError "shape" for no returns, "not-finite" for a NaN or infinity among them, "range" for a confidence
 *   outside (0, 1) or a tail that holds less than one return (the message says how many are needed), "option" for an
 *   unknown option or method.
 */
export function historicalVar(returns: VectorLike, options: HistoricalVarOptions): HistoricalVar {
  requireKnownOptions(options, HISTORICAL_OPTIONS);
  const { method = "R-7", shortfall = "rockafellar-uryasev", intervalConfidence = 0.95 } = options;
  const alpha = tailProbability(options.confidence);
  const kind = requireShortfallMethod(shortfall);
  requireProbability("intervalConfidence", intervalConfidence);
  const given = requireReturns("returns", returns);
  const tailObservations = requireTail("returns", given.length, alpha);
  const lossOf = (sorted: Float64Array): TailLoss => {
    const boundary = quantile(sorted, alpha, { method });
    const mean = kind === "tail-mean" ? tailMeanLoss(sorted, boundary) : worstFractionLoss(sorted, alpha);
    return { valueAtRisk: 0 - boundary, expectedShortfall: mean };
  };
  const sorted = given.slice().sort();
  const n = sorted.length;
  const loss = lossOf(sorted);
  const error =
    options.bootstrap === undefined
      ? samplingError(
          rankIn(sorted, n),
          tailObservations + 0.5,
          independentSpread(sorted, n, alpha, loss, intervalConfidence),
          loss.expectedShortfall,
        )
      : resamplingError(given, lossOf, { ...options.bootstrap, confidence: intervalConfidence });
  return { ...loss, ...error, observations: n, tailObservations, ...monetaryLoss(options.capital, loss) };
}
