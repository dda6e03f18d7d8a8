import { correlatedDraws, Matrix, normalCdf, studentTCdf } from "@astra-quant/core-linalg";
import { QuantError, show } from "@astra-quant/core-linalg/guards";
import { portfolioDays } from "../kernels/portfolio-days.ts";
import type { Law, QuantileFunction } from "./distribution.ts";
import type { Shocks } from "./draws.ts";
import type { Plan } from "./plan.ts";

const LARGEST_BELOW_ONE = 1 - 2 ** -53;
const SMALLEST = 2 ** -1022;

/** √((ν − 2) ÷ w): what makes a normal shock one of a t of the same covariance. */
export function studentTScale(nu: number, chiSquare: number): number {
  return Math.sqrt((nu - 2) / chiSquare);
}

/** L with rows of length 1: the factor of the correlations. */
export function unitRows(L: Matrix): Matrix {
  const n = L.rows;
  const unit = L.clone();
  for (let i = 0; i < n; i++) {
    let squares = 0;
    for (let k = 0; k <= i; k++) squares += L.data[i * n + k]! * L.data[i * n + k]!;
    if (squares === 0) {
      throw new QuantError("data", `row ${i} of cholesky must not be zero: it has no correlation`, {
        row: i,
      });
    }
    const length = Math.sqrt(squares);
    for (let k = 0; k <= i; k++) unit.data[i * n + k]! /= length;
  }
  return unit;
}

function marginalReturn(quantile: QuantileFunction, asset: number, probability: number): number {
  const value = quantile(Math.min(Math.max(probability, SMALLEST), LARGEST_BELOW_ONE));
  if (Number.isFinite(value)) return value;
  throw new QuantError(
    "data",
    `distribution.marginals[${asset}] must give finite returns, got ${show(value)} at ${probability}`,
    { argument: "distribution.marginals", asset, probability, value },
  );
}

/** Turns correlated normals, rows × n, into the assets' returns, in place. */
function throughMarginals(
  { data, rows, columns: n }: Matrix,
  { nu, marginals }: Law & { name: "copula" },
  chiSquares: Float64Array,
): void {
  for (let t = 0; t < rows; t++) {
    const stretch = nu === undefined ? 1 : Math.sqrt(nu / chiSquares[t]!);
    for (let j = 0; j < n; j++) {
      const x = data[t * n + j]! * stretch;
      const probability = nu === undefined ? normalCdf(x) : studentTCdf(x, nu);
      data[t * n + j] = marginalReturn(marginals[j]!, j, probability);
    }
  }
}

/** The assets' returns without their means, days × n, under given shocks of all assets. */
export function assetReturns(law: Law, factor: Matrix, { normals, chiSquares }: Shocks): Matrix {
  const n = factor.rows;
  const returns = correlatedDraws(new Matrix(normals.length / n, n, normals), { cholesky: factor });
  if (law.name === "copula") throughMarginals(returns, law, chiSquares);
  if (law.name === "studentT") {
    for (let t = 0; t < returns.rows; t++) {
      const scale = studentTScale(law.nu, chiSquares[t]!);
      for (let j = 0; j < n; j++) returns.data[t * n + j]! *= scale;
    }
  }
  return returns;
}

/** The portfolio's return of each day under given shocks. */
export function dayReturns(plan: Plan, factor: Matrix, shocks: Shocks, days: Float64Array): void {
  const { law, loadings, drift } = plan;
  switch (law.name) {
    case "normal":
      portfolioDays(shocks.normals, loadings, drift, days);
      break;
    case "studentT":
      portfolioDays(shocks.normals, loadings, 0, days);
      for (let t = 0; t < days.length; t++) {
        days[t] = drift + studentTScale(law.nu, shocks.chiSquares[t]!) * days[t]!;
      }
      break;
    case "copula":
      portfolioDays(assetReturns(law, factor, shocks).data, plan.weights, drift, days);
      break;
  }
}
