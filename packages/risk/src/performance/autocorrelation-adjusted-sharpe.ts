import { autocorrelation, type VectorLike } from "@astra-quant/core-linalg";
import { requireInteger, requireKnownOptions, requirePositive } from "@astra-quant/core-linalg/guards";
import { requireReturns } from "../returns.ts";
import { largestOf, less, type RiskFree, riskFreePerPeriod } from "./excess-returns.ts";
import { sharpeOf } from "./sharpe-ratio.ts";

export interface AutocorrelationAdjustedSharpeOptions {
  /** Returns in a year, an integer ≥ 1 (as many are added up). */
  readonly periodsPerYear: number;
  /** An annual rate (a fraction), or one rate a period. @defaultValue 0 */
  readonly riskFree?: RiskFree;
  /**
   * How many autocorrelations count, those of longer lags being taken as 0: below the number of returns.
   *
   * @defaultValue min(periodsPerYear − 1, n − 1)
   */
  readonly lags?: number;
}

export interface AutocorrelationAdjustedSharpe {
  /** `perPeriod` × `scale`. */
  readonly annualized: number;
  /** Mean excess return ÷ its standard deviation (ddof 1). */
  readonly perPeriod: number;
  /** √periodsPerYear for returns without memory, less where gains follow gains. */
  readonly scale: number;
}

/**
 * The annual Sharpe ratio of returns that remember: a year's variance is the sum of all covariances within it, so the ratio
 * of a period is multiplied not by √q but by q ÷ √(q + 2 Σ (q − k) ρ_k), k = 1 … lags [Lo2002]. NaN where returns do not
 * vary, or where the autocorrelations leave a year no variance.
 *
 * @throws QuantError "shape" for no returns or a riskFree of another length, "not-finite" for a NaN, "range" for
 *   periodsPerYear or lags that are no such integers, "option" for an unknown option.
 */
export function autocorrelationAdjustedSharpe(
  returns: VectorLike,
  options: AutocorrelationAdjustedSharpeOptions,
): AutocorrelationAdjustedSharpe {
  requireKnownOptions(options, ["periodsPerYear", "riskFree", "lags"]);
  const { periodsPerYear, riskFree = 0 } = options;
  requirePositive("periodsPerYear", periodsPerYear);
  const q = requireInteger("periodsPerYear", periodsPerYear, 1);
  const r = requireReturns("returns", returns);
  const { lags = Math.min(q - 1, r.length - 1) } = options;
  requireInteger("lags", lags, 0, r.length - 1);
  const rate = riskFreePerPeriod(riskFree, r.length, q);
  const excess = less(r, rate);
  const perPeriod = sharpeOf(excess, largestOf(r, rate), 1);
  const rho = autocorrelation(excess, { lags });
  let variance = q;
  for (let k = 1; k <= Math.min(lags, q - 1); k++) variance += 2 * (q - k) * rho[k]!;
  const scale = Number.isNaN(perPeriod) || !(variance > 0) ? Number.NaN : q / Math.sqrt(variance);
  return { annualized: perPeriod * scale, perPeriod, scale };
}
