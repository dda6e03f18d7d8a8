import { Matrix } from "@astra-quant/core-linalg";
import type { PortfolioProblem, PricedPortfolio } from "./problem.ts";

/** The problem in units of its own: weights and slopes of ordinary size. The units are powers of two, so nothing is rounded. */
export interface UnitProblem {
  readonly problem: PortfolioProblem;
  /** A portfolio of the unit problem in the user's units. */
  restore(solution: PricedPortfolio): PricedPortfolio;
}

export function toUnits(user: PortfolioProblem): UnitProblem {
  const { n, sigma, mu, gamma } = user;
  const weight = powerOfTwoNear(weightScale(user));
  let steepest = 0;
  for (let i = 0; i < n; i++) {
    steepest = Math.max(steepest, gamma * sigma.data[i * n + i]! * weight, Math.abs(mu[i]!));
  }
  const slope = powerOfTwoNear(steepest);
  const problem: PortfolioProblem = {
    n,
    sigma: new Matrix(
      n,
      n,
      sigma.data.map((value) => (gamma * value * weight) / slope),
    ),
    mu: mu.map((value) => value / slope),
    gamma: 1,
    lower: user.lower.map((bound) => bound / weight),
    upper: user.upper.map((bound) => bound / weight),
    gross: user.gross / weight,
    netMin: user.netMin / weight,
    netMax: user.netMax / weight,
  };
  return {
    problem,
    restore: ({ weights, lambda, eta }) => ({
      weights: weights.map((w) => w * weight),
      lambda: lambda * slope,
      eta: eta * slope,
    }),
  };
}

/** How large the weights are going to be, roughly: what the limits force, or the least of what stops them. */
function weightScale({ n, sigma, mu, gamma, lower, upper, gross, netMin, netMax }: PortfolioProblem): number {
  let forced = Math.abs(Math.min(Math.max(0, netMin), netMax));
  let widest = 0;
  let natural = 0;
  for (let i = 0; i < n; i++) {
    forced = Math.max(forced, Math.abs(Math.min(Math.max(0, lower[i]!), upper[i]!)));
    widest = Math.max(widest, Math.abs(lower[i]!), Math.abs(upper[i]!));
    const curvature = gamma * sigma.data[i * n + i]!;
    if (curvature > 0) natural = Math.max(natural, Math.abs(mu[i]!) / curvature);
  }
  let stop = Number.POSITIVE_INFINITY;
  for (const limit of [gross, widest, natural]) if (limit > 0) stop = Math.min(stop, limit);
  const scale = Math.max(forced, stop < Number.POSITIVE_INFINITY ? stop : 0);
  return scale > 0 ? scale : 1;
}

/** The power of two in (x/2, x]; 1 for 0. */
function powerOfTwoNear(x: number): number {
  let power = 1;
  if (!(x > 0)) return power;
  while (power > x) power /= 2;
  while (power * 2 <= x) power *= 2;
  return power;
}
