import { applyMoves } from "../active-set/contradictions.ts";
import { nextCorner } from "../active-set/next-corner.ts";
import { movedTo, withGamma, withStates } from "../active-set/piece.ts";
import { certify } from "../proof/certificate.ts";
import { isOptimal, type SolvedPortfolio } from "../solve-portfolio.ts";
import { atReward } from "./frontier-goals.ts";
import { type FrontierPoint, type FrontierSearch, frontierPoint, rewardOf } from "./frontier-point.ts";
import { frontierRoot, ordinaryT } from "./frontier-root.ts";

/** A reward nearer to the most than this, relative, is the most. */
const MOST = 1e-13;
/** A piece shorter than this, relative, has no length. */
const SHORT = 1e-10;
const MOST_CORNERS = 32;

/** Of the portfolios that earn as much as `most`, the most there is, the one of least risk; undefined without a proof. */
export function leastRiskOfMost(search: FrontierSearch, most: SolvedPortfolio): FrontierPoint | undefined {
  const { problem } = search;
  const reward = rewardOf(problem, most.portfolio.weights);
  const vertex = endOfVertex(search, most);
  if (vertex?.isOptimal && vertex.reward >= reward - MOST * Math.abs(reward)) return vertex;
  const goal = atReward(reward, ({ solved }) => isOptimal(certify(problem, solved.portfolio)));
  const { point, outcome } = frontierRoot(search, goal, { t: ordinaryT(search), settled: most.settled });
  return outcome === "unproven" ? undefined : point;
}

/**
 * Where one portfolio alone earns the most it is best from some t on: there, at the upper end of the first piece on which
 * there is less to earn. Where limits depend on each other pieces above it change nothing but prices, or have no length.
 */
function endOfVertex(search: FrontierSearch, { settled }: SolvedPortfolio): FrontierPoint | undefined {
  if (settled === undefined) return undefined;
  let at = withStates(withGamma(settled, 1 / ordinaryT(search)), settled.states);
  for (let corners = 0; at !== undefined && corners < MOST_CORNERS; corners++) {
    const t = 1 / at.problem.gamma;
    const corner = nextCorner(at, -1);
    const reward = rewardOf(search.problem, at.portfolio.weights);
    const isRising = corners > 0 && at.piece.growth * t > MOST * Math.abs(reward);
    if (isRising && !(corner !== undefined && corner.t > t * (1 - SHORT)))
      return frontierPoint(search, t, at);
    if (corner === undefined || !(corner.t > 0)) return undefined;
    at = withStates(movedTo(at, 1 / corner.t), applyMoves(at.states, [corner.move]));
  }
  return undefined;
}
