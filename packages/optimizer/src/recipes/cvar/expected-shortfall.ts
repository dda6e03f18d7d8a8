import { CompensatedSum } from "@astra-quant/core-linalg";
import { tailThreshold } from "./tail-threshold.ts";

export interface ExpectedShortfall {
  readonly shortfall: number;
  /** The least loss that counts. */
  readonly threshold: number;
}

/**
 * The mean of the worst losses, each counted by its k = probability ÷ (1 − confidence) until 1 is full: a scenario on
 * the boundary counts with the fraction that is missing.
 */
export function expectedShortfall(losses: Float64Array, caps: Float64Array): ExpectedShortfall {
  const threshold = tailThreshold(losses, caps);
  const excess = new CompensatedSum();
  for (let s = 0; s < losses.length; s++) {
    if (losses[s]! > threshold) excess.add(caps[s]! * (losses[s]! - threshold));
  }
  return { shortfall: threshold + excess.value, threshold };
}
