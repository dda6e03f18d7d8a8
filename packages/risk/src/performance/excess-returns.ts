import type { VectorLike } from "@astra-quant/core-linalg";
import { isVector, requireFinite, requireFiniteVector } from "@astra-quant/core-linalg/guards";

/**
 * What money earns without risk: one annual rate (a fraction, divided evenly over the periods of a year), or a vector
 * of rates per period, one a return.
 */
export type RiskFree = number | VectorLike;

/** The risk-free rate of each period. */
export function riskFreePerPeriod(riskFree: RiskFree, length: number, periodsPerYear: number): Float64Array {
  if (isVector(riskFree)) return requireFiniteVector("riskFree", riskFree, length);
  return new Float64Array(length).fill(requireFinite("riskFree", riskFree) / periodsPerYear);
}

/** Returns less a rate or another return, period by period. */
export function less(returns: Float64Array, other: Float64Array): Float64Array {
  return returns.map((r, t) => r - other[t]!);
}

/** The largest |entry| of both: what the rounding of their difference is relative to. */
export function largestOf(...vectors: readonly Float64Array[]): number {
  return vectors.reduce((m, x) => x.reduce((n, entry) => Math.max(n, Math.abs(entry)), m), 0);
}
