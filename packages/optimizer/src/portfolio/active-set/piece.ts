import type { PortfolioProblem, PricedPortfolio, Prices } from "../problem/problem.ts";
import { noPrices } from "../problem/problem.ts";
import { solveBordered } from "./bordered-solve.ts";
import type { Settled } from "./settled.ts";
import { borderOf, freeAssets, PROXIMAL } from "./state-equations.ts";

/**
 * Where the best portfolio goes as γ = 1/t falls and its active set stays: weights, and prices ÷ γ, move on straight
 * lines in t, exactly where costs are linear; where they are quadratic, to first order.
 */
export interface Piece {
  /** dw/dt. */
  readonly weights: Float64Array;
  /** d(t · price)/dt. */
  readonly prices: Prices;
}

/**
 * From the equations of the states divided by γ, differentiated,
 *
 *     [Σ_FF + tΘ  C] [dw ]   [(μ − p)_F + Θ(w0 − w)]
 *     [C'         0] [dtm] = [0                    ]
 *
 * Undefined when the free assets' block has no factor.
 */
export function pieceOf({ problem, kinks, states, portfolio }: Settled): Piece | undefined {
  const { n, mu, gamma, costs, current, risk } = problem;
  const free = freeAssets(states);
  const f = free.length;
  const weights = new Float64Array(n);
  const prices = noPrices(problem);
  if (f === 0) return { weights, prices };
  const r = new Float64Array(f);
  const shift = new Float64Array(f);
  const isDefinite = risk.isDefinite();
  let scale = 0;
  for (let i = 0; i < n; i++) scale = Math.max(scale, risk.variances[i]!);
  for (let a = 0; a < f; a++) {
    const i = free[a]!;
    const quadratic = costs.quadratic[i]!;
    r[a] = mu[i]! - kinks.cost(i, states.assets[i]! / 2) + quadratic * (current[i]! - portfolio.weights[i]!);
    shift[a] = quadratic / gamma + (isDefinite ? 0 : PROXIMAL * scale);
  }
  const { columns, owners } = borderOf(problem, kinks, states, free, portfolio.weights);
  const none = new Float64Array(owners.length);
  const moves = risk.withBlock(free, 1, shift, (block) =>
    solveBordered({ block, columns, count: owners.length }, r, none, none),
  );
  if (moves === undefined) return undefined;
  for (let a = 0; a < f; a++) weights[free[a]!] = moves.w[a]!;
  owners.forEach(({ kind, index }, c) => {
    prices[kind][index] = moves.m[c]!;
  });
  return { weights, prices };
}

/** The same states' portfolio at another γ, where nothing else has changed and the piece is known and straight. */
export function alongPiece(
  { problem: earlier, portfolio, piece }: Settled,
  problem: PortfolioProblem,
): PricedPortfolio | undefined {
  if (piece === undefined || !(earlier.gamma > 0 && problem.gamma > 0)) return undefined;
  for (const part of ["risk", "mu", "current", "costs", "lower", "upper", "rows", "sizes"] as const) {
    if (earlier[part] !== problem[part]) return undefined;
  }
  if (!problem.costs.quadratic.every((rate) => rate === 0)) return undefined;
  const step = 1 / problem.gamma - 1 / earlier.gamma;
  const weights = portfolio.weights.slice();
  for (let i = 0; i < weights.length; i++) weights[i]! += step * piece.weights[i]!;
  const priced = (before: Float64Array, change: Float64Array): Float64Array =>
    before.map((price, k) => (price / earlier.gamma + step * change[k]!) * problem.gamma);
  return {
    weights,
    prices: {
      rows: priced(portfolio.prices.rows, piece.prices.rows),
      sizes: priced(portfolio.prices.sizes, piece.prices.sizes),
    },
  };
}
