import { mean, type QuantileMethod, type VectorLike } from "@astra-quant/core-linalg";
import { requireKnownOptions, requirePositive } from "@astra-quant/core-linalg/guards";
import { requireReturns } from "../returns.ts";
import type { ShortfallMethod } from "../var/expected-shortfall.ts";
import { historicalVar } from "../var/historical-var.ts";
import { lossBy, type RiskMeasure, requireMeasure } from "../var/risk-measure.ts";
import { less, type RiskFree, riskFreePerPeriod } from "./excess-returns.ts";
import { rewardToRisk } from "./reward-to-risk.ts";

export interface RewardToTailLossOptions {
  /** Returns in a year. */
  readonly periodsPerYear: number;
  /** Strictly between 0 and 1. @defaultValue 0.95 */
  readonly confidence?: number;
  /** An annual rate (a fraction), or one rate a period. @defaultValue 0 */
  readonly riskFree?: RiskFree;
  /** What the reward is measured by. @defaultValue "expected-shortfall" */
  readonly measure?: RiskMeasure;
  /** How the quantile is read. @defaultValue "R-7" */
  readonly method?: QuantileMethod;
  /** @defaultValue "rockafellar-uryasev" */
  readonly shortfall?: ShortfallMethod;
}

/**
 * The mean excess return × √periodsPerYear per unit of the historical loss of one period in the tail: with value at risk
 * the reward-to-VaR ratio, with expected shortfall the conditional Sharpe ratio. NaN where the tail holds no loss.
 *
 * @throws QuantError "shape" for no returns or a riskFree of another length, "not-finite" for a NaN, "range" for
 *   periodsPerYear that is not positive or a confidence outside (0, 1) or beyond what so many returns can show, "option" for an unknown option.
 */
export function rewardToTailLoss(returns: VectorLike, options: RewardToTailLossOptions): number {
  requireKnownOptions(options, [
    "periodsPerYear",
    "confidence",
    "riskFree",
    "measure",
    "method",
    "shortfall",
  ]);
  const { periodsPerYear, confidence = 0.95, riskFree = 0, measure = "expected-shortfall" } = options;
  const { method = "R-7", shortfall = "rockafellar-uryasev" } = options;
  requirePositive("periodsPerYear", periodsPerYear);
  requireMeasure(measure);
  const r = requireReturns("returns", returns);
  const excess = less(r, riskFreePerPeriod(riskFree, r.length, periodsPerYear));
  const risk = lossBy(measure, historicalVar(excess, { confidence, method, shortfall }));
  return rewardToRisk(mean(excess), risk, 0) * Math.sqrt(periodsPerYear);
}
