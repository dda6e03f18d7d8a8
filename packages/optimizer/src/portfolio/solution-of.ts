import { bindingLimits } from "./binding.ts";
import { explainConflict } from "./conflict/explain-conflict.ts";
import { figuresOf } from "./portfolio-figures.ts";
import { isOptimal } from "./proof/certificate.ts";
import { unboundedDirection, unboundedMessage } from "./proof/unboundedness.ts";
import type { ReadSpec } from "./reading/read-spec.ts";
import type { PortfolioSolution } from "./solution.ts";
import type { SolvedPortfolio } from "./solve-portfolio.ts";

/**
 * What was found, in the user's words; where nothing is proven, why. `isWhole` says that `read` is the whole problem, not
 * one at a price of risk that moves with its limits: then prices can tell how far they hold.
 */
export function solutionOf(read: ReadSpec, solved: SolvedPortfolio, isWhole = false): PortfolioSolution {
  const { problem, names } = read;
  if (!isOptimal(solved.certificate)) {
    const conflict = explainConflict(problem, names);
    if (conflict !== undefined) {
      return { ...withoutPortfolio(read, "infeasible", conflict.message, solved), conflict };
    }
    const direction = unboundedDirection(problem);
    if (direction !== undefined) {
      return withoutPortfolio(read, "unbounded", unboundedMessage(direction, names), solved);
    }
  }
  return withPortfolio(read, solved, isWhole);
}

/** A result with weights, proven or not. */
export function withPortfolio(read: ReadSpec, solved: SolvedPortfolio, isWhole = false): PortfolioSolution {
  const { portfolio, certificate, iterations, method } = solved;
  const objective = read.toObjective(certificate.objective);
  return {
    status: isOptimal(certificate) ? "optimal" : "stalled",
    weights: portfolio.weights,
    objective,
    ...figuresOf(read, portfolio.weights, certificate.image),
    certifiedGap: read.toGap(certificate.gap, objective),
    relativeGap: certificate.relativeGap,
    violation: certificate.violation,
    binding: bindingLimits(read, portfolio, certificate, objective, isWhole && isOptimal(certificate)),
    notes: read.notes.slice(),
    iterations,
    method,
  };
}

/** A result without weights, and the reason. */
export function withoutPortfolio(
  read: ReadSpec,
  status: "infeasible" | "unbounded",
  message: string,
  { iterations, method }: SolvedPortfolio,
): PortfolioSolution {
  const { problem, notes, toObjective } = read;
  const weights = new Float64Array(problem.n).fill(Number.NaN);
  return {
    status,
    weights,
    objective: status === "unbounded" ? toObjective(Number.NEGATIVE_INFINITY) : Number.NaN,
    ...figuresOf(read, weights),
    certifiedGap: Number.NaN,
    relativeGap: Number.NaN,
    violation: Number.NaN,
    binding: [],
    notes: notes.slice(),
    message,
    iterations,
    method,
  };
}
