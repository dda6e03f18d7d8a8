import { scratch } from "../../scratch.ts";
import { costOf, type Pressure, slopeLeftOf, slopeRightOf } from "../problem/asset-cost.ts";
import type { PortfolioProblem, Pressures } from "../problem/problem.ts";
import type { Box } from "./implied-box.ts";

/**
 * max_v [ ψ_i(w_i) − ψ_i(v) ] over the box of each asset, for ψ_i(v) = g_i v + φ_i(v); ∞ where nothing ends it. The greatest
 * is at an end or at a kink.
 */
export function leftOnTheTable(
  problem: PortfolioProblem,
  weights: Float64Array,
  slopes: Float64Array,
  { onWeights, onTrades }: Pressures,
  { lower, upper }: Box,
): Float64Array {
  const { n, current, costs } = problem;
  const { buy, sell, long, short } = costs;
  const left = scratch(n);
  for (let i = 0; i < n; i++) {
    const w = weights[i]!;
    const g = slopes[i]!;
    const w0 = current[i]!;
    const least = lower[i]!;
    const greatest = upper[i]!;
    const b = buy[i]! + onTrades[i]!;
    const s = sell[i]! + onTrades[i]!;
    const l = long[i]! + onWeights[i]!;
    const h = short[i]! + onWeights[i]!;
    const here = costOf(w, w0, b, s, l, h);
    let most = Number.NEGATIVE_INFINITY;
    if (least <= greatest) {
      if (Number.isFinite(least)) most = here - costOf(least, w0, b, s, l, h) + g * (w - least);
      if (Number.isFinite(greatest)) {
        most = Math.max(most, here - costOf(greatest, w0, b, s, l, h) + g * (w - greatest));
      }
    }
    if (least <= 0 && greatest >= 0) most = Math.max(most, here - costOf(0, w0, b, s, l, h) + g * w);
    if (least <= w0 && greatest >= w0) {
      most = Math.max(most, here - costOf(w0, w0, b, s, l, h) + g * (w - w0));
    }
    left[i] = Number.isFinite(most) ? most : 0;
  }
  for (let i = 0; i < n; i++) {
    if (Number.isFinite(lower[i]!) && Number.isFinite(upper[i]!)) continue;
    const pressure = { onWeight: onWeights[i]!, onTrade: onTrades[i]! };
    const fallsBelow = slopes[i]! + slopeLeftOf(problem, i, Number.NEGATIVE_INFINITY, pressure) > 0;
    const fallsAbove = slopes[i]! + slopeRightOf(problem, i, Number.POSITIVE_INFINITY, pressure) < 0;
    const isEndless =
      (lower[i] === Number.NEGATIVE_INFINITY && fallsBelow) ||
      (upper[i] === Number.POSITIVE_INFINITY && fallsAbove);
    if (isEndless) left[i] = Number.POSITIVE_INFINITY;
  }
  return left;
}

/** The part of −g_i that no slope of φ_i at w_i accounts for. */
export function slopeLeftOver(
  problem: PortfolioProblem,
  i: number,
  w: number,
  g: number,
  pressure: Pressure,
): number {
  const right = g + slopeRightOf(problem, i, w, pressure);
  const left = g + slopeLeftOf(problem, i, w, pressure);
  if (right < 0) return right;
  return Math.max(left, 0);
}
