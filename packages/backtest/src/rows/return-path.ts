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
  /** Returns above 0. */
  readonly wins: number;
}

/** Central sums and the path of the equity, without branches: signs of returns cannot be predicted. */
export function returnPath(returns: Float64Array, mean: number): ReturnPath {
  let [squares, cubes, fourths] = [0, 0, 0];
  let [equity, lowestEquity, level, lowestLevel] = [1, 1, 1, 1];
  let [wins, underwater, longestUnderwater] = [0, 0, 0];
  for (let t = 0; t < returns.length; t++) {
    const r = returns[t]!;
    const d = r - mean;
    const square = d * d;
    squares += square;
    cubes += square * d;
    fourths += square * square;
    const growth = r > -1 ? 1 + r : 0;
    equity *= growth;
    lowestEquity = Math.min(lowestEquity, equity);
    level = Math.min(1, level * growth);
    lowestLevel = Math.min(lowestLevel, level);
    underwater = level < 1 ? underwater + 1 : 0;
    longestUnderwater = underwater > longestUnderwater ? underwater : longestUnderwater;
    wins += r > 0 ? 1 : 0;
  }
  return { squares, cubes, fourths, equity, lowestEquity, lowestLevel, longestUnderwater, wins };
}
