/** Weights with Σ w = 1 and 0 ≤ w ≤ upper: what a linear function is largest at, and the nearest thing to a solver's answer. */

/** The largest gᵀv over the capped simplex: the highest gains are filled first. Σ upper ≥ 1. */
export function largestGain(g: ArrayLike<number>, upper: ArrayLike<number>): number {
  const order = Array.from(g, (_, i) => i).sort((i, j) => g[j]! - g[i]! || i - j);
  let left = 1;
  let gain = 0;
  for (const i of order) {
    const share = Math.min(left, upper[i]!);
    gain += share * g[i]!;
    left -= share;
  }
  return gain;
}

/**
 * The point of the capped simplex that is reached from x by clipping it to its bounds and sharing out what is then missing
 * or too much in proportion to the room that is left. Σ upper ≥ 1.
 */
export function ontoCappedSimplex(x: ArrayLike<number>, upper: ArrayLike<number>): Float64Array {
  const w = Float64Array.from(x, (value, i) => Math.min(upper[i]!, Math.max(0, value)));
  let sum = 0;
  let room = 0;
  for (let i = 0; i < w.length; i++) {
    sum += w[i]!;
    room += upper[i]! - w[i]!;
  }
  const missing = 1 - sum;
  if (missing > 0)
    return w.map((value, i) => Math.min(upper[i]!, value + (missing * (upper[i]! - value)) / room));
  return w.map((value) => value / sum);
}
