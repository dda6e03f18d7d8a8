import type { PortfolioProblem, PricedPortfolio } from "../problem/problem.ts";
import type { ActiveStates } from "./active-states.ts";
import { applyMoves, contradictions, type Move } from "./contradictions.ts";
import type { Kinks } from "./kinks.ts";
import { proximalOf, solveStates } from "./state-equations.ts";

/** Where a portfolio is after the equations of its active set were solved. */
export interface ActiveSetResult {
  readonly portfolio: PricedPortfolio;
  readonly states: ActiveStates;
  readonly steps: number;
  /** The states confirmed themselves. */
  readonly settled: boolean;
}

export interface NewtonOptions {
  readonly mostSteps: number;
  /** Steps in a row that may leave as many contradictions as there were, before it gives up. */
  readonly patience?: number;
  /** The weight, against the largest curvature, of staying where one was. */
  readonly proximal?: number;
  /** The slope with which the proximal term may still pull at the end. */
  readonly pull?: number;
  /** Where to begin meets the equations of its states already. */
  readonly isSolved?: boolean;
}

const PROXIMAL_ROUNDS = 12;
const PULL = 1e-14;
const STEPS_WITHOUT_PROGRESS = 2;

/**
 * Solves for the portfolio whose active set is given, moves every state that the solution contradicts, and repeats
 * until none is: a semismooth Newton method on the kinked problem. States that move together may overshoot and move back
 * together; where the contradictions do not become fewer, only half of them move, another half each time. It may fail to
 * settle; then `settled` is false.
 */
export function solveByNewton(
  problem: PortfolioProblem,
  kinks: Kinks,
  start: ActiveStates,
  from: PricedPortfolio,
  {
    mostSteps,
    patience = Number.POSITIVE_INFINITY,
    proximal = proximalOf(problem),
    pull = PULL,
    isSolved = false,
  }: NewtonOptions,
): ActiveSetResult {
  let states = start;
  let portfolio = from;
  let fewest = Number.POSITIVE_INFINITY;
  let sinceFewest = 0;
  let rounds = 0;
  for (let step = isSolved ? 0 : 1; step <= mostSteps; step++) {
    const solved = step === 0 ? portfolio : solveStates(problem, kinks, states, portfolio, proximal);
    if (solved === undefined) return { portfolio, states, steps: step, settled: false };
    const moves = contradictions(problem, kinks, states, solved);
    const moved = furthest(solved.weights, portfolio.weights);
    portfolio = solved;
    if (moves.length === 0) {
      if (moved * proximal <= pull || ++rounds > PROXIMAL_ROUNDS) {
        return { portfolio, states, steps: step, settled: true };
      }
      continue;
    }
    if (moves.length < fewest) {
      fewest = moves.length;
      sinceFewest = 0;
    } else if (++sinceFewest >= patience) return { portfolio, states, steps: step, settled: false };
    states = applyMoves(states, sinceFewest < STEPS_WITHOUT_PROGRESS ? moves : halfOf(moves, step));
  }
  return { portfolio, states, steps: mostSteps, settled: false };
}

/** The first move, and about every other: which, is decided by the state's number and the step. */
function halfOf(moves: readonly Move[], step: number): Move[] {
  return moves.filter(({ kind, index }, k) => {
    const number = kind === "assets" ? index + 1 : -1 - index;
    return k === 0 || (Math.imul(number, 0x9e3779b1) ^ Math.imul(step, 0x85ebca6b)) >= 0;
  });
}

function furthest(v: Float64Array, w: Float64Array): number {
  let most = 0;
  for (let i = 0; i < v.length; i++) most = Math.max(most, Math.abs(v[i]! - w[i]!));
  return most;
}
