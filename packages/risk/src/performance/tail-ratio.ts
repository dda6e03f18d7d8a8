import { type QuantileMethod, quantile, type VectorLike } from "@astra-quant/core-linalg";
import { requireKnownOptions, requireProbability } from "@astra-quant/core-linalg/guards";
import { requireReturns } from "../returns.ts";
import { rewardToRisk } from "./reward-to-risk.ts";

export interface TailRatioOptions {
  /** The share of the returns in a tail, strictly between 0 and 1. @defaultValue 0.05 */
  readonly tail?: number;
  /** How the quantiles are read, in the vocabulary of core-linalg's `quantile`. @defaultValue "R-7" */
  readonly method?: QuantileMethod;
}

/**
 * The gain of a good period over the loss of a bad one: the quantile at 1 − tail over |the quantile at tail|. NaN where the
 * latter is 0.
 *
 * @throws QuantError "shape" for no returns, "not-finite" for a NaN, "range" for a tail outside (0, 1), "option" for an
 *   unknown option or method.
 */
export function tailRatio(returns: VectorLike, options: TailRatioOptions = {}): number {
  requireKnownOptions(options, ["tail", "method"]);
  const { tail = 0.05, method = "R-7" } = options;
  requireProbability("tail", tail);
  const r = requireReturns("returns", returns);
  return rewardToRisk(quantile(r, 1 - tail, { method }), Math.abs(quantile(r, tail, { method })), 0);
}
