import { quadraticForm } from "@astra-quant/core-linalg";
import { dot, largest } from "../vectors.ts";
import type { ActiveStates } from "./active-states.ts";
import type { FeasibleStart } from "./feasible-start.ts";
import type { Kinks } from "./kinks.ts";
import { applyMoves, contradictions, type Move } from "./moves.ts";
import type { ActiveSetResult } from "./newton-active-set.ts";
import type { PortfolioProblem, PricedPortfolio } from "./problem.ts";
import { curvatureScale, PROXIMAL, solveStates } from "./state-equations.ts";

const STEPS_BASE = 60;
const STEPS_AN_ASSET = 20;
const PROXIMAL_ROUNDS = 12;
/** After so many full steps on one active set only flat directions are left in the step. */
const ROUNDS_TO_CLEAN = 2;
/** A step of more units than this has a flat direction in it, and is followed to its end before anything is let go. */
const FAR = 1e3;
const PROXIMAL_DONE = 1e-17;
/** Changes of a weight below this, or below this part of the largest, are what the solve rounds. */
const NO_MOVE = 1e-13;
/** A direction of less curvature than this, against the largest, is flat. */
const FLAT = 1e-13;
/** A step shorter than this says nothing of the slope along it. */
const TOO_SHORT_TO_EXTEND = 1e-4;

/**
 * From a feasible portfolio, never leaving the limits and never losing: go towards the solution of the active set as
 * far as the first limit in the way, take that limit in; where nothing is in the way, let go of the one limit whose
 * multiplier most wants it. Slower than the Newton method, and safe. A gain that nothing ends comes back as a `ray`.
 */
export function solveByDescent(
  problem: PortfolioProblem,
  kinks: Kinks,
  start: FeasibleStart,
): ActiveSetResult {
  let states = start.states;
  let portfolio: PricedPortfolio = { weights: start.weights, lambda: 0, eta: 0 };
  const mostSteps = STEPS_BASE + STEPS_AN_ASSET * problem.n;
  let rounds = 0;
  let standing = 0;
  for (let step = 1; step <= mostSteps; step++) {
    const target = solveStates(problem, kinks, states, portfolio);
    if (target === undefined) return { portfolio, steps: step, settled: false };
    const direction = target.weights.map((w, i) => w - portfolio.weights[i]!);
    const most = rounds < ROUNDS_TO_CLEAN ? 1 : bestLength(problem, direction);
    const { length, block } = longestStep(problem, kinks, states, portfolio.weights, direction, most);
    if (length === Number.POSITIVE_INFINITY)
      return { portfolio, steps: step, settled: false, ray: direction };
    const moved = largest(direction) * length;
    standing = moved > NO_MOVE ? 0 : standing + 1;
    const weights =
      length === 1 ? target.weights : portfolio.weights.map((w, i) => w + length * direction[i]!);
    portfolio = { ...target, weights };
    if (block !== undefined) {
      states = applyMoves(states, [block]);
      if (block.kind === "asset") weights[block.asset] = kinks.point(block.asset, (block.to - 1) / 2);
      rounds = 0;
      continue;
    }
    rounds++;
    if (moved > FAR) continue;
    const releases = contradictions(problem, kinks, states, portfolio).filter((move) =>
      isRelease(states, move),
    );
    if (releases.length > 0) {
      states = applyMoves(states, [choose(releases, standing > problem.n)]);
      rounds = 0;
      continue;
    }
    if (moved * PROXIMAL <= PROXIMAL_DONE || rounds > PROXIMAL_ROUNDS) {
      return { portfolio, steps: step, settled: true };
    }
  }
  return { portfolio, steps: mostSteps, settled: false };
}

/**
 * The length at which f is least along a step that was solved with the proximal term. The step itself has length 1;
 * where Σ has next to no curvature the best length is far longer, and infinite where it has none.
 */
function bestLength(problem: PortfolioProblem, direction: Float64Array): number {
  if (largest(direction) < TOO_SHORT_TO_EXTEND) return 1;
  const scale = curvatureScale(problem);
  const squares = dot(direction, direction);
  const curvature = problem.gamma * quadraticForm(problem.sigma, direction);
  if (curvature <= FLAT * scale * squares) return Number.POSITIVE_INFINITY;
  return 1 + (PROXIMAL * scale * squares) / curvature;
}

/** How many times the direction is free, at most `most`, and what is in the way. */
function longestStep(
  { n, gross, netMin, netMax }: PortfolioProblem,
  kinks: Kinks,
  states: ActiveStates,
  from: Float64Array,
  direction: Float64Array,
  most: number,
): { length: number; block: Move | undefined } {
  let length = most;
  let block: Move | undefined;
  const consider = (room: number, speed: number, move: Move): void => {
    const free = Math.max(0, room) / speed;
    if (!(free < length)) return;
    length = free;
    block = move;
  };
  const noMove = NO_MOVE * Math.max(1, largest(direction));
  let net = 0;
  let used = 0;
  let netSpeed = 0;
  let usedSpeed = 0;
  for (let i = 0; i < n; i++) {
    const w = from[i]!;
    net += w;
    used += Math.abs(w);
    const state = states.assets[i]!;
    if (state % 2 === 1) continue;
    const segment = state / 2;
    const speed = direction[i]!;
    netSpeed += speed;
    usedSpeed += speed * kinks.sign(i, segment);
    if (speed > noMove) {
      consider(kinks.segmentUpper(i, segment) - w, speed, {
        kind: "asset",
        asset: i,
        to: 2 * segment + 1,
        urgency: 0,
      });
    } else if (speed < -noMove) {
      consider(w - kinks.segmentLower(i, segment), -speed, {
        kind: "asset",
        asset: i,
        to: 2 * segment - 1,
        urgency: 0,
      });
    }
  }
  if (states.net === 0 && netSpeed > noMove)
    consider(netMax - net, netSpeed, { kind: "net", to: 1, urgency: 0 });
  if (states.net === 0 && netSpeed < -noMove)
    consider(net - netMin, -netSpeed, { kind: "net", to: -1, urgency: 0 });
  if (!states.gross && usedSpeed > noMove)
    consider(gross - used, usedSpeed, { kind: "gross", to: true, urgency: 0 });
  return { length, block };
}

/** A move that lets go of something held, not one that a step beyond a limit would ask for. */
function isRelease(states: ActiveStates, move: Move): boolean {
  if (move.kind === "net") return move.to === 0;
  if (move.kind === "gross") return !move.to;
  return states.assets[move.asset]! % 2 === 1;
}

/** The move that gains most; the first by index while the portfolio stands still, so that nothing is tried in circles. */
function choose(moves: readonly Move[], standing: boolean): Move {
  if (standing) return moves[moves.length - 1]!;
  return moves.reduce((best, move) => (move.urgency > best.urgency ? move : best));
}
