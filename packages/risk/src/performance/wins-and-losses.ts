import type { VectorLike } from "@astra-quant/core-linalg";
import { requireKnownOptions, requireOneOf } from "@astra-quant/core-linalg/guards";
import { requireReturns } from "../returns.ts";
import { positivePart } from "./partial-moments.ts";
import { rewardToRisk } from "./reward-to-risk.ts";

export interface WinRateOptions {
  /** Whether a period without any return counts as a period. @defaultValue "all-periods" */
  readonly over?: "all-periods" | "non-zero-periods";
}

/** Periods and sums by the sign of their return. */
export interface WinsAndLosses {
  readonly wins: number;
  readonly losses: number;
  /** Sum of the positive returns. */
  readonly gained: number;
  /** Sum of the negative ones, ≥ 0. */
  readonly lost: number;
}

export function winsAndLosses(returns: Float64Array): WinsAndLosses {
  let wins = 0;
  let losses = 0;
  let gained = 0;
  let lost = 0;
  for (let t = 0; t < returns.length; t++) {
    const r = returns[t]!;
    wins += Number(r > 0);
    losses += Number(r < 0);
    gained += positivePart(r);
    lost += positivePart(-r);
  }
  return { wins, losses, gained, lost };
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
  const { wins, losses } = winsAndLosses(r);
  return wins / (over === "all-periods" ? r.length : wins + losses);
}

/**
 * The sum of the gains over the sum of the losses, period by period (not trade by trade); NaN without a loss.
 *
 * @throws QuantError "shape" for no returns, "not-finite" for a NaN.
 */
export function profitFactor(returns: VectorLike): number {
  const { gained, lost } = winsAndLosses(requireReturns("returns", returns));
  return rewardToRisk(gained, lost, 0);
}

/**
 * The mean of the positive returns, > 0; NaN without a win.
 *
 * @throws QuantError as `profitFactor`.
 */
export function averageWin(returns: VectorLike): number {
  const { wins, gained } = winsAndLosses(requireReturns("returns", returns));
  return rewardToRisk(gained, wins, 0);
}

/**
 * The mean of the negative returns, < 0; NaN without a loss.
 *
 * @throws QuantError as `profitFactor`.
 */
export function averageLoss(returns: VectorLike): number {
  const { losses, lost } = winsAndLosses(requireReturns("returns", returns));
  return rewardToRisk(-lost, losses, 0);
}

/**
 * The average win over the size of the average loss; NaN without the one or the other.
 *
 * @throws QuantError as `profitFactor`.
 */
export function payoffRatio(returns: VectorLike): number {
  const { wins, losses, gained, lost } = winsAndLosses(requireReturns("returns", returns));
  return rewardToRisk(rewardToRisk(gained, wins, 0), rewardToRisk(lost, losses, 0), 0);
}
