import { expm1, log1p, mean, type VectorLike } from "@astra-quant/core-linalg";
import { requireKnownOptions, requireOneOf, requirePositive } from "@astra-quant/core-linalg/guards";
import { requireCompoundableReturns } from "../returns.ts";
import { GROWTHS, type Growth } from "./growth.ts";
import { rewardToRisk } from "./reward-to-risk.ts";

export interface CaptureRatiosOptions {
  /** The benchmark's return of each period. */
  readonly benchmark: VectorLike;
  /**
   * How the chosen periods are put together: the compound growth of one of them (brought to `perPeriods` of them), or their
   * mean.
   *
   * @defaultValue "compound"
   */
  readonly growth?: Growth;
  /**
   * Over how many of the chosen periods growth is compounded before it is compared, > 0: 1 compares geometric means, a
   * year's number annual growth.
   *
   * @defaultValue 1
   */
  readonly perPeriods?: number;
}

export interface CaptureRatios {
  /** The book's growth over the benchmark's, in the periods in which the benchmark rose. */
  readonly up: number;
  /** In those in which it fell: below 1 the book lost less, below 0 it gained. */
  readonly down: number;
  /** up ÷ down. */
  readonly ratio: number;
  readonly upPeriods: number;
  readonly downPeriods: number;
}

function growthOf(returns: Float64Array, growth: Growth, perPeriods: number): number {
  if (growth === "arithmetic") return mean(returns);
  let logs = 0;
  for (const r of returns) logs += log1p(r);
  return expm1((logs * perPeriods) / returns.length);
}

/**
 * How much of the benchmark's gains and of its losses a book takes along. Periods in which the benchmark stood still count
 * for neither. NaN for a side without periods; `ratio` is NaN where `down` is 0 or undefined.
 *
 * @param returns fractions per period, each above −1.
 * @throws QuantError "shape" for no returns or a benchmark of another length, "not-finite" for a NaN, "range" for a return
 *   ≤ −1 or perPeriods that is not positive, "option" for an unknown option.
 */
export function captureRatios(returns: VectorLike, options: CaptureRatiosOptions): CaptureRatios {
  requireKnownOptions(options, ["benchmark", "growth", "perPeriods"]);
  const { growth = "compound", perPeriods = 1 } = options;
  requireOneOf("growth", growth, GROWTHS);
  requirePositive("perPeriods", perPeriods);
  const r = requireCompoundableReturns("returns", returns);
  const b = requireCompoundableReturns("benchmark", options.benchmark, r.length);
  const side = (sign: 1 | -1): { capture: number; periods: number } => {
    const chosen = (x: Float64Array): Float64Array => x.filter((_, t) => sign * b[t]! > 0);
    const market = chosen(b);
    const ours = growthOf(chosen(r), growth, perPeriods);
    const theirs = growthOf(market, growth, perPeriods);
    return { capture: sign * rewardToRisk(ours, sign * theirs, 0), periods: market.length };
  };
  const [up, down] = [side(1), side(-1)];
  const ratio = Math.sign(down.capture) * rewardToRisk(up.capture, Math.abs(down.capture), 0);
  return {
    up: up.capture,
    down: down.capture,
    ratio,
    upPeriods: up.periods,
    downPeriods: down.periods,
  };
}
