import { exp, log } from "@astra-quant/core-linalg";
import type { GaussianHmm } from "./gaussian-hmm.ts";

const LOG_TWO_PI = 1.8378770664093453;

/**
 * Writes the density of x in each state, divided by the largest of them, and answers the logarithm of that one. A missing x
 * says nothing: 1 in each state, and 0.
 */
export function fillEmissions(x: number, { means, variances }: GaussianHmm, out: Float64Array): number {
  if (!Number.isFinite(x)) {
    out.fill(1);
    return 0;
  }
  let largest = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < out.length; k++) {
    const distance = x - means[k]!;
    // log N(x; μ, σ²) = −(log 2π + log σ² + (x − μ)² ÷ σ²) ÷ 2
    out[k] = -(LOG_TWO_PI + log(variances[k]!) + (distance * distance) / variances[k]!) / 2;
    largest = Math.max(largest, out[k]!);
  }
  for (let k = 0; k < out.length; k++) out[k] = exp(out[k]! - largest);
  return largest;
}
