import { quadraticForm } from "@astra-quant/core-linalg";
import { bindingLimits } from "./binding.ts";
import { explainInfeasible } from "./feasibility.ts";
import { type ReadSpec, readSpec } from "./read-spec.ts";
import type { PortfolioSolution } from "./solution.ts";
import { isOptimal, solvePortfolio } from "./solve-portfolio.ts";
import type { PortfolioSpec } from "./spec.ts";

/**
 * The best portfolio under gross, net and per-asset limits, with a proof of how good it is.
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
  const infeasible = explainInfeasible(read.problem, read.names);
  if (infeasible !== undefined) return withoutPortfolio(read, "infeasible", infeasible, 0);
  const { best, iterations, method } = solvePortfolio(read.problem);
  if (best === undefined) {
    const message = "no limit stops a portfolio without variance whose expected return grows with its size";
    return withoutPortfolio(read, "unbounded", message, iterations);
  }
  const { portfolio, certificate } = best;
  const { weights } = portfolio;
  let gross = 0;
  let net = 0;
  for (const w of weights) {
    gross += Math.abs(w);
    net += w;
  }
  return {
    status: isOptimal(certificate) ? "optimal" : "stalled",
    weights,
    objective: certificate.objective * read.sign,
    expectedReturn: expectedReturn(read, weights),
    volatility: Math.sqrt(Math.max(0, quadraticForm(read.problem.sigma, weights))),
    gross,
    net,
    certifiedGap: certificate.gap,
    relativeGap: certificate.relativeGap,
    violation: certificate.violation,
    binding: bindingLimits(read.problem, read.names, portfolio, certificate),
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
  { problem, sign }: ReadSpec,
  status: "infeasible" | "unbounded",
  message: string,
  iterations: number,
): PortfolioSolution {
  return {
    status,
    weights: new Float64Array(problem.n).fill(Number.NaN),
    objective: status === "unbounded" ? -sign * Number.POSITIVE_INFINITY : Number.NaN,
    expectedReturn: Number.NaN,
    volatility: Number.NaN,
    gross: Number.NaN,
    net: Number.NaN,
    certifiedGap: Number.NaN,
    relativeGap: Number.NaN,
    violation: Number.NaN,
    binding: [],
    message,
    iterations,
    method: "native",
  };
}
