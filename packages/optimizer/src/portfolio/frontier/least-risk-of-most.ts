import { applyMoves, contradictions } from "../active-set/contradictions.ts";
import { nextCorner } from "../active-set/next-corner.ts";
import { movedTo, type OnPiece, withGamma, withStates } from "../active-set/piece.ts";
import type { Settled } from "../active-set/settled.ts";
import { certify, isOptimal } from "../proof/certificate.ts";
import type { SolvedPortfolio } from "../solve-portfolio.ts";
import { atReward } from "./frontier-goals.ts";
import { type FrontierPoint, type FrontierSearch, frontierPoint, rewardOf } from "./frontier-point.ts";
import { frontierRoot, ordinaryT } from "./frontier-root.ts";

/** A reward nearer to the most than this, relative, is the most. */
const MOST = 1e-13;
/** A growth of reward over all of t below this part of the reward is none. */
const FLAT = 1e-16;
/** A piece shorter than this, relative, has no length. */
const SHORT = 1e-10;
const MOST_CORNERS = 32;
/** How much further down the frontier is looked for where the most is still earned. */
const REACH = 16;
const MOST_REACHES = 6;

/** Of the portfolios that earn as much as `most`, the most there is, the one of least risk; undefined without a proof. */
export function leastRiskOfMost(search: FrontierSearch, most: SolvedPortfolio): FrontierPoint | undefined {
  const reward = rewardOf(search.problem, most.portfolio.weights);
  return endOfVertex(search, most.settled, reward) ?? fromBelow(search, most.settled, reward);
}

/**
 * Where one portfolio alone earns the most it is best from some t on: there, at the upper end of the first piece on which
 * less is earned. Where limits depend on each other pieces above it change nothing but prices, or have no length. Undefined
 * where the states of the pieces do not hold.
 */
function endOfVertex(
  search: FrontierSearch,
  settled: Settled | undefined,
  reward: number,
): FrontierPoint | undefined {
  if (settled === undefined) return undefined;
  const size = Math.abs(reward);
  let at = withStates(withGamma(settled, 1 / ordinaryT(search)), settled.states);
  for (let corners = 0; at !== undefined && corners < MOST_CORNERS; corners++) {
    const t = 1 / at.problem.gamma;
    const corner = nextCorner(at, -1);
    if (corner === undefined || !(corner.t > 0)) return undefined;
    if (at.piece.growth * t > FLAT * size && corner.t < t * (1 - SHORT)) {
      if (corners === 0 || !holds(movedTo(at, 2 / (t + corner.t)))) return undefined;
      const point = frontierPoint(search, t, at);
      return point.isOptimal && point.reward >= reward - MOST * size ? point : undefined;
    }
    const end = movedTo(at, 1 / corner.t);
    if (!holds(end)) return undefined;
    at = withStates(end, applyMoves(end.states, [corner.move]));
  }
  return undefined;
}

/** Whether the portfolio contradicts none of its states. */
function holds({ units, unitKinks, states, portfolio }: OnPiece): boolean {
  return contradictions(units.problem, unitKinks, states, units.adopt(portfolio)).length === 0;
}

/** Up the frontier, from where less is earned. */
function fromBelow(
  search: FrontierSearch,
  settled: Settled | undefined,
  reward: number,
): FrontierPoint | undefined {
  const goal = atReward(reward, ({ solved }) => isOptimal(certify(search.problem, solved.portfolio)));
  let t = ordinaryT(search);
  let end: FrontierPoint | undefined;
  for (let reach = 0; reach < MOST_REACHES && (end === undefined || end.growth === 0); reach++) {
    const { point, outcome } = frontierRoot(search, goal, { t, settled });
    if (outcome === "unproven") return end;
    end = point;
    t /= REACH;
  }
  return end;
}
