import { mean, type VectorLike } from "@astra-quant/core-linalg";
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

/** The annual rate: the one given, or the mean rate of a period × periodsPerYear. */
export function riskFreePerYear(riskFree: RiskFree, length: number, periodsPerYear: number): number {
  if (isVector(riskFree)) return mean(requireFiniteVector("riskFree", riskFree, length)) * periodsPerYear;
  return requireFinite("riskFree", riskFree);
}

/** Returns less a rate or another return, period by period. */
export function less(returns: Float64Array, other: Float64Array): Float64Array {
  const excess = new Float64Array(returns.length);
  for (let t = 0; t < returns.length; t++) excess[t] = returns[t]! - other[t]!;
  return excess;
}

/** The largest |entry| of both: what the rounding of their difference is relative to. */
export function largestOf(...vectors: readonly Float64Array[]): number {
  let largest = 0;
  for (const x of vectors) for (let t = 0; t < x.length; t++) largest = Math.max(largest, Math.abs(x[t]!));
  return largest;
}
