import { symmetricEigen } from "../factor/symmetric-eigen.ts";
import { requireFiniteMatrix } from "../guards/matrices.ts";
import { requireInteger } from "../guards/numbers.ts";
import { requireKnownOptions } from "../guards/options.ts";
import { QuantError, show } from "../guards/quant-error.ts";
import { Matrix } from "../matrix/matrix.ts";
import type { MatrixLike } from "../matrix/to-matrix.ts";
import { type CovarianceEstimate, withCondition } from "./covariance-estimate.ts";
import { sampleCovariance } from "./sample-covariance.ts";
import { fromSpectrum } from "./spectrum.ts";

export interface FactorModelOptions {
  /** How many factors, or as many as it takes to explain that share of the variance, in (0, 1]. */
  readonly factors: number | { readonly explainedVariance: number };
  /** Of the sample covariance. @defaultValue 1 */
  readonly ddof?: number;
}

/** A covariance in the form of factors, which the optimizer takes as it is: B F Bᵀ + diag(specific). */
export interface FactorModel extends CovarianceEstimate {
  /** B, n×k: the returns of each asset a unit of each factor; orthonormal columns. */
  readonly exposures: Matrix;
  /** F, k×k and diagonal: the factors' variances, the largest first. */
  readonly factorCovariance: Matrix;
  /** n variances that the factors leave. */
  readonly specific: Float64Array;
  /** T×k: what each factor returned in each row, about its mean. */
  readonly scores: Matrix;
  /** k shares of the total variance; their sum is what the factors explain. */
  readonly explained: Float64Array;
}

function countFor(share: unknown, values: Float64Array): number {
  if (!(typeof share === "number" && share > 0 && share <= 1)) {
    throw new QuantError("range", `factors.explainedVariance must be in (0, 1], got ${show(share)}`, {
      argument: "factors.explainedVariance",
      value: share,
    });
  }
  const total = values.reduce((sum, value) => sum + Math.max(0, value), 0);
  let explained = 0;
  for (let k = 1; k <= values.length; k++) {
    explained += Math.max(0, values[values.length - k]!);
    if (explained >= share * total) return k;
  }
  return values.length; // all of it, but for rounding
}

function countOf(factors: FactorModelOptions["factors"], values: Float64Array): number {
  if (typeof factors !== "object" || factors === null)
    return requireInteger("factors", factors, 1, values.length);
  requireKnownOptions(factors, ["explainedVariance"], "factors");
  return countFor(factors.explainedVariance, values);
}

/** The sign of an eigenvector is nobody's: the entry farthest from zero (the first such) is made positive. */
function signOf(vectors: Matrix, column: number): number {
  const n = vectors.rows;
  let farthest = 0;
  for (let i = 0; i < n; i++) {
    const value = vectors.data[i * n + column]!;
    if (Math.abs(value) > Math.abs(farthest)) farthest = value;
  }
  return farthest < 0 ? -1 : 1;
}

/**
 * The statistical factor model of a time × assets matrix of returns: the k principal components of its sample
 * covariance as factors, and as specific variance what they leave of each asset's own, so that variances are the
 * sample's. Where the kth eigenvalue equals the next one, which of their directions is taken is for the eigensolver to
 * say.
 *
 * @throws QuantError "not-finite" for NaN or ±∞ anywhere, or squares beyond the doubles (values above 1e154), "shape"
 *   for fewer than two rows or rows ≤ ddof, "range" for a number of factors outside 1 … n or a share outside (0, 1].
 */
export function factorModel(X: MatrixLike, options: FactorModelOptions): FactorModel {
  requireKnownOptions(options, ["factors", "ddof"]);
  const { factors, ddof = 1 } = options;
  const x = requireFiniteMatrix("X", X);
  const sample = sampleCovariance(x, { ddof });
  const n = x.columns;
  const { values, vectors } = symmetricEigen(requireFiniteMatrix("covariance", sample.covariance));
  const k = countOf(factors, values);

  const exposures = new Matrix(n, k);
  const factorCovariance = new Matrix(k, k);
  for (let f = 0; f < k; f++) {
    const column = n - 1 - f;
    const sign = signOf(vectors, column);
    for (let i = 0; i < n; i++) exposures.data[i * k + f] = sign * vectors.data[i * n + column]!;
    factorCovariance.data[f * k + f] = Math.max(0, values[column]!);
  }

  const covariance = fromSpectrum(
    values.map((value) => Math.max(0, value)),
    vectors,
    n - k,
    n,
  );
  const specific = new Float64Array(n);
  let total = 0;
  for (let i = 0; i < n; i++) {
    const variance = sample.covariance.data[i * n + i]!;
    specific[i] = Math.max(0, variance - covariance.data[i * n + i]!);
    covariance.data[i * n + i] = variance;
    total += variance;
  }
  const { mean, observations } = sample;
  return withCondition({
    covariance,
    mean,
    observations,
    exposures,
    factorCovariance,
    specific,
    scores: scoresOf(x, mean, exposures),
    explained: Float64Array.from({ length: k }, (_, f) => factorCovariance.data[f * k + f]! / total),
  });
}

/** (X − x̄) B. */
function scoresOf(x: Matrix, mean: Float64Array, exposures: Matrix): Matrix {
  const { rows: T, columns: n, data } = x;
  const k = exposures.columns;
  const scores = new Matrix(T, k);
  for (let t = 0; t < T; t++) {
    for (let i = 0; i < n; i++) {
      const move = data[t * n + i]! - mean[i]!;
      for (let f = 0; f < k; f++) scores.data[t * k + f]! += move * exposures.data[i * k + f]!;
    }
  }
  return scores;
}
