import type { PortfolioProblem } from "../problem/problem.ts";
import { varianceOf } from "../risk/risk-model.ts";
import { type SolvedPortfolio, solvePortfolio } from "../solve-portfolio.ts";

/** The portfolio of least w'Σw within the limits, whatever it costs, and the problem that it solves. */
export function leastVariance(problem: PortfolioProblem): {
  problem: PortfolioProblem;
  solved: SolvedPortfolio;
  variance: number;
} {
  const none = new Float64Array(problem.n);
  const costs = { buy: none, sell: none, long: none, short: none, quadratic: none };
  const least = { ...problem, gamma: 2, mu: none, costs };
  const solved = solvePortfolio(least, "auto");
  return {
    problem: least,
    solved,
    variance: Math.max(0, varianceOf(problem.risk, solved.portfolio.weights)),
  };
}
