import type { MatrixLike, VectorLike } from "@astra-quant/core-linalg";
import { minimumVariance, optimizePortfolio, type PortfolioSolution } from "@astra-quant/optimizer";

const TRADING_DAYS = 252;

/** Means and covariance of daily returns. */
export interface Estimate {
  readonly assets: readonly string[];
  readonly mean: VectorLike;
  readonly covariance: MatrixLike;
}

/** The notebook's fifth cell: fully invested, long only, the least variance. */
export function leastVariance({ covariance }: Estimate): PortfolioSolution {
  return minimumVariance(covariance, { weights: { min: 0 } });
}

/** What the fifth cell sets beside it: the same in every name. */
export function equalWeights({ covariance, assets }: Estimate): PortfolioSolution {
  const each = 1 / assets.length;
  return minimumVariance(covariance, { weights: { min: each, max: each } });
}

/** The notebook's sixth cell, and the app's module A with a net of 0.1 and an aversion of 1. */
export function longShort(
  { assets, mean, covariance }: Estimate,
  { riskAversion = 0.5, gross = 2, net = 0.05 }: { riskAversion?: number; gross?: number; net?: number } = {},
): PortfolioSolution {
  return optimizePortfolio({
    assets,
    covariance,
    expectedReturns: mean,
    objective: { maximize: "utility", riskAversion },
    constraints: { gross: { max: gross }, net: { min: -net, max: net } },
  });
}

/** Of a year, from that of a day. */
export function annualVolatility({ volatility }: PortfolioSolution): number {
  return volatility * Math.sqrt(TRADING_DAYS);
}

/** What the app calls projected volatility: the root of the utility, which is no volatility and may be NaN. */
export function volatilityAsPrinted({ objective }: PortfolioSolution): number {
  return Math.sqrt(objective * TRADING_DAYS);
}
