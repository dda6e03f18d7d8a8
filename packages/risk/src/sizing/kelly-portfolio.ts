import {
  choleskyInverse,
  choleskySolve,
  type MatrixLike,
  quadraticForm,
  type VectorLike,
} from "@astra-quant/core-linalg";
import {
  QuantError,
  requireFinite,
  requireFiniteVector,
  requireInteger,
  requirePositive,
  requireSymmetricMatrix,
} from "@astra-quant/core-linalg/guards";
import { requireCholesky } from "../var/covariance.ts";
import type { FullKelly } from "./kelly-bet.ts";

/** One asset, or one strategy, whose returns have these moments. */
export interface KellyMoments {
  /** Expected return of a period in excess of the cash rate, a fraction. */
  readonly expectedReturn: number;
  /** Variance of a period's return, positive. */
  readonly variance: number;
  /** How many returns the moments were estimated from: asks for the standard error. */
  readonly observations?: number;
}

/** Assets whose returns have these moments. */
export interface KellyAssets {
  /** n expected returns of a period in excess of the cash rate, fractions. */
  readonly expectedReturns: VectorLike;
  /** n×n covariance of the returns of a period, positive definite. */
  readonly covariance: MatrixLike;
  /** How many returns the moments were estimated from: asks for the standard errors. */
  readonly observations?: number;
}

/** Full stakes with what is known of them. */
export interface FullKellyWeights {
  readonly weights: Float64Array;
  /** n variances of the weights' estimates; NaN where the sample's size was not given. */
  readonly errors: Float64Array;
  /** E[e′Σe] ÷ w′Σw, e the error of the weights: what estimating costs, as a share of what betting earns. */
  readonly noise: number;
  /** Expected log growth a period at a multiple of the weights. */
  readonly growth: (multiple: number) => number;
}

function requireCount(observations: number | undefined): number {
  return observations === undefined ? Number.NaN : requireInteger("observations", observations, 2);
}

/** f = μ ÷ σ², the maximum of f μ − ½ f² σ². */
export function kellyOfMoments({ expectedReturn, variance, observations }: KellyMoments): FullKelly {
  const mu = requireFinite("expectedReturn", expectedReturn);
  const sigma2 = requirePositive("variance", variance);
  const n = requireCount(observations);
  const stake = mu / sigma2;
  return {
    stake,
    // Var f̂ = ((1 + θ²) ÷ σ² + f²) ÷ n, θ² = μ² ÷ σ²
    error: ((1 + stake * mu) / sigma2 + stake * stake) / n,
    growth: (f) => f * mu - 0.5 * f * f * sigma2,
  };
}

/** w = Σ⁻¹ μ, the maximum of w′μ − ½ w′Σw. */
export function kellyOfAssets({ expectedReturns, covariance, observations }: KellyAssets): FullKellyWeights {
  const mu = requireFiniteVector("expectedReturns", expectedReturns);
  const count = requireCount(observations);
  if (mu.length === 0) {
    throw new QuantError("shape", "expectedReturns must have at least one entry, got 0", {
      argument: "expectedReturns",
    });
  }
  const S = requireSymmetricMatrix("covariance", covariance, mu.length);
  const L = requireCholesky(S);
  const n = mu.length;
  const w = choleskySolve(L, mu);
  const theta2 = quadraticForm(S, w);
  const inverse = choleskyInverse(L);
  // Normal returns, to first order: T Var ŵ = (1 + θ²) Σ⁻¹ + w w′, θ² = w′Σw, so T E[e′Σe] = n (1 + θ²) + θ².
  return {
    weights: w,
    errors: w.map((weight, i) => ((1 + theta2) * inverse.get(i, i) + weight * weight) / count),
    noise: (n * (1 + theta2) + theta2) / count / theta2,
    growth: (k) => (k - 0.5 * k * k) * theta2,
  };
}
