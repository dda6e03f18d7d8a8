import { exp, log, type VectorLike } from "@astra-quant/core-linalg";
import {
  QuantError,
  requireKnownOptions,
  requirePositive,
  requireProbability,
} from "@astra-quant/core-linalg/guards";
import { requireReturns } from "../returns.ts";
import { normalReach, type SamplingError, samplingError } from "./sampling-error.ts";
import { monetaryLoss, type TailLoss } from "./tail-loss.ts";
import { requireTail, tailProbability } from "./tail-probability.ts";
import { returnAt, type WeightedTail, weightedTail, worstMassLoss } from "./weighted-tail.ts";

export interface AgeWeightedVarOptions {
  /** Strictly between 0 and 1. */
  readonly confidence: number;
  /** How much a return weighs of the one after it, strictly between 0 and 1. Either this or `halfLife`. */
  readonly decay?: number;
  /** Periods after which a return weighs half. */
  readonly halfLife?: number;
  /** The probability that the intervals shall have. @defaultValue 0.95 */
  readonly intervalConfidence?: number;
  /** Asks for `monetary`. */
  readonly capital?: number;
}

export interface AgeWeightedVar extends TailLoss, SamplingError {
  readonly observations: number;
  /** 1 ÷ Σ weight²: how many returns of one weight would say as much. */
  readonly effectiveObservations: number;
  /** The losses in the currency of `capital`. */
  readonly monetary?: TailLoss;
}

function decayOf({ decay, halfLife }: AgeWeightedVarOptions): number {
  if ((decay === undefined) === (halfLife === undefined)) {
    const got = decay === undefined ? "neither" : "both";
    throw new QuantError("option", `give either decay or halfLife, got ${got}`, {
      options: ["decay", "halfLife"],
    });
  }
  return decay === undefined
    ? exp(-log(2) / requirePositive("halfLife", halfLife))
    : requireProbability("decay", decay);
}

/** λ^age, the last return's age 0, summing to 1. */
function ageWeights(n: number, decay: number): Float64Array {
  const weights = new Float64Array(n);
  let weight = 1;
  let sum = 0;
  for (let t = n - 1; t >= 0; t--, weight *= decay) {
    weights[t] = weight;
    sum += weight;
  }
  return weights.map((w) => w / sum);
}

/** The error of a weighted tail whose observations are independent. */
function weightedError(
  tail: WeightedTail,
  sumOfSquares: number,
  alpha: number,
  loss: TailLoss,
  reach: number,
): SamplingError {
  let squares = 0;
  let seen = 0;
  for (let i = 0; i < tail.returns.length; i++) {
    const excess = Math.max(0, -tail.returns[i]! - loss.valueAtRisk) / alpha;
    const distance = loss.valueAtRisk + excess - loss.expectedShortfall;
    const weight = tail.masses[i]! * tail.masses[i]!;
    squares += weight * distance * distance;
    seen += weight;
  }
  const rest = loss.valueAtRisk - loss.expectedShortfall;
  squares += Math.max(0, sumOfSquares - seen) * rest * rest;
  const below = Math.sqrt(alpha * (1 - alpha) * sumOfSquares);
  const spread = { below, shortfall: Math.sqrt(squares), reach };
  return samplingError((probability) => returnAt(tail, probability), alpha, spread, loss.expectedShortfall);
}

/**
 * Historical simulation in which older returns weigh less: λ^age, after Boudoukh, Richardson and Whitelaw [Dowd]. The
 * value at risk lies where the weights of the worst returns, each counted to its middle, reach 1 − confidence, linear
 * between neighbours; the worst return where that comes first. The shortfall is the mean of the worst 1 − confidence by
 * weight. Positive losses over the period of one return.
 *
 * @param returns fractions, oldest first.
 * @throws QuantError as {@link historicalVar}; "option" unless one of decay and halfLife is given, "range" for a decay
 *   outside (0, 1) or a halfLife that is not positive.
 */
export function ageWeightedVar(returns: VectorLike, options: AgeWeightedVarOptions): AgeWeightedVar {
  requireKnownOptions(options, ["confidence", "decay", "halfLife", "intervalConfidence", "capital"]);
  const alpha = tailProbability(options.confidence);
  const confidence = requireProbability("intervalConfidence", options.intervalConfidence ?? 0.95);
  const decay = decayOf(options);
  const given = requireReturns("returns", returns);
  requireTail("returns", given.length, alpha);
  const weights = ageWeights(given.length, decay);
  const tail = weightedTail(given, (i) => weights[i]!, 1);
  const boundary = alpha <= tail.places[0]! ? tail.returns[0]! : returnAt(tail, alpha);
  const loss: TailLoss = { valueAtRisk: 0 - boundary, expectedShortfall: worstMassLoss(tail, alpha) };
  const sumOfSquares = weights.reduce((sum, w) => sum + w * w, 0);
  return {
    ...loss,
    ...weightedError(tail, sumOfSquares, alpha, loss, normalReach(confidence)),
    observations: given.length,
    effectiveObservations: 1 / sumOfSquares,
    ...monetaryLoss(options.capital, loss),
  };
}
