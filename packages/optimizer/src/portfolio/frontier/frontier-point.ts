import { withStates } from "../active-set/piece.ts";
import type { Settled } from "../active-set/settled.ts";
import type { PortfolioProblem } from "../problem/problem.ts";
import { isOptimal, objectiveAt } from "../proof/certificate.ts";
import { varianceOf } from "../risk/risk-model.ts";
import type { PortfolioMethod } from "../solution.ts";
import { type SolvedPortfolio, solvePortfolio } from "../solve-portfolio.ts";

/** A growth of reward over all of t below this part of the reward is what rounding leaves of none. */
const NO_GROWTH = 1e-14;

/**
 * The best utility at one price of risk γ = 1/t. R and V are the same for all portfolios that are best at this γ, and
 * both grow with t. Near the point, while the active set stays,
 *
 *     V = v₀ + growth · t²,     R = r₀ + growth · t
 *
 * exactly where costs are linear; where they are quadratic, to first order.
 */
export interface FrontierPoint extends PiecePoint {
  readonly problem: PortfolioProblem;
  readonly solved: SolvedPortfolio;
  readonly isOptimal: boolean;
}

/** A point of the line on which a piece lies. */
export interface PiecePoint {
  readonly t: number;
  /** R = μ'w − costs. */
  readonly reward: number;
  /** V = w'Σw. */
  readonly variance: number;
  readonly growth: number;
}

export interface FrontierSearch {
  /** The problem whose γ is looked for. */
  readonly problem: PortfolioProblem;
  readonly method: PortfolioMethod | "auto";
}

export function frontierPoint(
  { problem: base, method }: FrontierSearch,
  t: number,
  earlier: Settled | undefined,
): FrontierPoint {
  const problem = { ...base, gamma: 1 / t };
  const solved = withPiece(solvePortfolio(problem, method, earlier));
  const { weights } = solved.portfolio;
  const reward = rewardOf(base, weights);
  const variance = Math.max(0, varianceOf(base.risk, weights));
  const growth = solved.settled?.piece?.growth ?? Number.NaN;
  const isFlat = Math.abs(growth) * t <= NO_GROWTH * (Math.abs(reward) + variance / t);
  return {
    t,
    problem,
    solved,
    isOptimal: isOptimal(solved.certificate),
    reward,
    variance,
    growth: isFlat ? 0 : growth,
  };
}

function withPiece(solved: SolvedPortfolio): SolvedPortfolio {
  const { settled } = solved;
  if (settled === undefined || settled.piece !== undefined) return solved;
  const piece = withStates(settled, settled.states)?.piece;
  return piece === undefined ? solved : { ...solved, settled: { ...settled, piece } };
}

/** R = μ'w − costs. */
export function rewardOf(problem: PortfolioProblem, weights: Float64Array): number {
  const riskless = { ...problem, gamma: 0 };
  return -objectiveAt(riskless, weights, new Float64Array(problem.n)).objective;
}

/** The point's solution, whose proof falls short by `missed` of the units of R more. */
export function missing({ solved, reward, variance, t }: FrontierPoint, missed: number): SolvedPortfolio {
  const { certificate } = solved;
  const size = Math.abs(reward) + variance / t;
  return {
    ...solved,
    certificate: {
      ...certificate,
      gap: certificate.gap + missed,
      relativeGap: certificate.relativeGap + (missed > 0 ? missed / size : 0),
    },
  };
}
