import { heldIn } from "../problem/limit-use.ts";
import { type PortfolioProblem, type PricedPortfolio, pressures } from "../problem/problem.ts";
import { curvatureProduct } from "../problem/slopes.ts";
import type { ActiveStates } from "./active-states.ts";
import type { Kinks } from "./kinks.ts";

const WEIGHT_TOLERANCE = 1e-12;
const SLOPE_TOLERANCE = 1e-11;

/** One state to change. */
export interface Move {
  readonly kind: keyof ActiveStates;
  readonly index: number;
  readonly to: number;
}

/** Every state that the portfolio contradicts: rows first, then assets from the last to the first. */
export function contradictions(
  problem: PortfolioProblem,
  kinks: Kinks,
  states: ActiveStates,
  portfolio: PricedPortfolio,
): Move[] {
  const { n, mu, rows } = problem;
  const moves: Move[] = [];
  addRowMoves(problem, states, portfolio, moves);
  const slopes = curvatureProduct(problem, portfolio.weights);
  let slopeScale = 1;
  for (let i = 0; i < n; i++) slopeScale = Math.max(slopeScale, Math.abs(mu[i]!), Math.abs(slopes[i]!));
  for (let r = 0; r < rows.length; r++) {
    const price = portfolio.prices.rows[r]!;
    if (price === 0) continue;
    const { loadings } = rows[r]!;
    for (let i = 0; i < n; i++) slopes[i]! += price * loadings[i]!;
  }
  addAssetMoves(problem, kinks, states, portfolio, slopes, SLOPE_TOLERANCE * slopeScale, moves);
  return moves;
}

function addAssetMoves(
  problem: PortfolioProblem,
  kinks: Kinks,
  { assets }: ActiveStates,
  { weights, prices }: PricedPortfolio,
  slopes: Float64Array,
  slopeTolerance: number,
  moves: Move[],
): void {
  const { n, mu, current, costs } = problem;
  const { quadratic } = costs;
  const { onWeights, onTrades } = pressures(problem, prices);
  for (let i = n - 1; i >= 0; i--) {
    const state = assets[i]!;
    const p = onWeights[i]!;
    const t = onTrades[i]!;
    if (state % 2 === 0) {
      const segment = state / 2;
      const above = weights[i]! > kinks.segmentUpper(i, segment) + WEIGHT_TOLERANCE;
      const below = weights[i]! < kinks.segmentLower(i, segment) - WEIGHT_TOLERANCE;
      if (!above && !below) continue;
      const k = above ? segment : segment - 1;
      const isKink = kinks.slope(i, k, p, t) !== kinks.slope(i, k + 1, p, t);
      moves.push({ kind: "assets", index: i, to: isKink ? 2 * k + 1 : above ? state + 2 : state - 2 });
    } else {
      const k = (state - 1) / 2;
      const pull = mu[i]! + quadratic[i]! * current[i]! - slopes[i]!;
      if (pull > kinks.slope(i, k + 1, p, t) + slopeTolerance) {
        moves.push({ kind: "assets", index: i, to: state + 1 });
      } else if (pull < kinks.slope(i, k, p, t) - slopeTolerance) {
        moves.push({ kind: "assets", index: i, to: state - 1 });
      }
    }
  }
}

function addRowMoves(
  { n, rows, sizes, current }: PortfolioProblem,
  states: ActiveStates,
  { weights, prices }: PricedPortfolio,
  moves: Move[],
): void {
  const held = heldIn(weights);
  for (let index = 0; index < rows.length; index++) {
    const { loadings, min, max } = rows[index]!;
    if (min === max) continue;
    const state = states.rows[index]!;
    if (state !== 0) {
      if (prices.rows[index]! * state < 0) moves.push({ kind: "rows", index, to: 0 });
      continue;
    }
    let value = 0;
    for (const i of held) value += loadings[i]! * weights[i]!;
    if (value > max + SLOPE_TOLERANCE) moves.push({ kind: "rows", index, to: 1 });
    else if (value < min - SLOPE_TOLERANCE) moves.push({ kind: "rows", index, to: -1 });
  }
  for (let index = 0; index < sizes.length; index++) {
    const { of, members, max } = sizes[index]!;
    if (states.sizes[index] === 1) {
      if (prices.sizes[index]! < 0) moves.push({ kind: "sizes", index, to: 0 });
      continue;
    }
    let used = 0;
    for (let i = 0; i < n; i++) {
      if (members[i] === 1) used += Math.abs(of === "weights" ? weights[i]! : weights[i]! - current[i]!);
    }
    if (used > max + SLOPE_TOLERANCE) moves.push({ kind: "sizes", index, to: 1 });
  }
}

export function applyMoves(states: ActiveStates, moves: readonly Move[]): ActiveStates {
  const next = { assets: states.assets.slice(), rows: states.rows.slice(), sizes: states.sizes.slice() };
  for (const { kind, index, to } of moves) next[kind][index] = to;
  return next;
}
