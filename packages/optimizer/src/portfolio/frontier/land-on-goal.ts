import { applyMoves, contradictions } from "../active-set/contradictions.ts";
import { nextCorner } from "../active-set/next-corner.ts";
import { isStraightFrom, movedTo, type OnPiece, withStates } from "../active-set/piece.ts";
import type { Settled } from "../active-set/settled.ts";
import { freeAssets } from "../active-set/state-equations.ts";
import { varianceOf } from "../risk/risk-model.ts";
import { type FrontierSearch, rewardOf } from "./frontier-point.ts";
import type { FrontierGoal } from "./frontier-root.ts";

/** Within this factor of t a goal is near. */
const NEAR = 2;
const MOST_STEPS = 12;
/** Steps that may leave as many contradictions as there were. */
const STEPS_WITHOUT_PROGRESS = 2;
/** Corners that are passed one by one, and free assets with which the next is found at once. */
const MOST_CORNERS = 64;
const FEW = 64;

/** Where a goal was met, and after how many solves. */
export interface Landing {
  readonly at: OnPiece;
  readonly solves: number;
}

/**
 * Where the goal is met on straight pieces, from one on: while it is far, from corner to corner; near by Newton's steps.
 * Undefined where that does not lead there.
 */
export function landOnGoal(
  { problem }: FrontierSearch,
  goal: FrontierGoal,
  from: Settled,
  bracket: Bracket,
  toward: 1 | -1,
): Landing | undefined {
  const { piece } = from;
  if (piece === undefined || !isStraightFrom(from, problem)) return undefined;
  let at: OnPiece | undefined = { ...from, piece };
  for (let corners = 0; at !== undefined && corners <= MOST_CORNERS; corners++) {
    const t = aimFrom(goal, at);
    const here = 1 / at.problem.gamma;
    if (t > here / NEAR && t < here * NEAR) return byNewton(goal, at, bracket, corners);
    if (freeAssets(at.states).length > FEW) return undefined;
    at = pastCorner(at, toward);
  }
  return undefined;
}

interface Bracket {
  readonly least: number;
  readonly greatest: number;
}

/** The piece beyond the next corner, at which one state changes. */
function pastCorner(at: OnPiece, toward: 1 | -1): OnPiece | undefined {
  const corner = nextCorner(at, toward);
  if (corner === undefined || !(corner.t > 0)) return undefined;
  return withStates(movedTo(at, 1 / corner.t), applyMoves(at.states, [corner.move]));
}

/**
 * t and the active set together: on the line of the active set t is where the goal would be met, and the portfolio there
 * says what it contradicts.
 */
function byNewton(
  goal: FrontierGoal,
  from: OnPiece,
  { least, greatest }: Bracket,
  before: number,
): Landing | undefined {
  let at = from;
  let fewest = Number.POSITIVE_INFINITY;
  let sinceFewest = 0;
  for (let solves = before; solves < before + MOST_STEPS; solves++) {
    const t = aimFrom(goal, at);
    if (!(t > least && t < greatest)) return undefined;
    at = movedTo(at, 1 / t);
    const { units, unitKinks, states, portfolio } = at;
    const moves = contradictions(units.problem, unitKinks, states, units.adopt(portfolio));
    if (moves.length === 0) return { at, solves };
    if (moves.length < fewest) {
      fewest = moves.length;
      sinceFewest = 0;
    } else if (++sinceFewest > STEPS_WITHOUT_PROGRESS) return undefined;
    const next = withStates(at, applyMoves(states, moves));
    if (next === undefined) return undefined;
    at = next;
  }
  return undefined;
}

/** The t at which the goal is met on the line of the piece. */
function aimFrom(goal: FrontierGoal, { problem, portfolio, piece }: OnPiece): number {
  const { weights } = portfolio;
  return goal.aim({
    t: 1 / problem.gamma,
    reward: rewardOf(problem, weights),
    growth: piece.growth,
    get variance() {
      return varianceOf(problem.risk, weights);
    },
  });
}
