import { bindingLimits } from "./binding.ts";
import { explainConflict } from "./conflict/explain-conflict.ts";
import { unboundedDirection, unboundedMessage } from "./proof/unboundedness.ts";
import { type ReadSpec, readSpec } from "./reading/read-spec.ts";
import { varianceOf } from "./risk/risk-model.ts";
import type { PortfolioSolution } from "./solution.ts";
import { isOptimal, type SolvedPortfolio, solvePortfolio } from "./solve-portfolio.ts";
import type { PortfolioSpec } from "./spec.ts";

/**
 * The best portfolio under its limits and costs, with a proof of how good it is.
 *
 * Weights are fractions of capital, negative where short. `status` is "optimal" only when the proof says so:
 * no limit overrun by more than 1e-9 and a certified relative gap of at most 1e-8 (1e-13 is usual). A singular
 * covariance is fine; where several portfolios are best, one of them is returned.
 *
 * @throws QuantError for a spec that is malformed: wrong lengths, NaN, an unknown field, a covariance that is not
 *   symmetric or has an eigenvalue clearly below zero. Limits that exclude each other are a result, not an error.
 */
export function optimizePortfolio(spec: PortfolioSpec): PortfolioSolution {
  const read = readSpec(spec);
  return solutionOf(read, solvePortfolio(read.problem, read.method));
}

export function solutionOf(read: ReadSpec, solved: SolvedPortfolio): PortfolioSolution {
  const { problem, names } = read;
  const { portfolio, certificate, iterations, method } = solved;
  const { weights } = portfolio;
  let gross = 0;
  let net = 0;
  let turnover = 0;
  for (let i = 0; i < weights.length; i++) {
    gross += Math.abs(weights[i]!);
    net += weights[i]!;
    turnover += Math.abs(weights[i]! - problem.current[i]!);
  }
  if (!isOptimal(certificate)) {
    const conflict = explainConflict(problem, names);
    if (conflict !== undefined) {
      return { ...withoutPortfolio(read, "infeasible", conflict.message, solved), conflict };
    }
    const direction = unboundedDirection(problem);
    if (direction !== undefined) {
      return withoutPortfolio(read, "unbounded", unboundedMessage(direction, names), solved);
    }
  }
  const objective = read.toObjective(certificate.objective);
  return {
    status: isOptimal(certificate) ? "optimal" : "stalled",
    weights,
    objective,
    expectedReturn: expectedReturn(read, weights),
    volatility: Math.sqrt(Math.max(0, varianceOf(problem.risk, weights))),
    gross,
    net,
    turnover,
    certifiedGap: read.toGap(certificate.gap, objective),
    relativeGap: certificate.relativeGap,
    violation: certificate.violation,
    binding: bindingLimits(problem, names, portfolio, certificate),
    iterations,
    method,
  };
}

function expectedReturn({ expectedReturns }: ReadSpec, weights: Float64Array): number {
  if (expectedReturns === undefined) return Number.NaN;
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += expectedReturns[i]! * weights[i]!;
  return sum;
}

function withoutPortfolio(
  { problem, toObjective }: ReadSpec,
  status: "infeasible" | "unbounded",
  message: string,
  { iterations, method }: SolvedPortfolio,
): PortfolioSolution {
  return {
    status,
    weights: new Float64Array(problem.n).fill(Number.NaN),
    objective: status === "unbounded" ? toObjective(Number.NEGATIVE_INFINITY) : Number.NaN,
    expectedReturn: Number.NaN,
    volatility: Number.NaN,
    gross: Number.NaN,
    net: Number.NaN,
    turnover: Number.NaN,
    certifiedGap: Number.NaN,
    relativeGap: Number.NaN,
    violation: Number.NaN,
    binding: [],
    message,
    iterations,
    method,
  };
}
