import { multiple, quotient } from "../../vectors.ts";
import type { PortfolioProblem, PricedPortfolio } from "../problem/problem.ts";
import type { UnitProblem } from "../problem/units.ts";
import type { RiskBlock } from "../risk/risk-model.ts";
import type { ActiveStates } from "./active-states.ts";
import { solveBordered } from "./bordered-solve.ts";
import type { Kinks } from "./kinks.ts";
import type { Settled } from "./settled.ts";
import { portfolioOf, pricesAsked, proximalOf, stateEquations } from "./state-equations.ts";

/**
 * Where the best portfolio goes as γ = 1/t falls and its active set stays: weights, and prices ÷ γ, move on straight
 * lines in t, exactly where costs are linear; where they are quadratic, to first order.
 */
export interface Piece {
  /** dw/dt, and d(t · price)/dt. */
  readonly rates: PricedPortfolio;
  /** dR/dt of R = μ'w − costs. */
  readonly growth: number;
}

/** An active set, which holds or not, with the piece that it makes. */
export type OnPiece = Settled & { readonly piece: Piece };

/** The same γ and other states: their portfolio and piece; undefined where the free assets' block has no factor. */
export function withStates(at: Settled, states: ActiveStates): OnPiece | undefined {
  const solved = solveWithPiece(at.units, at.unitKinks, states, at.portfolio);
  return solved && { ...at, ...solved, states };
}

/** The same at another γ, but for the portfolio. */
export function withGamma(at: Settled, gamma: number): Settled {
  const { problem, weight, slope } = at.units;
  const units = { ...at.units, problem: { ...problem, gamma: (gamma * weight) / slope } };
  return { ...at, problem: { ...at.problem, gamma }, units };
}

/** The same states at another γ, on the line of their piece. */
export function movedTo(at: OnPiece, gamma: number): OnPiece {
  const portfolio = movedAlong(at.portfolio, at.piece, { from: at.problem.gamma, to: gamma });
  return { ...withGamma(at, gamma), piece: at.piece, portfolio };
}

/** The same states' portfolio at another γ, where nothing else has changed and the piece is known and straight. */
export function alongPiece(earlier: Settled, problem: PortfolioProblem): PricedPortfolio | undefined {
  const { piece, portfolio } = earlier;
  if (piece === undefined || !(problem.gamma > 0 && isStraightFrom(earlier, problem))) return undefined;
  return movedAlong(portfolio, piece, { from: earlier.problem.gamma, to: problem.gamma });
}

/** Whether the best portfolios move on straight lines from an earlier one: nothing but γ is another, and costs are linear. */
export function isStraightFrom({ problem: earlier }: Settled, problem: PortfolioProblem): boolean {
  for (const part of ["risk", "mu", "current", "costs", "lower", "upper", "rows", "sizes"] as const) {
    if (earlier[part] !== problem[part]) return false;
  }
  return problem.costs.quadratic.every((rate) => rate === 0);
}

/**
 * The portfolio that meets the equations of its states, and from the equations divided by γ, differentiated,
 *
 *     [Σ_FF + tΘ  C] [dw ]   [(μ − p)_F + Θ(w0 − w)]
 *     [C'         0] [dtm] = [0                    ]
 *
 * with the same factor.
 */
function solveWithPiece(
  { problem, weight, slope, adopt, restore }: UnitProblem,
  kinks: Kinks,
  states: ActiveStates,
  near: PricedPortfolio,
): { portfolio: PricedPortfolio; piece: Piece } | undefined {
  const { n, mu, gamma, costs, current, risk } = problem;
  const previous = adopt(near);
  const equations = stateEquations(problem, kinks, states, previous, proximalOf(problem));
  const { free, shift, delta, r, border } = equations;
  const count = border.owners.length;
  const none = new Float64Array(count);
  return risk.withBlock(free, gamma, shift, (block) => {
    const system = { block, columns: border.columns, count };
    const at = solveBordered(system, r, border.limits, pricesAsked(border, previous.prices));
    const gains = Float64Array.from(free, (i, a) => {
      const toCurrent = costs.quadratic[i]! * (current[i]! - at.w[a]!);
      return gamma * (mu[i]! - kinks.cost(i, states.assets[i]! / 2) + toCurrent);
    });
    // prices that the states leave open stay what they are
    const start = multiple(at.m, gamma);
    const { w, m } = solveBordered({ ...system, block: lighter(block, delta) }, gains, none, start);
    let growth = 0;
    for (let a = 0; a < w.length; a++) growth += gains[a]! * w[a]!;
    const rates = restore(portfolioOf(problem, { ...equations, held: new Float64Array(n) }, { w, m }));
    return {
      portfolio: restore(portfolioOf(problem, equations, at)),
      piece: {
        rates: {
          weights: multiple(rates.weights, slope / weight),
          prices: { rows: quotient(rates.prices.rows, gamma), sizes: quotient(rates.prices.sizes, gamma) },
        },
        growth: (growth / gamma) * slope * slope,
      },
    };
  });
}

function movedAlong(
  { weights, prices }: PricedPortfolio,
  { rates }: Piece,
  { from, to }: { readonly from: number; readonly to: number },
): PricedPortfolio {
  const step = 1 / to - 1 / from;
  const priced = (before: Float64Array, change: Float64Array): Float64Array =>
    before.map((price, k) => (price / from + step * change[k]!) * to);
  return {
    weights: weights.map((w, i) => w + step * rates.weights[i]!),
    prices: {
      rows: priced(prices.rows, rates.prices.rows),
      sizes: priced(prices.sizes, rates.prices.sizes),
    },
  };
}

/** The block without what holds the weights where they were, which refinement takes out again. */
function lighter(block: RiskBlock, delta: number): RiskBlock {
  return {
    solve: (B, columns) => block.solve(B, columns),
    addProduct: (v, out) => {
      block.addProduct(v, out);
      for (let a = 0; a < v.length; a++) out[a]! -= delta * v[a]!;
    },
  };
}
