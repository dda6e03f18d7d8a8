import type { PortfolioProblem } from "./problem.ts";

/** What the sizes charge an asset, per unit of |w| and of |w − w0|. */
export interface Pressure {
  readonly onWeight: number;
  readonly onTrade: number;
}

/** φ(v) = buy (v − w0)⁺ + sell (w0 − v)⁺ + long v⁺ + short (−v)⁺ of one asset, pressures added to its rates. */
export function costOf(
  v: number,
  w0: number,
  buy: number,
  sell: number,
  long: number,
  short: number,
): number {
  const trade = v - w0;
  return (trade > 0 ? buy * trade : sell * -trade) + (v > 0 ? long * v : short * -v);
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
