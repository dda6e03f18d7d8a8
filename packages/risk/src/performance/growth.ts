import { exp, log, mean } from "@astra-quant/core-linalg";

/** How returns are put together to a year's: compounded, or their mean × periodsPerYear. */
export type Growth = "compound" | "arithmetic";

export const GROWTHS = ["compound", "arithmetic"] as const;

/** Π (1 + r) of returns above −1. */
export function finalEquity(returns: Float64Array): number {
  let equity = 1;
  for (let t = 0; t < returns.length; t++) equity *= 1 + returns[t]!;
  return equity;
}

/**
 * The constant annual return with the same final equity: equity^(periodsPerYear ÷ n) − 1. ∞ when a year of such
 * growth is beyond the doubles (minutes that were good, extrapolated).
 */
export function annualGrowthTo(equity: number, periods: number, periodsPerYear: number): number {
  return exp((log(equity) * periodsPerYear) / periods) - 1;
}

/** A year's growth, either way. */
export function annualGrowth(returns: Float64Array, periodsPerYear: number, growth: Growth): number {
  return growth === "compound"
    ? annualGrowthTo(finalEquity(returns), returns.length, periodsPerYear)
    : mean(returns) * periodsPerYear;
}
