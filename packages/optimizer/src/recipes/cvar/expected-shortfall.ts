/**
 * The mean of the worst (1 − confidence) of equally likely losses: the scenario on the boundary counts with the fraction
 * that is missing. Also the weight of each scenario in it, which sum to 1.
 */
export function expectedShortfall(
  losses: Float64Array,
  confidence: number,
): { shortfall: number; shares: Float64Array } {
  const S = losses.length;
  const most = 1 / ((1 - confidence) * S);
  const order = Int32Array.from(losses, (_, s) => s).sort((a, b) => losses[b]! - losses[a]!);
  const shares = new Float64Array(S);
  let left = 1;
  let shortfall = 0;
  for (const s of order) {
    const share = Math.min(most, left);
    shares[s] = share;
    shortfall += share * losses[s]!;
    left -= share;
    if (left <= 0) break;
  }
  return { shortfall, shares };
}
