import type { Settled } from "./active-set/settled.ts";
import { solveAlongFrontier } from "./frontier/solve-along-frontier.ts";
import type { ReadSpec } from "./reading/read-spec.ts";
import type { PortfolioSolution } from "./solution.ts";
import { solutionOf } from "./solution-of.ts";
import { solvePortfolio } from "./solve-portfolio.ts";

/** An answer, and where the next solve may begin. */
export interface SpecAnswer {
  readonly solution: PortfolioSolution;
  readonly settled: Settled | undefined;
}

/** Solves what a spec asks for: by one solve, or along the frontier where one does not answer. */
export function solveSpec(read: ReadSpec, earlier?: Settled): SpecAnswer {
  if (read.aim !== undefined) return solveAlongFrontier(read, read.aim, earlier);
  const solved = solvePortfolio(read.problem, read.method, earlier);
  return { solution: solutionOf(read, solved, true), settled: solved.settled };
}
