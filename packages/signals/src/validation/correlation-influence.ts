import { mean } from "@astra-quant/core-linalg";
import { centredRanks } from "./centred-ranks.ts";

/** (x − mean) ÷ √(mean square deviation). */
function standardised(x: Float64Array): Float64Array {
  const centre = mean(x);
  let squares = 0;
  for (const value of x) squares += (value - centre) * (value - centre);
  const scale = Math.sqrt(squares / x.length);
  return x.map((value) => (value - centre) / scale);
}

/** What each pair adds to Pearson's correlation ρ: a b − ρ (a² + b²) ÷ 2 of the standardised values. */
export function pearsonInfluence(x: Float64Array, y: Float64Array, correlation: number): Float64Array {
  const a = standardised(x);
  const b = standardised(y);
  return a.map((value, t) => {
    const other = b[t]!;
    return value * other - (correlation * (value * value + other * other)) / 2;
  });
}

/** Σ_j sign(x_j − x_i) w_j for each i: what moving x_i past the others does to Σ_j s_j w_j. */
function signedSums(x: Float64Array, w: Float64Array): Float64Array {
  const order = Int32Array.from(x.keys()).sort((i, j) => x[i]! - x[j]! || i - j);
  const out = new Float64Array(x.length);
  let total = 0;
  for (const value of w) total += value;
  let below = 0;
  for (let start = 0; start < order.length; ) {
    let end = start;
    let equal = 0;
    while (end < order.length && x[order[end]!] === x[order[start]!]) equal += w[order[end++]!]!;
    for (let k = start; k < end; k++) out[order[k]!] = total - equal - 2 * below;
    below += equal;
    start = end;
  }
  return out;
}

/**
 * What each pair adds to Spearman's correlation ρ. With s and u the centred ranks ÷ n, scaled to mean square 1, the pair t
 * adds s_t u_t − ρ (s_t² + u_t²) ÷ 2, and moves the ranks of the others: (Σ_j sign(x_j − x_t) (u_j − ρ s_j) + Σ_j
 * sign(y_j − y_t) (s_j − ρ u_j)) ÷ n in the same scale.
 */
export function spearmanInfluence(x: Float64Array, y: Float64Array, correlation: number): Float64Array {
  const n = x.length;
  const ranksOfX = new Float64Array(n);
  const ranksOfY = new Float64Array(n);
  centredRanks(x, ranksOfX);
  centredRanks(y, ranksOfY);
  const [unitX, unitY] = [rootMeanSquare(ranksOfX), rootMeanSquare(ranksOfY)];
  const s = ranksOfX.map((r) => r / unitX);
  const u = ranksOfY.map((r) => r / unitY);
  const movedX = signedSums(
    x,
    u.map((value, t) => value - correlation * s[t]!),
  );
  const movedY = signedSums(
    y,
    s.map((value, t) => value - correlation * u[t]!),
  );
  const influence = s.map((value, t) => {
    const other = u[t]!;
    const own = value * other - (correlation * (value * value + other * other)) / 2;
    return own + movedX[t]! / unitX + movedY[t]! / unitY;
  });
  const centre = mean(influence);
  return influence.map((value) => value - centre);
}

function rootMeanSquare(x: Float64Array): number {
  let squares = 0;
  for (const value of x) squares += value * value;
  return Math.sqrt(squares / x.length);
}
