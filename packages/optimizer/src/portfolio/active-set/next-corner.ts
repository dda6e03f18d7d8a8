import { largest } from "../../vectors.ts";
import { limitUse } from "../problem/limit-use.ts";
import { pressureRates } from "../problem/pressure-rates.ts";
import { pressures } from "../problem/problem.ts";
import { riskProduct } from "../problem/slopes.ts";
import type { Move } from "./contradictions.ts";
import type { OnPiece } from "./piece.ts";

/** Where a piece ends, and the one state that changes there. */
export interface Corner {
  readonly t: number;
  readonly move: Move;
}

/** Of a margin that must stay positive: where it stands, its rate, the size of what the rate is summed from, and the state that changes where it ends. */
type Keep = (margin: number, rate: number, scale: number, move: Move) => void;

/** A rate below this part of what it is summed from is what rounding leaves of none. */
const STANDS = 1e-12;

/**
 * The end of the piece towards smaller t, or larger: where the first of its states stops to hold. Weights, the use of the
 * limits, and prices and slopes times t are straight in t. Undefined where nothing ends the piece.
 */
export function nextCorner(at: OnPiece, toward: 1 | -1): Corner | undefined {
  const t = 1 / at.problem.gamma;
  let nearest: Corner | undefined;
  const keep: Keep = (margin, rate, scale, move) => {
    if (!(toward * rate < -STANDS * scale)) return;
    const end = t - margin / rate;
    if (nearest === undefined || toward * end < toward * nearest.t) nearest = { t: end, move };
  };
  keepRows(at, keep);
  keepSizes(at, keep);
  keepWeights(at, keep);
  keepPulls(at, keep);
  return nearest;
}

/** How fast weights move: no slower than what rounding leaves of them could. */
function rateOfWeights({ problem, portfolio, piece }: OnPiece): number {
  return largest(piece.rates.weights) + largest(portfolio.weights) * problem.gamma;
}

/** A row that is held keeps the sign of its price; one that is not stays between its ends. */
function keepRows(at: OnPiece, keep: Keep): void {
  const {
    problem,
    states,
    portfolio,
    piece: { rates },
  } = at;
  const { n, gamma, rows } = problem;
  const fastest = rateOfWeights(at);
  const use = limitUse(problem, portfolio.weights);
  rows.forEach(({ loadings, min, max }, index) => {
    if (min === max) return;
    const state = states.rows[index]!;
    if (state !== 0) {
      const rate = state * rates.prices.rows[index]!;
      keep((state * portfolio.prices.rows[index]!) / gamma, rate, 0, { kind: "rows", index, to: 0 });
      return;
    }
    let rate = 0;
    let scale = 0;
    for (let i = 0; i < n; i++) {
      rate += loadings[i]! * rates.weights[i]!;
      scale += Math.abs(loadings[i]!) * fastest;
    }
    if (Number.isFinite(max)) keep(max - use.rows[index]!, -rate, scale, { kind: "rows", index, to: 1 });
    if (Number.isFinite(min)) keep(use.rows[index]! - min, rate, scale, { kind: "rows", index, to: -1 });
  });
}

/** A size that is held has a price; one that is not stays below its max. */
function keepSizes(at: OnPiece, keep: Keep): void {
  const {
    problem,
    kinks,
    states,
    portfolio,
    piece: { rates },
  } = at;
  const { n, gamma, sizes } = problem;
  const fastest = rateOfWeights(at);
  const use = limitUse(problem, portfolio.weights);
  sizes.forEach(({ of, members, max }, index) => {
    if (states.sizes[index] === 1) {
      const rate = rates.prices.sizes[index]!;
      keep(portfolio.prices.sizes[index]! / gamma, rate, 0, { kind: "sizes", index, to: 0 });
      return;
    }
    let rate = 0;
    let scale = 0;
    for (let i = 0; i < n; i++) {
      if (members[i] === 0 || states.assets[i]! % 2 === 1) continue;
      const j = states.assets[i]! / 2;
      const change = rates.weights[i]!;
      rate += change * (of === "weights" ? kinks.weightSign(i, j) : kinks.tradeSign(i, j));
      scale += fastest;
    }
    keep(max - use.sizes[index]!, -rate, scale, { kind: "sizes", index, to: 1 });
  });
}

/** An asset in a segment stays there; at an end without a kink now it goes on into the next. */
function keepWeights(at: OnPiece, keep: Keep): void {
  const {
    problem,
    kinks,
    states,
    portfolio,
    piece: { rates },
  } = at;
  const { onWeights, onTrades } = pressures(problem, portfolio.prices);
  const fastest = rateOfWeights(at);
  for (let index = 0; index < problem.n; index++) {
    const state = states.assets[index]!;
    if (state % 2 === 1) continue;
    const w = portfolio.weights[index]!;
    const rate = rates.weights[index]!;
    const slope = (j: number): number => kinks.slope(index, j, onWeights[index]!, onTrades[index]!);
    const j = state / 2;
    const lower = kinks.segmentLower(index, j);
    const upper = kinks.segmentUpper(index, j);
    if (Number.isFinite(lower)) {
      const to = slope(j - 1) !== slope(j) ? state - 1 : state - 2;
      keep(w - lower, rate, fastest, { kind: "assets", index, to });
    }
    if (Number.isFinite(upper)) {
      const to = slope(j) !== slope(j + 1) ? state + 1 : state + 2;
      keep(upper - w, -rate, fastest, { kind: "assets", index, to });
    }
  }
}

/** An asset at a breakpoint stays there while its pull is between the slopes of the two sides. */
function keepPulls({ problem, kinks, states, portfolio, piece: { rates } }: OnPiece, keep: Keep): void {
  const { n, gamma, mu, rows } = problem;
  const risk = { ...problem, gamma: 1 };
  const slopes = riskProduct(risk, portfolio.weights);
  const changes = riskProduct(risk, rates.weights);
  rows.forEach(({ loadings }, r) => {
    const price = portfolio.prices.rows[r]! / gamma;
    const rate = rates.prices.rows[r]!;
    if (price === 0 && rate === 0) return;
    for (let i = 0; i < n; i++) {
      slopes[i]! += price * loadings[i]!;
      changes[i]! += rate * loadings[i]!;
    }
  });
  const here = pressureRates(problem, portfolio.prices.sizes);
  const moving = pressureRates(problem, rates.prices.sizes);
  const steepest = Math.max(largest(mu), largest(moving.onWeights), largest(moving.onTrades));
  for (let index = 0; index < n; index++) {
    const state = states.assets[index]!;
    if (state % 2 === 0) continue;
    for (const side of [-1, 1] as const) {
      const j = (state + side) / 2;
      if (!kinks.isOpen(index, j)) continue;
      const onWeight = kinks.weightSign(index, j);
      const onTrade = kinks.tradeSign(index, j);
      const gain = mu[index]! - kinks.cost(index, j);
      const pressure = onWeight * here.onWeights[index]! + onTrade * here.onTrades[index]!;
      const change = onWeight * moving.onWeights[index]! + onTrade * moving.onTrades[index]!;
      const margin = (pressure - gain) / gamma + slopes[index]!;
      const rate = change - gain + changes[index]!;
      keep(side * margin, side * rate, steepest, { kind: "assets", index, to: state + side });
    }
  }
}
