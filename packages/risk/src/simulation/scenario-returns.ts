import type { Matrix, MatrixLike, VectorLike } from "@astra-quant/core-linalg";
import {
  outputVector,
  QuantError,
  requireFiniteMatrix,
  requireFiniteVector,
  requireInteger,
  requireKnownOptions,
} from "@astra-quant/core-linalg/guards";
import { portfolioDays } from "../kernels/portfolio-days.ts";
import { expectedPortfolioReturn } from "../var/expected-return.ts";
import { compound } from "./compound.ts";

/** One day of a portfolio in the terms of independent shocks: r = drift + loadings · z. */
export interface DailyReturn {
  /** n entries: Lᵀw. */
  readonly loadings: Float64Array;
  /** w'μ. */
  readonly drift: number;
}

/** A lower triangular factor; anything above the diagonal says that another matrix was meant. */
export function requireLowerTriangular(name: string, x: MatrixLike): Matrix {
  const L = requireFiniteMatrix(name, x);
  const n = L.rows;
  if (n !== L.columns || n === 0) {
    throw new QuantError("shape", `${name} must be square and not empty, got ${n}×${L.columns}`, {
      argument: name,
      rows: n,
      columns: L.columns,
    });
  }
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      if (L.data[i * n + j] === 0) continue;
      throw new QuantError(
        "data",
        `${name} must be lower triangular, but entry [${i}][${j}] is ${L.data[i * n + j]}`,
        { argument: name, row: i, column: j, value: L.data[i * n + j] },
      );
    }
  }
  return L;
}

/** With asset returns μ + L z and weights w, the portfolio earns w'μ + (Lᵀw)·z: one dot product a day. */
export function dailyReturn(L: Matrix, weights: VectorLike, mean: VectorLike | undefined): DailyReturn {
  const n = L.rows;
  const w = requireFiniteVector("weights", weights, n);
  const loadings = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k <= i; k++) loadings[k]! += L.data[i * n + k]! * w[i]!;
  }
  return { loadings, drift: expectedPortfolioReturn(w, mean) };
}

export interface ScenarioReturnsOptions {
  /** n×n lower triangular L with covariance LLᵀ of one day's returns. */
  readonly cholesky: MatrixLike;
  /** n weights, fractions of capital, negative when short; restored every day. */
  readonly weights: VectorLike;
  /** n expected returns of one day. @defaultValue zeros */
  readonly mean?: VectorLike;
  /** Days in a path. @defaultValue 1 */
  readonly horizon?: number;
  /** Receives the result. */
  readonly out?: Float64Array;
}

/**
 * The returns that given standard shocks make of a portfolio: path by path, μ + L z a day, compounded over the
 * horizon. Nothing is floored: a levered portfolio may lose more than everything.
 *
 * @param shocks (paths·horizon) × n, the days of the first path first.
 * @returns one return a path, a fraction of the capital at its start.
 * @throws QuantError "shape" for dimensions that do not fit, "not-finite" for a NaN, "data" for a `cholesky` that is
 *   not lower triangular.
 */
export function scenarioReturns(shocks: MatrixLike, options: ScenarioReturnsOptions): Float64Array {
  requireKnownOptions(options, ["cholesky", "weights", "mean", "horizon", "out"]);
  const { horizon = 1, out } = options;
  requireInteger("horizon", horizon, 1);
  const L = requireLowerTriangular("cholesky", options.cholesky);
  const z = requireFiniteMatrix("shocks", shocks);
  if (z.columns !== L.rows || z.rows % horizon !== 0) {
    throw new QuantError(
      "shape",
      `shocks must be (paths × ${horizon}) rows of ${L.rows} assets, got ${z.rows}×${z.columns}`,
      { argument: "shocks", rows: z.rows, columns: z.columns },
    );
  }
  const paths = z.rows / horizon;
  const returns = outputVector(out, paths);
  const { loadings, drift } = dailyReturn(L, options.weights, options.mean);
  const days = new Float64Array(z.rows);
  portfolioDays(z.data, loadings, drift, days);
  compound(days, horizon, returns);
  return returns;
}
