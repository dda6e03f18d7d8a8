import { exp } from "@astra-quant/core-linalg";

/** 1 ÷ (1 + e^−x), in [0, 1], rising; NaN for NaN. */
export function logistic(x: number): number {
  if (x >= 0) return 1 / (1 + exp(-x));
  const e = exp(x); // e^−x would overflow
  return e / (1 + e);
}
