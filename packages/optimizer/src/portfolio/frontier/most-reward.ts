import type { PortfolioProblem } from "../problem/problem.ts";
import { type SolvedPortfolio, solvePortfolio } from "../solve-portfolio.ts";

/**
 * Of the portfolios whose returns move with those of `weights` in every state (Σw is the same) the one of most reward:
 * where Σ is singular there may be many.
 */
export function mostReward(problem: PortfolioProblem, weights: Float64Array): SolvedPortfolio {
  const { rows: moves, frozen } = problem.risk.riskless();
  const held = (ends: Float64Array): Float64Array =>
    ends.map((end, i) => (frozen[i] === 1 ? weights[i]! : end));
  const rows = moves.map((loadings) => {
    let value = 0;
    for (let i = 0; i < weights.length; i++) value += loadings[i]! * weights[i]!;
    return { name: "risk", loadings, min: value, max: value };
  });
  return solvePortfolio(
    {
      ...problem,
      gamma: 0,
      lower: held(problem.lower),
      upper: held(problem.upper),
      rows: [...problem.rows, ...rows],
    },
    "auto",
  );
}
