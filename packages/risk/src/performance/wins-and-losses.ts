import type { VectorLike } from "@astra-quant/core-linalg";
import { requireKnownOptions, requireOneOf } from "@astra-quant/core-linalg/guards";
import { requireReturns } from "../returns.ts";
import { rewardToRisk } from "./reward-to-risk.ts";

export interface WinRateOptions {
  /** Whether a period without any return counts as a period. @defaultValue "all-periods" */
  readonly over?: "all-periods" | "non-zero-periods";
}

/**
 * The share of periods with a positive return, in [0, 1]; a zero return is no win. NaN over the non-zero periods when
 * there is none.
 *
 * @throws QuantError "shape" for no returns, "not-finite" for a NaN, "option" for an unknown option.
 */
export function winRate(returns: VectorLike, options: WinRateOptions = {}): number {
  requireKnownOptions(options, ["over"]);
  const { over = "all-periods" } = options;
  requireOneOf("over", over, ["all-periods", "non-zero-periods"]);
  const r = requireReturns("returns", returns);
  const counted = over === "all-periods" ? r : r.filter((x) => x !== 0);
  return counted.filter((x) => x > 0).length / counted.length;
}

/**
 * The sum of the gains over the sum of the losses, period by period (not trade by trade); NaN without a loss.
 *
 * @throws QuantError "shape" for no returns, "not-finite" for a NaN.
 */
export function profitFactor(returns: VectorLike): number {
  let gains = 0;
  let losses = 0;
  for (const r of requireReturns("returns", returns)) {
    if (r > 0) gains += r;
    else losses -= r;
  }
  return rewardToRisk(gains, losses, 0);
}
