import type { ActiveStates, NetState } from "./active-states.ts";
import type { Kinks } from "./kinks.ts";
import type { PortfolioProblem, PricedPortfolio } from "./problem.ts";

const WEIGHT_TOLERANCE = 1e-12;
const SLOPE_TOLERANCE = 1e-11;

/** One state to change: of a row, or of an asset. */
export type Move = (
  | { readonly kind: "net"; readonly to: NetState }
  | { readonly kind: "gross"; readonly to: boolean }
  | { readonly kind: "asset"; readonly asset: number; readonly to: number }
) & {
  /** By how much the state is contradicted, as a slope; 0 for a weight outside its segment. */
  readonly urgency: number;
};

/** Every state that the portfolio contradicts: rows first, then assets from the last to the first. */
export function contradictions(
  problem: PortfolioProblem,
  kinks: Kinks,
  states: ActiveStates,
  portfolio: PricedPortfolio,
): Move[] {
  const { n, sigma, mu, gamma } = problem;
  const moves = rowMoves(problem, states, portfolio);
  const { weights, eta } = portfolio;
  const lambda = Math.max(0, portfolio.lambda);
  let slopeScale = 1;
  const pulls = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let image = 0;
    for (let j = 0; j < n; j++) image += sigma.data[i * n + j]! * weights[j]!;
    pulls[i] = mu[i]! - eta - gamma * image;
    slopeScale = Math.max(slopeScale, Math.abs(mu[i]!), Math.abs(gamma * image));
  }
  const slopeTolerance = SLOPE_TOLERANCE * slopeScale;
  const weightTolerance = WEIGHT_TOLERANCE * weightScale(problem);
  for (let i = n - 1; i >= 0; i--) {
    const state = states.assets[i]!;
    if (state % 2 === 0) {
      const segment = state / 2;
      const above = weights[i]! > kinks.segmentUpper(i, segment) + weightTolerance;
      const below = weights[i]! < kinks.segmentLower(i, segment) - weightTolerance;
      if (!above && !below) continue;
      const k = above ? segment : segment - 1;
      const isKink = kinks.slopeLeft(i, k, lambda) !== kinks.slopeRight(i, k, lambda);
      moves.push({
        kind: "asset",
        asset: i,
        to: isKink ? 2 * k + 1 : above ? state + 2 : state - 2,
        urgency: 0,
      });
    } else {
      const k = (state - 1) / 2;
      const right = kinks.slopeRight(i, k, lambda);
      const left = kinks.slopeLeft(i, k, lambda);
      if (pulls[i]! > right + slopeTolerance) {
        moves.push({ kind: "asset", asset: i, to: state + 1, urgency: pulls[i]! - right });
      } else if (pulls[i]! < left - slopeTolerance) {
        moves.push({ kind: "asset", asset: i, to: state - 1, urgency: left - pulls[i]! });
      }
    }
  }
  return moves;
}

function rowMoves(
  problem: PortfolioProblem,
  states: ActiveStates,
  { weights, lambda, eta }: PricedPortfolio,
): Move[] {
  const { gross, netMin, netMax } = problem;
  const moves: Move[] = [];
  let net = 0;
  let used = 0;
  for (const w of weights) {
    net += w;
    used += Math.abs(w);
  }
  const tolerance = SLOPE_TOLERANCE * weightScale(problem);
  if (netMin !== netMax) {
    if (states.net !== 0 && eta * states.net < 0) moves.push({ kind: "net", to: 0, urgency: Math.abs(eta) });
    else if (states.net === 0 && net > netMax + tolerance) moves.push({ kind: "net", to: 1, urgency: 0 });
    else if (states.net === 0 && net < netMin - tolerance) moves.push({ kind: "net", to: -1, urgency: 0 });
  }
  if (states.gross && lambda < 0) moves.push({ kind: "gross", to: false, urgency: -lambda });
  else if (!states.gross && used > gross + tolerance) moves.push({ kind: "gross", to: true, urgency: 0 });
  return moves;
}

function weightScale({ gross }: PortfolioProblem): number {
  return gross < Number.POSITIVE_INFINITY ? Math.max(1, gross) : 1;
}

export function applyMoves(states: ActiveStates, moves: readonly Move[]): ActiveStates {
  const next = { assets: states.assets.slice(), net: states.net, gross: states.gross };
  for (const move of moves) {
    if (move.kind === "net") next.net = move.to;
    else if (move.kind === "gross") next.gross = move.to;
    else next.assets[move.asset] = move.to;
  }
  return next;
}
