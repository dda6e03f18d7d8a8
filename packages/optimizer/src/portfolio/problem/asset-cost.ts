import type { PortfolioProblem } from "./problem.ts";

/** What the sizes charge an asset, per unit of |w| and of |w − w0|. */
export interface Pressure {
  readonly onWeight: number;
  readonly onTrade: number;
}

export const NO_PRESSURE: Pressure = { onWeight: 0, onTrade: 0 };

/** φ_i(v) = h_i(v) + p|v| + t|v − w0|. */
export function costAt(
  { costs, current }: PortfolioProblem,
  i: number,
  v: number,
  { onWeight, onTrade }: Pressure,
): number {
  const trade = v - current[i]!;
  const trading = trade > 0 ? (costs.buy[i]! + onTrade) * trade : (costs.sell[i]! + onTrade) * -trade;
  return trading + (v > 0 ? (costs.long[i]! + onWeight) * v : (costs.short[i]! + onWeight) * -v);
}

/** φ_i's slope just right of v; of v = −∞ and ∞ the slopes of its two ends. */
export function slopeRightOf(problem: PortfolioProblem, i: number, v: number, pressure: Pressure): number {
  return slope(problem, i, v >= 0, v >= problem.current[i]!, pressure);
}

/** φ_i's slope just left of v. */
export function slopeLeftOf(problem: PortfolioProblem, i: number, v: number, pressure: Pressure): number {
  return slope(problem, i, v > 0, v > problem.current[i]!, pressure);
}

function slope(
  { costs }: PortfolioProblem,
  i: number,
  isLong: boolean,
  isBought: boolean,
  { onWeight, onTrade }: Pressure,
): number {
  const carry = isLong ? costs.long[i]! + onWeight : -(costs.short[i]! + onWeight);
  return carry + (isBought ? costs.buy[i]! + onTrade : -(costs.sell[i]! + onTrade));
}
