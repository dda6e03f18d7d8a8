import { exp } from "./exp.ts";

/**
 * 1 ÷ (1 + e^−x), the same bits in every engine: in [0, 1], small values as right as large
 * ones, error below 3 ulp. logistic(−∞) = 0, logistic(∞) = 1, logistic(NaN) = NaN.
 */
export function logistic(x: number): number {
  if (x >= 0) return 1 / (1 + exp(-x));
  const e = exp(x); // e^−x would overflow
  return e / (1 + e);
}
