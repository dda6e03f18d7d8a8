import { solveQp } from "../qp/solve-qp.ts";
import { hasPoint } from "../qp/status.ts";
import { statesOf } from "./active-states.ts";
import { type Certificate, certify } from "./certificate.ts";
import { epigraphForm } from "./epigraph.ts";
import { feasibleStart } from "./feasible-start.ts";
import { Kinks } from "./kinks.ts";
import { solveByNewton } from "./newton-active-set.ts";
import { solveByDescent } from "./primal-active-set.ts";
import type { PortfolioProblem, PricedPortfolio } from "./problem.ts";
import type { PortfolioSolution } from "./solution.ts";
import { isUnboundedAlong } from "./unboundedness.ts";
import { toUnits } from "./units.ts";

/** The best portfolio found, with its proof; undefined when the gain is unbounded. */
export interface SolvedPortfolio {
  readonly best: { readonly portfolio: PricedPortfolio; readonly certificate: Certificate } | undefined;
  readonly iterations: number;
  readonly method: PortfolioSolution["method"];
}

const MOST_VIOLATION = 1e-9;
const MOST_RELATIVE_GAP = 1e-8;
/** A proof this good is not improved upon by more work. */
const EXCELLENT = 1e-12;
/** A multiplier below this, where slopes are of size 1, is rounding. */
const NO_PRICE = 1e-15;
/** What the splitting method is asked for: enough to see the active set. */
const TOLERANCE = 1e-6;
const MOST_ITERATIONS = 2000;

/**
 * Solves a feasible problem: the quadratic program says roughly where, the active set it points to says exactly, and
 * the proof decides. Where the Newton method does not settle, the slower and safe descent does.
 */
export function solvePortfolio(user: PortfolioProblem): SolvedPortfolio {
  const { problem, restore } = toUnits(user);
  const kinks = new Kinks(problem);
  let best: SolvedPortfolio["best"];
  let method: PortfolioSolution["method"] = "native";
  let iterations = 0;
  const offer = (candidate: PricedPortfolio, by: PortfolioSolution["method"]): void => {
    const portfolio = restore(tidied(problem, candidate));
    const certificate = certify(user, portfolio);
    if (best !== undefined && !(distance(certificate) < distance(best.certificate))) return;
    best = { portfolio, certificate };
    method = by;
  };

  const form = epigraphForm(problem);
  const approximate = solveQp(form.qp, {
    epsAbs: TOLERANCE,
    epsRel: TOLERANCE,
    maxIter: MOST_ITERATIONS,
    polishing: true,
    polishAcceptance: "strict",
  });
  iterations += approximate.info.iterations;
  if (hasPoint(approximate.status)) {
    const start = form.portfolio(approximate.x, approximate.y);
    const result = solveByNewton(problem, kinks, statesOf(problem, kinks, start), start);
    iterations += result.steps;
    offer(result.portfolio, "native");
    if (approximate.info.polish === 1) offer(start, "osqp");
  }
  if (best === undefined || distance(best.certificate) > EXCELLENT) {
    const result = solveByDescent(problem, kinks, feasibleStart(problem, kinks));
    iterations += result.steps;
    const unbounded = !result.settled && result.ray !== undefined && isUnboundedAlong(problem, result.ray);
    if (unbounded) return { best: undefined, iterations, method };
    offer(result.portfolio, "native");
  }
  return { best, iterations, method };
}

/** How far a proof is from perfect; rounding does not count. */
function distance({ gap, rounding, relativeGap, violation }: Certificate): number {
  const most = Math.max(gap <= rounding ? 0 : relativeGap, violation);
  return Number.isNaN(most) ? Number.POSITIVE_INFINITY : Math.max(most, EXCELLENT);
}

/** The rule behind the status "optimal". */
export function isOptimal({ relativeGap, violation }: Certificate): boolean {
  return violation <= MOST_VIOLATION && relativeGap <= MOST_RELATIVE_GAP;
}

/** Takes back what rounding, or an unfinished solve, left outside the box and of multipliers that are zero. */
function tidied(
  { lower, upper }: PortfolioProblem,
  { weights, lambda, eta }: PricedPortfolio,
): PricedPortfolio {
  return {
    weights: weights.map((w, i) => Math.min(Math.max(w, lower[i]!), upper[i]!)),
    lambda: lambda > NO_PRICE ? lambda : 0,
    eta: Math.abs(eta) > NO_PRICE ? eta : 0,
  };
}
