import { exp, log } from "@astra-quant/core-linalg";

/** Π (1 + r) of returns above −1. */
export function finalEquity(returns: Float64Array): number {
  return returns.reduce((equity, r) => equity * (1 + r), 1);
}

/**
 * The constant annual return with the same final equity: equity^(periodsPerYear ÷ n) − 1. ∞ when a year of such
 * growth is beyond the doubles (minutes that were good, extrapolated).
 */
export function compoundAnnualGrowthRate(returns: Float64Array, periodsPerYear: number): number {
  return exp((log(finalEquity(returns)) * periodsPerYear) / returns.length) - 1;
}
