import { exp, log } from "@astra-quant/core-linalg";
import type { GaussianHmm } from "./gaussian-hmm.ts";

const LOG_TWO_PI = 1.8378770664093453;

/**
 * Writes the density of x in each state that `expected` gives a probability to, divided by the largest of them, and 0 in
 * the others; answers the logarithm of that largest one. An x that is missing, or so far from every state that no double
 * holds its density's logarithm, says nothing: 1 in each state, and 0.
 */
export function fillEmissions(
  x: number,
  { means, variances }: GaussianHmm,
  expected: Float64Array,
  out: Float64Array,
): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < out.length; k++) {
    const distance = x - means[k]!;
    // log N(x; μ, σ²) = −(log 2π + log σ² + (x − μ)² ÷ σ²) ÷ 2
    out[k] = -(LOG_TWO_PI + log(variances[k]!) + (distance * distance) / variances[k]!) / 2;
    if (expected[k]! > 0) largest = Math.max(largest, out[k]!);
  }
  if (!Number.isFinite(largest)) {
    out.fill(1);
    return 0;
  }
  for (let k = 0; k < out.length; k++) out[k] = expected[k]! > 0 ? exp(out[k]! - largest) : 0;
  return largest;
}
