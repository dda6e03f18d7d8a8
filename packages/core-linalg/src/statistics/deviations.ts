import { powerOfTwoAbove } from "../special/bits.ts";
import { mean } from "./moments.ts";

/**
 * x less its mean in a unit (a power of two) in which no square leaves the doubles. The mean is taken in two parts, so
 * that a small spread on a large level keeps its digits. NaN throughout where x holds a NaN or an infinity.
 */
export interface Deviations {
  readonly values: Float64Array;
  readonly unit: number;
}

export function deviationsFromMean(x: Float64Array): Deviations {
  const centre = mean(x);
  const values = x.map((value) => value - centre);
  const rest = mean(values);
  let farthest = 0;
  for (let i = 0; i < values.length; i++) {
    values[i]! -= rest;
    farthest = Math.max(farthest, Math.abs(values[i]!));
  }
  const unit = Number.isFinite(farthest) ? powerOfTwoAbove(farthest) : 1;
  for (let i = 0; i < values.length; i++) values[i]! /= unit;
  return { values, unit };
}

/** Σ a[t + lag] b[t], with Kahan's compensation. */
export function laggedProduct(a: Float64Array, b: Float64Array, lag: number): number {
  let sum = 0;
  let lost = 0;
  for (let t = lag; t < a.length; t++) {
    const term = a[t]! * b[t - lag]! - lost;
    const next = sum + term;
    lost = next - sum - term;
    sum = next;
  }
  return sum;
}

/** Σ d[t] d[t − k] ÷ n for k = 0 … lags, in the unit of the deviations squared. */
export function autocovariances({ values }: Deviations, lags: number): Float64Array {
  return Float64Array.from({ length: lags + 1 }, (_, k) => laggedProduct(values, values, k) / values.length);
}
