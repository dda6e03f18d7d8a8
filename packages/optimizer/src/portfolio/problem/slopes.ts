import { scratch } from "../../scratch.ts";
import type { PortfolioProblem, PricedPortfolio } from "./problem.ts";

/** The slope of f without its kinks at w, limits priced: g = γΣw + θ∘(w − w0) − μ + Σ η_r a_r. */
export function slopesAt(problem: PortfolioProblem, { weights, prices }: PricedPortfolio): Float64Array {
  const g = curvatureProduct(problem, weights);
  addLinearSlopes(problem, prices.rows, g);
  return g;
}

/** γΣv. */
export function riskProduct({ n, risk, gamma }: PortfolioProblem, v: Float64Array): Float64Array {
  const image = scratch(n);
  if (gamma === 0) return image;
  risk.addProduct(v, image);
  for (let i = 0; i < n; i++) image[i]! *= gamma;
  return image;
}

/** (γΣ + diag θ) v. */
export function curvatureProduct(problem: PortfolioProblem, v: Float64Array): Float64Array {
  const image = riskProduct(problem, v);
  const { quadratic } = problem.costs;
  for (let i = 0; i < v.length; i++) image[i]! += quadratic[i]! * v[i]!;
  return image;
}

/** g += Σ η_r a_r − μ − θ∘w0. */
export function addLinearSlopes(
  { n, mu, current, costs, rows }: PortfolioProblem,
  eta: Float64Array,
  g: Float64Array,
): void {
  for (let r = 0; r < rows.length; r++) {
    const price = eta[r]!;
    if (price === 0) continue;
    const { loadings } = rows[r]!;
    for (let i = 0; i < n; i++) g[i]! += price * loadings[i]!;
  }
  for (let i = 0; i < n; i++) g[i]! -= mu[i]! + costs.quadratic[i]! * current[i]!;
}
