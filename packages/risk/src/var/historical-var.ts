import { type QuantileMethod, quantile, type VectorLike } from "@astra-quant/core-linalg";
import { requireKnownOptions } from "@astra-quant/core-linalg/guards";
import { requireReturns } from "../returns.ts";
import {
  requireShortfallMethod,
  type ShortfallMethod,
  tailMeanLoss,
  worstFractionLoss,
} from "./expected-shortfall.ts";
import { monetaryLoss, type TailLoss } from "./tail-loss.ts";
import { tailCount, tailProbability } from "./tail-probability.ts";

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
  /** Asks for `monetary`. */
  readonly capital?: number;
}

export interface HistoricalVar extends TailLoss {
  readonly observations: number;
  /**
   * Observations × (1 − confidence): how many returns the tail rests on. Below 1 the sample is too short to have
   * seen such a loss, and both figures are drawn from its very worst returns.
   */
  readonly tailObservations: number;
  /** The losses in the currency of `capital`. */
  readonly monetary?: TailLoss;
}

/**
 * Value at risk and expected shortfall of a sample of returns, as positive losses over the period of one return.
 * With R-7 (or R-1) and either shortfall the expected shortfall is at least the value at risk.
 *
 * @param returns fractions (−0.01 is a loss of 1 %), in any order.
 * @throws QuantError "shape" for no returns, "not-finite" for a NaN or infinity among them, "range" for a confidence
 *   outside (0, 1), "option" for an unknown option or method.
 */
export function historicalVar(returns: VectorLike, options: HistoricalVarOptions): HistoricalVar {
  requireKnownOptions(options, ["confidence", "method", "shortfall", "capital"]);
  const { confidence, method = "R-7", shortfall = "rockafellar-uryasev", capital } = options;
  const alpha = tailProbability(confidence);
  const kind = requireShortfallMethod(shortfall);
  const sorted = requireReturns("returns", returns).slice().sort();
  const boundary = quantile(sorted, alpha, { method });
  const loss: TailLoss = {
    valueAtRisk: 0 - boundary,
    expectedShortfall:
      kind === "tail-mean" ? tailMeanLoss(sorted, boundary) : worstFractionLoss(sorted, alpha),
  };
  return {
    ...loss,
    observations: sorted.length,
    tailObservations: tailCount(sorted.length, alpha),
    ...monetaryLoss(capital, loss),
  };
}
