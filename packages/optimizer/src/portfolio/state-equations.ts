import { cholesky, Matrix } from "@astra-quant/core-linalg";
import type { ActiveStates } from "./active-states.ts";
import { solveBordered } from "./bordered-solve.ts";
import type { Kinks } from "./kinks.ts";
import type { PortfolioProblem, PricedPortfolio } from "./problem.ts";

/** The weight, against the largest curvature, of staying where one was: it makes a singular covariance solvable. */
export const PROXIMAL = 1e-8;

/** The portfolio that meets the equations of its states; undefined when the free assets' block has no factor. */
export function solveStates(
  problem: PortfolioProblem,
  kinks: Kinks,
  states: ActiveStates,
  previous: PricedPortfolio,
): PricedPortfolio | undefined {
  const { n, sigma, mu, gamma, gross, netMin, netMax } = problem;
  const free: number[] = [];
  const weights = new Float64Array(n);
  let heldNet = 0;
  let heldGross = 0;
  for (let i = 0; i < n; i++) {
    const state = states.assets[i]!;
    if (state % 2 === 0) free.push(i);
    else {
      weights[i] = kinks.point(i, (state - 1) / 2);
      heldNet += weights[i]!;
      heldGross += Math.abs(weights[i]!);
    }
  }
  const f = free.length;
  const K = new Matrix(f, f);
  const r = new Float64Array(f);
  const delta = PROXIMAL * curvatureScale(problem);
  for (let a = 0; a < f; a++) {
    const i = free[a]!;
    let held = 0;
    for (let j = 0; j < n; j++) held += sigma.data[i * n + j]! * weights[j]!;
    for (let b = 0; b < f; b++) K.data[a * f + b] = gamma * sigma.data[i * n + free[b]!]!;
    K.data[a * f + a]! += delta;
    r[a] = mu[i]! - gamma * held + delta * previous.weights[i]!;
  }
  const border: Float64Array[] = [];
  const limits: number[] = [];
  const multipliers: number[] = [];
  if (states.net !== 0) {
    border.push(new Float64Array(f).fill(1));
    limits.push((states.net > 0 ? netMax : netMin) - heldNet);
    multipliers.push(previous.eta);
  }
  if (states.gross) {
    border.push(Float64Array.from(free, (i) => kinks.sign(i, states.assets[i]! / 2)));
    limits.push(gross - heldGross);
    multipliers.push(previous.lambda);
  }
  const factor = cholesky(K);
  if (factor.status !== "ok") return undefined;
  const { w, m } = solveBordered({ K, L: factor.L, border }, r, limits, multipliers);
  free.forEach((i, a) => {
    weights[i] = w[a]!;
  });
  return {
    weights,
    eta: states.net !== 0 ? m[0]! : 0,
    lambda: states.gross ? m[m.length - 1]! : 0,
  };
}

/** The size of the curvature, or 1 where there is none. */
export function curvatureScale({ n, sigma, gamma }: PortfolioProblem): number {
  let most = 0;
  for (let i = 0; i < n; i++) most = Math.max(most, gamma * sigma.data[i * n + i]!);
  return most > 0 ? most : 1;
}
