/** What one pass over returns finds. */
export interface ReturnPath {
  /** Σ (r − mean)², Σ (r − mean)³, Σ (r − mean)⁴. */
  readonly squares: number;
  readonly cubes: number;
  readonly fourths: number;
  /** Π (1 + r). */
  readonly equity: number;
  /** The lowest it came to, its start 1 included. */
  readonly lowestEquity: number;
  /** The lowest it stood at, its highest so far being 1; 0 after a return ≤ −1, which leaves nothing. */
  readonly lowestLevel: number;
  /** The longest run of returns below a high. */
  readonly longestUnderwater: number;
}

/** Central sums and the path of the equity. No branch here asks for the sign of a return, which nothing can predict. */
export function returnPath(returns: Float64Array, mean: number): ReturnPath {
  const n = returns.length;
  let squares = 0;
  let cubes = 0;
  let fourths = 0;
  let equity = 1;
  let lowestEquity = 1;
  let level = 1;
  let lowestLevel = 1;
  let lastHigh = -1;
  let longestUnderwater = 0;
  for (let t = 0; t < n; t++) {
    const r = returns[t]!;
    const d = r - mean;
    const square = d * d;
    squares += square;
    cubes += square * d;
    fourths += square * square;
    const growth = r > -1 ? 1 + r : 0;
    equity *= growth;
    if (equity < lowestEquity) lowestEquity = equity;
    level *= growth;
    if (level >= 1) {
      level = 1;
      if (t - 1 - lastHigh > longestUnderwater) longestUnderwater = t - 1 - lastHigh;
      lastHigh = t;
    } else if (level < lowestLevel) lowestLevel = level;
  }
  longestUnderwater = Math.max(longestUnderwater, n - 1 - lastHigh);
  return { squares, cubes, fourths, equity, lowestEquity, lowestLevel, longestUnderwater };
}
