import { certify } from "../proof/certificate.ts";
import { isOptimal, type SolvedPortfolio } from "../solve-portfolio.ts";
import { atReward } from "./frontier-goals.ts";
import { type FrontierPoint, type FrontierSearch, rewardOf } from "./frontier-point.ts";
import { frontierRoot, ordinaryT } from "./frontier-root.ts";

/** Of the portfolios that earn as much as `most`, the most there is, the one of least risk; undefined without a proof. */
export function leastRiskOfMost(search: FrontierSearch, most: SolvedPortfolio): FrontierPoint | undefined {
  const { problem } = search;
  const reward = rewardOf(problem, most.portfolio.weights);
  const goal = atReward(reward, ({ solved }) => isOptimal(certify(problem, solved.portfolio)));
  const { point, outcome } = frontierRoot(search, goal, { t: ordinaryT(search), settled: most.settled });
  return outcome === "unproven" ? undefined : point;
}
