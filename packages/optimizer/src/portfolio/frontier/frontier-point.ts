import { solveBordered } from "../active-set/bordered-solve.ts";
import type { Settled } from "../active-set/settled.ts";
import { borderOf, freeAssets, PROXIMAL } from "../active-set/state-equations.ts";
import type { PortfolioProblem } from "../problem/problem.ts";
import { objectiveAt } from "../proof/certificate.ts";
import { varianceOf } from "../risk/risk-model.ts";
import type { PortfolioMethod } from "../solution.ts";
import { isOptimal, type SolvedPortfolio, solvePortfolio } from "../solve-portfolio.ts";

/**
 * The best utility at one price of risk γ = 1/t. R and V are the same for all portfolios that are best at this γ, and
 * both grow with t. Near the point, while the active set stays,
 *
 *     V = v₀ + growth · t²,     R = r₀ + growth · t
 *
 * exactly where costs are linear; where they are quadratic, to first order.
 */
export interface FrontierPoint {
  readonly t: number;
  readonly problem: PortfolioProblem;
  readonly solved: SolvedPortfolio;
  readonly isOptimal: boolean;
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
  const solved = solvePortfolio(problem, method, earlier);
  const { weights } = solved.portfolio;
  return {
    t,
    problem,
    solved,
    isOptimal: isOptimal(solved.certificate),
    reward: rewardOf(base, weights),
    variance: Math.max(0, varianceOf(base.risk, weights)),
    growth: solved.settled === undefined ? Number.NaN : growthOf(solved.settled),
  };
}

/** R = μ'w − costs. */
export function rewardOf(problem: PortfolioProblem, weights: Float64Array): number {
  const riskless = { ...problem, gamma: 0 };
  return -objectiveAt(riskless, weights, new Float64Array(problem.n)).objective;
}

/**
 * w'Σb/t with b = dw/dt on the active set: from γ w'Σ + … the equations of the states divided by γ, differentiated,
 *
 *     [Σ_FF + tΘ  C] [b]   [(μ − p)_F + Θ(w0 − w)]
 *     [C'         0] [m] = [0                    ]
 */
function growthOf({ problem, kinks, states, portfolio }: Settled): number {
  const { n, mu, gamma, costs, current, risk } = problem;
  const { weights } = portfolio;
  const free = freeAssets(states);
  const f = free.length;
  if (f === 0) return 0;
  const r = new Float64Array(f);
  const shift = new Float64Array(f);
  const scale = risk.variances.reduce((most, value) => Math.max(most, value), 0);
  for (let a = 0; a < f; a++) {
    const i = free[a]!;
    const quadratic = costs.quadratic[i]!;
    r[a] = mu[i]! - kinks.cost(i, states.assets[i]! / 2) + quadratic * (current[i]! - weights[i]!);
    shift[a] = quadratic / gamma + (risk.isDefinite() ? 0 : PROXIMAL * scale);
  }
  const { columns, owners } = borderOf(problem, kinks, states, free, weights);
  const none = new Float64Array(owners.length);
  const direction = risk.withBlock(free, 1, shift, (block) => {
    return solveBordered({ block, columns, count: owners.length }, r, none, none).w;
  });
  if (direction === undefined) return Number.NaN;
  const image = new Float64Array(n);
  risk.addProduct(weights, image);
  let sum = 0;
  for (let a = 0; a < f; a++) sum += image[free[a]!]! * direction[a]!;
  return sum * gamma;
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
