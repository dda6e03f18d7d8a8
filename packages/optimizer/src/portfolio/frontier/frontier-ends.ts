import { certify, isOptimal } from "../proof/certificate.ts";
import type { ReadSpec } from "../reading/read-spec.ts";
import type { PortfolioSolution } from "../solution.ts";
import { solutionOf } from "../solution-of.ts";
import { solvePortfolio } from "../solve-portfolio.ts";
import { type FrontierPoint, type FrontierSearch, rewardOf } from "./frontier-point.ts";
import { ordinaryT } from "./frontier-root.ts";
import { leastRiskOfMost } from "./least-risk-of-most.ts";
import { leastVariance } from "./least-variance.ts";
import { mostReward } from "./most-reward.ts";
import { capAnswer, capRoot } from "./solve-along-frontier.ts";

/** An end of the frontier: its point, or why there is none. */
export type FrontierEnd = { readonly point: FrontierPoint } | { readonly solution: PortfolioSolution };

/** The portfolio of least volatility, of several the one of most return; its objective is that, its gap one of variance. */
export function leastEnd(read: ReadSpec): PortfolioSolution {
  const { problem: least, solved } = leastVariance(read.problem);
  const best = read.problem.risk.isDefinite() ? solved : mostReward(read.problem, solved.portfolio.weights);
  const isBetter = isOptimal(solved.certificate) && isOptimal(best.certificate);
  const portfolio = isBetter ? { ...solved.portfolio, weights: best.portfolio.weights } : solved.portfolio;
  const reward = rewardOf(read.problem, portfolio.weights);
  return solutionOf(
    { ...read, problem: least, toObjective: () => reward, toGap: (gap) => gap },
    { ...solved, portfolio, certificate: certify(least, portfolio) },
  );
}

/** The least volatility at which the most is earned, or at which a cap on it holds. */
export function greatestEnd(read: ReadSpec): FrontierEnd {
  const { problem, method, aim } = read;
  const search: FrontierSearch = { problem, method };
  const best = solvePortfolio(problem, method);
  const solution = solutionOf(read, best);
  const isCapped = aim !== undefined && !(solution.volatility <= aim.volatilityMax);
  if (solution.status !== "optimal" && !(solution.status === "unbounded" && isCapped)) return { solution };
  if (isCapped) {
    const root = capRoot(search, aim.volatilityMax, { t: ordinaryT(search), settled: best.settled });
    return root.outcome === "met"
      ? { point: root.point }
      : { solution: capAnswer(read, root, aim.volatilityMax).solution };
  }
  const point = leastRiskOfMost(search, best);
  return point === undefined ? { solution } : { point };
}
