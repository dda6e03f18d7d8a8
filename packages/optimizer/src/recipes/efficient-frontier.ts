import { requireInteger, requireKnownOptions } from "@astra-quant/core-linalg/guards";
import { greatestEnd, leastEnd } from "../portfolio/frontier/frontier-ends.ts";
import { atReward } from "../portfolio/frontier/frontier-goals.ts";
import type { FrontierPoint, FrontierSearch } from "../portfolio/frontier/frontier-point.ts";
import { frontierRoot, STRIDE } from "../portfolio/frontier/frontier-root.ts";
import { type ReadSpec, readSpec } from "../portfolio/reading/read-spec.ts";
import type { PortfolioSolution } from "../portfolio/solution.ts";
import { solutionOf } from "../portfolio/solution-of.ts";
import type { PortfolioSpec } from "../portfolio/spec.ts";

export interface EfficientFrontierOptions {
  /**
   * How many portfolios, at least 2.
   * @defaultValue 50
   */
  readonly points?: number;
}

/** Returns this near to each other, relative, are one. */
const NO_SPAN = 1e-12;

/** A portfolio of the frontier. `objective` is its return after costs, and the shadow prices are in return. */
export interface FrontierPortfolio extends PortfolioSolution {
  /** The risk aversion of the utility that it maximizes; ∞ for the first, the last: the largest at which the most is earned. */
  readonly riskAversion: number;
}

export interface EfficientFrontier {
  /** "optimal" when every portfolio is; else why there is no frontier, as {@link PortfolioSolution} says it. */
  readonly status: PortfolioSolution["status"];
  /** From the least volatility to the most return after costs, evenly spaced in that return. */
  readonly portfolios: readonly FrontierPortfolio[];
  /** Why there is no frontier. */
  readonly message?: string;
}

/**
 * The portfolios of the most return for their volatility, from the least volatility within the limits to the most return
 * after costs. On a piece of the frontier weights are linear in 1 ÷ riskAversion; each portfolio is found by jumping
 * along the pieces and solved there, exactly.
 *
 * The first portfolio's certified gap is one of variance. Where all the limits allow is one return there is one portfolio.
 * Fully invested (net of 1) unless `constraints.net` says otherwise. Returns must end somewhere: give limits that end them.
 *
 * @throws QuantError as {@link optimizePortfolio} does, and for `points` that is no integer of at least 2.
 */
export function efficientFrontier(
  spec: Omit<PortfolioSpec, "objective">,
  options: EfficientFrontierOptions = {},
): EfficientFrontier {
  requireKnownOptions(options, ["points"]);
  const points = requireInteger("points", options.points ?? 50, 2);
  const read = readSpec({
    ...spec,
    constraints: { net: { equal: 1 }, ...spec.constraints },
    objective: { maximize: "return" },
  });
  const first = leastEnd(read);
  if (first.status !== "optimal") return without(first);
  const end = greatestEnd(read);
  if ("solution" in end) return without(end.solution);
  const { point: last } = end;
  const span = last.reward - first.objective;
  const least: FrontierPortfolio = { ...first, riskAversion: Number.POSITIVE_INFINITY };
  if (!(span > NO_SPAN * Math.abs(last.reward))) return { status: "optimal", portfolios: [least] };
  const search: FrontierSearch = { problem: read.problem, method: read.method };
  const portfolios = [portfolioAt(read, last)];
  let from = last;
  for (let k = points - 2; k > 0; k--) {
    from = pointOfReward(search, from, first.objective + (span * k) / (points - 1));
    portfolios.push(portfolioAt(read, from));
  }
  portfolios.push(least);
  portfolios.reverse();
  const failed = portfolios.find(({ status }) => status !== "optimal");
  return { status: failed?.status ?? "optimal", portfolios };
}

/** The next portfolio down, from the piece of the last. */
function pointOfReward(search: FrontierSearch, from: FrontierPoint, reward: number): FrontierPoint {
  const goal = atReward(reward, () => false);
  const t = Math.max(goal.aim(from), from.t / STRIDE);
  const { settled } = from.solved;
  const { point, iterations } = frontierRoot(search, goal, { t: t < from.t ? t : from.t / 2, settled });
  return { ...point, solved: { ...point.solved, iterations } };
}

function portfolioAt(read: ReadSpec, { problem, solved, reward }: FrontierPoint): FrontierPortfolio {
  const solution = solutionOf({ ...read, problem, toObjective: () => reward }, solved);
  return { ...solution, riskAversion: problem.gamma / 2 };
}

function without({ status, message }: PortfolioSolution): EfficientFrontier {
  return { status, portfolios: [], ...(message !== undefined && { message }) };
}
