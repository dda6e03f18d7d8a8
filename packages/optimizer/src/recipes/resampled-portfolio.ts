import {
  createRandom,
  Matrix,
  type MatrixLike,
  multivariateNormal,
  QuantError,
  quadraticForm,
  sampleCovariance,
  symmetrize,
  type VectorLike,
} from "@astra-quant/core-linalg";
import {
  requireFiniteVector,
  requireInteger,
  requireKnownOptions,
  requireSymmetricMatrix,
} from "@astra-quant/core-linalg/guards";
import { optimizePortfolio } from "../portfolio/optimize-portfolio.ts";
import type { PortfolioSpec } from "../portfolio/spec.ts";
import { lowerRoot } from "./lower-root.ts";

export interface ResampledOptions {
  /** How many periods the estimates come from: each resample draws as many. At least 2. */
  readonly observations: number;
  /**
   * How many resamples, at least 2.
   * @defaultValue 100
   */
  readonly resamples?: number;
  /** Of the draws; the same seed gives the same portfolio. */
  readonly seed: string | number;
}

export interface ResampledPortfolio {
  /** "optimal" when every resample's portfolio is; else the status of the first that is not, which is left out. */
  readonly status: "optimal" | "infeasible" | "unbounded" | "stalled";
  /** n: the mean over the resamples. It meets every limit, as limits are convex. */
  readonly weights: Float64Array;
  /** n: the standard deviation of each weight over the resamples: what the estimates leave open. */
  readonly dispersion: Float64Array;
  /** n: dispersion ÷ √resamples, the error of `weights` from drawing no more than that many. */
  readonly standardErrors: Float64Array;
  /** μ'w and √(w'Σw) by the estimates as given. */
  readonly expectedReturn: number;
  readonly volatility: number;
  /** How many portfolios were averaged. */
  readonly resamples: number;
  readonly message?: string;
}

/**
 * The resampled efficient portfolio: returns are drawn from the normal law with the given mean and covariance, as many as
 * there were, their mean and covariance are optimized for, and the portfolios averaged. Weights that hang on the noise in
 * the estimates are averaged away.
 *
 * @throws QuantError as {@link optimizePortfolio} does; for a covariance by factors; for counts that are no integers ≥ 2.
 */
export function resampledPortfolio(
  spec: PortfolioSpec & { readonly covariance: MatrixLike; readonly expectedReturns: VectorLike },
  options: ResampledOptions,
): ResampledPortfolio {
  requireKnownOptions(options, ["observations", "resamples", "seed"]);
  const { resamples = 100, seed } = options;
  const observations = requireInteger("observations", options.observations, 2);
  requireInteger("resamples", resamples, 2);
  if (typeof spec.covariance === "object" && "exposures" in spec.covariance) {
    throw new QuantError("option", "covariance must be a matrix to be resampled, got a model by factors", {});
  }
  const sigma = symmetrize(requireSymmetricMatrix("covariance", spec.covariance));
  const n = sigma.rows;
  const mean = requireFiniteVector("expectedReturns", spec.expectedReturns, n);
  optimizePortfolio(spec);
  const random = createRandom(seed);
  const root = lowerRoot(sigma);
  const draws = new Matrix(observations, n);
  const sum = new Float64Array(n);
  const squares = new Float64Array(n);
  let count = 0;
  let failed: { status: ResampledPortfolio["status"]; message?: string } | undefined;
  for (let k = 0; k < resamples; k++) {
    multivariateNormal(random.fork(k), { mean, cholesky: root, count: observations, out: draws });
    const estimate = sampleCovariance(draws);
    const solution = optimizePortfolio({
      ...spec,
      covariance: estimate.covariance,
      expectedReturns: estimate.mean,
    });
    if (solution.status !== "optimal") {
      failed ??= {
        status: solution.status,
        ...(solution.message !== undefined && { message: solution.message }),
      };
      continue;
    }
    count++;
    for (let i = 0; i < n; i++) {
      const change = solution.weights[i]! - sum[i]!;
      sum[i]! += change / count;
      squares[i]! += change * (solution.weights[i]! - sum[i]!);
    }
  }
  const weights = count > 0 ? sum : sum.fill(Number.NaN);
  const dispersion = squares.map((square) => Math.sqrt(square / (count - 1)));
  let expectedReturn = 0;
  for (let i = 0; i < n; i++) expectedReturn += mean[i]! * weights[i]!;
  return {
    status: failed?.status ?? "optimal",
    weights,
    dispersion,
    standardErrors: dispersion.map((value) => value / Math.sqrt(count)),
    expectedReturn,
    volatility: Math.sqrt(Math.max(0, quadraticForm(sigma, weights))),
    resamples: count,
    ...(failed?.message !== undefined && { message: failed.message }),
  };
}
