import { scratch } from "../../scratch.ts";
import type { RiskModel } from "../risk/risk-model.ts";
import type { Pressure } from "./asset-cost.ts";

/**
 * minimise f(w) = ½γ w'Σw + ½ Σθ_i (w_i − w0_i)² − μ'w + Σh_i(w_i)
 * subject to lower ≤ w ≤ upper, min_r ≤ a_r'w ≤ max_r for the rows, and Σ|w_i| ≤ max or Σ|w_i − w0_i| ≤ max for the
 * sizes. What is unlimited is infinite. The costs
 *
 *     h_i(v) = buy_i (v − w0_i)⁺ + sell_i (w0_i − v)⁺ + long_i v⁺ + short_i (−v)⁺
 *
 * may be negative one by one, but not so that h_i is not convex.
 */
export interface PortfolioProblem {
  readonly n: number;
  readonly risk: RiskModel;
  readonly gamma: number;
  readonly mu: Float64Array;
  /** w0. */
  readonly current: Float64Array;
  readonly costs: CostRates;
  /** The narrowest of the boxes, asset by asset. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly boxes: readonly BoxLimit[];
  readonly rows: readonly RowLimit[];
  readonly sizes: readonly SizeLimit[];
}

/** Rates per unit of weight, one an asset; θ per unit of weight squared, without its ½. */
export interface CostRates {
  readonly buy: Float64Array;
  readonly sell: Float64Array;
  readonly long: Float64Array;
  readonly short: Float64Array;
  readonly quadratic: Float64Array;
}

/** Bounds of every asset: those of the weights, and those of what can be traded from w0. */
export interface BoxLimit {
  readonly name: "weights" | "participation";
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** min ≤ a'w ≤ max; an equality has both alike. */
export interface RowLimit {
  readonly name: string;
  readonly loadings: Float64Array;
  readonly min: number;
  readonly max: number;
}

/** Σ|w_i| ≤ max, or Σ|w_i − w0_i| ≤ max, over the members. */
export interface SizeLimit {
  readonly name: string;
  readonly of: "weights" | "trades";
  /** 1 for a member, 0 for another asset. */
  readonly members: Uint8Array;
  readonly max: number;
}

/** The multipliers of the limits: η of each row (> 0 presses on its max, < 0 on its min), λ ≥ 0 of each size. */
export interface Prices {
  readonly rows: Float64Array;
  readonly sizes: Float64Array;
}

/** A portfolio with the prices at which its limits would clear. */
export interface PricedPortfolio {
  readonly weights: Float64Array;
  readonly prices: Prices;
}

export function noPrices({ rows, sizes }: PortfolioProblem): Prices {
  return { rows: new Float64Array(rows.length), sizes: new Float64Array(sizes.length) };
}

/** What asset i pays per unit of |w_i|, and per unit of |w_i − w0_i|, to the sizes that count it. */
export function pressureOn({ sizes }: PortfolioProblem, prices: Prices, i: number): Pressure {
  let onWeight = 0;
  let onTrade = 0;
  for (let s = 0; s < sizes.length; s++) {
    const { of, members } = sizes[s]!;
    const price = prices.sizes[s]!;
    if (!(price > 0) || members[i] !== 1) continue;
    if (of === "weights") onWeight += price;
    else onTrade += price;
  }
  return { onWeight, onTrade };
}

/** What each asset pays per unit of |w_i|, and per unit of |w_i − w0_i|. */
export interface Pressures {
  readonly onWeights: Float64Array;
  readonly onTrades: Float64Array;
}

/** What each asset pays to the sizes that count it. */
export function pressures({ n, sizes }: PortfolioProblem, prices: Prices): Pressures {
  const onWeights = scratch(n);
  const onTrades = scratch(n);
  for (let s = 0; s < sizes.length; s++) {
    const { of, members } = sizes[s]!;
    const price = prices.sizes[s]!;
    if (!(price > 0)) continue;
    const pressure = of === "weights" ? onWeights : onTrades;
    for (let i = 0; i < n; i++) if (members[i] === 1) pressure[i]! += price;
  }
  return { onWeights, onTrades };
}
