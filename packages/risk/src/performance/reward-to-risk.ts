/** A deviation below this fraction of the data is what rounding leaves of a constant series. */
const ROUNDING = 8 * Number.EPSILON;

/** reward ÷ risk; NaN when the risk is zero, or no more than the rounding of data as large as `scale`. */
export function rewardToRisk(reward: number, risk: number, scale: number): number {
  return risk > ROUNDING * scale ? reward / risk : Number.NaN;
}
