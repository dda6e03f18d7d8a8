import { requireInteger, requirePositive } from "../guards/numbers.ts";
import { requireKnownOptions, requireOneOf } from "../guards/options.ts";
import { QuantError, show } from "../guards/quant-error.ts";
import type { Matrix } from "../matrix/matrix.ts";
import { type MatrixLike, toMatrix } from "../matrix/to-matrix.ts";
import { type ConditionedCovariance, withCondition } from "./covariance-estimate.ts";
import { fitNoiseVariance, noiseSupport } from "./marchenko-pastur.ts";
import { sampleCovariance } from "./sample-covariance.ts";
import { fromSpectrum, type Spectrum, scaledBy, spectrumOf, withUnitDiagonal } from "./spectrum.ts";

const METHODS = ["constant-residual", "targeted-shrinkage", "clip"] as const;
const OPTION_NAMES = ["observations", "method", "bandwidth", "keep"] as const;

/** What becomes of the eigenvalues that noise explains. */
export type DenoisingMethod = (typeof METHODS)[number];

export interface DenoisedCovarianceOptions {
  /**
   * The rows behind a covariance (n×n) that is given instead of the data; without it the first argument is the data,
   * time × assets.
   */
  readonly observations?: number;
  /**
   * Eigenvalues of noise are each replaced by their mean ("constant-residual"), leave only their part of the diagonal
   * ("targeted-shrinkage"), or are set to zero and the rest scaled up to unit variances ("clip": of low rank).
   *
   * @defaultValue "constant-residual"
   */
  readonly method?: DenoisingMethod;
  /**
   * Of the normal kernels by which the density of the eigenvalues is estimated. Narrow ones fit the law to single
   * eigenvalues and take noise for factors: of 8 true factors among 200 assets, 0.01 finds 14 to 20.
   *
   * @defaultValue 0.25
   */
  readonly bandwidth?: number;
  /** For "targeted-shrinkage": the share, in [0, 1], of the noise's correlations that stays. @defaultValue 0 */
  readonly keep?: number;
}

export interface DenoisedCovariance extends ConditionedCovariance {
  /** n×n, ones on the diagonal. */
  readonly correlation: Matrix;
  /** Rows of data behind the covariance. */
  readonly observations: number;
  /** n eigenvalues of the sample correlation, ascending. */
  readonly eigenvalues: Float64Array;
  /** σ², the share of the variance that is noise. */
  readonly noiseVariance: number;
  /** λ₊ = σ² (1 + √(n ÷ observations))²: what no eigenvalue of noise exceeds. */
  readonly noiseEdge: number;
  /** How many eigenvalues reach beyond it and were left as they are. */
  readonly factors: number;
}

function requireShare(name: string, value: unknown): number {
  if (typeof value === "number" && value >= 0 && value <= 1) return value;
  throw new QuantError("range", `${name} must be in [0, 1], got ${show(value)}`, { argument: name, value });
}

function requireMoreRows(observations: number, n: number): void {
  if (observations > n) return;
  throw new QuantError(
    "range",
    `observations must exceed the number of assets (${n}), got ${observations}: no spectrum of noise without zeros`,
    { observations, assets: n },
  );
}

function denoise(
  { values, vectors }: Spectrum,
  noise: number,
  method: DenoisingMethod,
  keep: number,
): Matrix {
  const n = values.length;
  if (method === "targeted-shrinkage") {
    const signal = fromSpectrum(values, vectors, noise, n);
    const rest = fromSpectrum(values, vectors, 0, noise);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        signal.data[i * n + j]! += (i === j ? 1 : keep) * rest.data[i * n + j]!;
      }
    }
    return withUnitDiagonal(signal);
  }
  const level =
    method === "clip" ? 0 : values.subarray(0, noise).reduce((sum, value) => sum + value, 0) / noise;
  const cleaned = values.map((value, j) => (j < noise ? level : value));
  return withUnitDiagonal(fromSpectrum(cleaned, vectors, 0, n));
}

/**
 * A covariance whose correlations are freed of what noise alone would show: the eigenvalues of the correlation matrix
 * that the Marchenko–Pastur law explains are flattened, those beyond its edge λ₊ are kept, and variances stay as they
 * were (López de Prado's method, as in [skfolio]). The law's σ² is the one in (0, 1) whose density is nearest that of the eigenvalues (normal
 * kernels of the given bandwidth) in squared distance over 1000 points of its support.
 *
 * @param X - data, time × assets, or with `observations` a covariance
 * @throws QuantError "not-finite" for NaN or ±∞, "shape" for fewer than two rows, "range" unless there are more rows than
 *   assets, "data" for an asset without variance.
 */
export function denoisedCovariance(
  X: MatrixLike,
  options: DenoisedCovarianceOptions = {},
): DenoisedCovariance {
  requireKnownOptions(options, OPTION_NAMES);
  const { method = "constant-residual", bandwidth = 0.25, keep = 0 } = options;
  requireOneOf("method", method, METHODS);
  requirePositive("bandwidth", bandwidth);
  requireShare("keep", keep);
  const given = options.observations !== undefined;
  const observations = given
    ? requireInteger("observations", options.observations, 2)
    : toMatrix(X, "X").rows;
  const spectrum = spectrumOf(given ? X : sampleCovariance(X).covariance);
  const { values, volatility } = spectrum;
  const n = values.length;
  requireMoreRows(observations, n);
  const q = observations / n;
  const noiseVariance = fitNoiseVariance(values, q, bandwidth);
  const noiseEdge = noiseSupport(noiseVariance, q).upper;
  const noise = values.filter((value) => value < noiseEdge).length;
  const correlation = denoise(spectrum, noise, method, keep);
  return withCondition({
    covariance: scaledBy(volatility, correlation),
    correlation,
    observations,
    eigenvalues: values,
    noiseVariance,
    noiseEdge,
    factors: n - noise,
  });
}
