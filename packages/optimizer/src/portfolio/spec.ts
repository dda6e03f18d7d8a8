import type { MatrixLike, VectorLike } from "@astra-quant/core-linalg";

/** What is wanted of the portfolio. */
export type PortfolioObjective =
  /** μ'w − riskAversion · w'Σw (no ½), with riskAversion ≥ 0. */
  | { readonly maximize: "utility"; readonly riskAversion: number }
  /** w'Σw. */
  | { readonly minimize: "variance" };

/** Limits on the weights, which are fractions of capital. What is absent is unlimited. */
export interface PortfolioConstraints {
  /** Σ|w_i| ≤ max. */
  readonly gross?: { readonly max: number };
  /** min ≤ Σw_i ≤ max, or Σw_i = equal. */
  readonly net?: { readonly min?: number; readonly max?: number } | { readonly equal: number };
  /** min ≤ w_i ≤ max: one number for all assets, or one an asset. ±∞ is no bound. */
  readonly weights?: { readonly min?: number | VectorLike; readonly max?: number | VectorLike };
}

/** A portfolio problem over n assets. μ and Σ are of the same period. */
export interface PortfolioSpec {
  /** n distinct names, used in the names of limits; without them assets are called by their 0-based index. */
  readonly assets?: readonly string[];
  /** n×n, symmetric, no eigenvalue clearly below zero; it may be singular. */
  readonly covariance: MatrixLike;
  /** n returns per period. Needed for the utility. */
  readonly expectedReturns?: VectorLike;
  readonly objective: PortfolioObjective;
  readonly constraints?: PortfolioConstraints;
}
