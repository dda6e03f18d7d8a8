import { largest } from "../vectors.ts";
import type { ActiveStates } from "./active-states.ts";
import type { Kinks } from "./kinks.ts";
import { applyMoves, contradictions } from "./moves.ts";
import type { PortfolioProblem, PricedPortfolio } from "./problem.ts";
import { PROXIMAL, solveStates } from "./state-equations.ts";

/** Where a portfolio is after the equations of its active set were solved. */
export interface ActiveSetResult {
  readonly portfolio: PricedPortfolio;
  readonly steps: number;
  /** The states confirmed themselves. */
  readonly settled: boolean;
  /** Where the portfolio was still going, when nothing was in its way. */
  readonly ray?: Float64Array;
}

const PROXIMAL_ROUNDS = 12;
const PROXIMAL_DONE = 1e-17;
const MOST_STEPS = 60;
const STEPS_WITHOUT_PROGRESS = 6;

/**
 * Solves for the portfolio whose active set is given, moves every state that the solution contradicts, and repeats
 * until none is: a semismooth Newton method on the kinked problem. It may fail to settle; then `settled` is false.
 */
export function solveByNewton(
  problem: PortfolioProblem,
  kinks: Kinks,
  start: ActiveStates,
  from: PricedPortfolio,
): ActiveSetResult {
  let states = start;
  let portfolio = from;
  let fewest = Number.POSITIVE_INFINITY;
  let sinceFewest = 0;
  let rounds = 0;
  for (let step = 1; step <= MOST_STEPS; step++) {
    const solved = solveStates(problem, kinks, states, portfolio);
    if (solved === undefined) return { portfolio, steps: step, settled: false };
    const moves = contradictions(problem, kinks, states, solved);
    if (moves.length === 0) {
      const moved = largest(solved.weights.map((w, i) => w - portfolio.weights[i]!));
      portfolio = solved;
      if (moved * PROXIMAL <= PROXIMAL_DONE || ++rounds > PROXIMAL_ROUNDS) {
        return { portfolio, steps: step, settled: true };
      }
      continue;
    }
    portfolio = solved;
    if (moves.length < fewest) {
      fewest = moves.length;
      sinceFewest = 0;
    } else sinceFewest++;
    states = applyMoves(states, sinceFewest < STEPS_WITHOUT_PROGRESS ? moves : moves.slice(0, 1));
  }
  return { portfolio, steps: MOST_STEPS, settled: false };
}
