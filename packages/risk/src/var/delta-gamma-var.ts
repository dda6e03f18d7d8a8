import { type MatrixLike, symmetricEigen, type VectorLike } from "@astra-quant/core-linalg";
import {
  requireFinite,
  requireFiniteVector,
  requireKnownOptions,
  requireOneOf,
  requirePositive,
  requireSymmetricMatrix,
} from "@astra-quant/core-linalg/guards";
import { type CornishFisherValidity, cornishFisherTail } from "./cornish-fisher-var.ts";
import { requireSemidefiniteCovariance } from "./covariance.ts";
import { cumulants, quadraticLaw, StandardisedLaw } from "./delta-gamma-law.ts";
import type { TailLoss } from "./tail-loss.ts";
import { tailProbability } from "./tail-probability.ts";

export interface DeltaGammaVarOptions {
  /** n sensitivities: what the book gains when a factor rises by one unit, in any currency. */
  readonly delta: VectorLike;
  /** n×n, symmetric: how much the deltas themselves move. */
  readonly gamma: MatrixLike;
  /** What the book earns in one period by itself, negative for options held. @defaultValue 0 */
  readonly theta?: number;
  /** n×n covariance of one period's moves of the factors; may be singular. */
  readonly covariance: MatrixLike;
  /** Periods held, > 0; moves grow with the root. @defaultValue 1 */
  readonly horizon?: number;
  /** Strictly between 0 and 1. */
  readonly confidence: number;
  /**
   * - `exact`: the law of the quadratic form, from its characteristic function
   * - `cornish-fisher`: from its first four moments, which are exact
   *
   * @defaultValue "exact"
   */
  readonly method?: "exact" | "cornish-fisher";
}

/** Losses in the currency of the sensitivities. */
export interface DeltaGammaVar extends TailLoss {
  /** The mean gain. */
  readonly mean: number;
  readonly volatility: number;
  readonly skewness: number;
  /** In excess of the normal's 3. */
  readonly kurtosis: number;
  /**
   * How much probability the numbers left out may hold: 1e-16, but more for a law whose density has a pole (one or two
   * factors without a delta). NaN for `cornish-fisher`.
   */
  readonly truncation: number;
  /** Whether the expansion's quantiles are in order; for `cornish-fisher`. */
  readonly valid?: CornishFisherValidity;
}

/**
 * Value at risk and expected shortfall of θ + δ'x + ½ x'Γx, the factors' moves x normal with mean 0: a book of options
 * to second order. Diagonalised, its law is that of independent squares, whose characteristic function is known.
 *
 * @throws QuantError "shape" for lengths that do not fit, "not-finite" for a NaN, "range" for a horizon that is not
 *   positive or a confidence outside (0, 1), "data" for a gamma that is not symmetric or a covariance that is not positive
 *   semi-definite.
 */
export function deltaGammaVar(options: DeltaGammaVarOptions): DeltaGammaVar {
  requireKnownOptions(options, ["delta", "gamma", "theta", "covariance", "horizon", "confidence", "method"]);
  const alpha = tailProbability(options.confidence);
  const horizon = requirePositive("horizon", options.horizon ?? 1);
  const theta = requireFinite("theta", options.theta ?? 0);
  const method = requireOneOf("method", options.method ?? "exact", ["exact", "cornish-fisher"]);
  const S = requireSemidefiniteCovariance(options.covariance);
  const n = S.rows;
  const delta = requireFiniteVector("delta", options.delta, n);
  const gamma = requireSymmetricMatrix("gamma", options.gamma, n);
  // x = L y with L = V √(D h), which exists for a singular covariance too
  const { values, vectors } = symmetricEigen(S);
  const L = vectors.clone();
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) L.data[i * n + j]! *= Math.sqrt(Math.max(0, values[j]!) * horizon);
  }
  const full = quadraticLaw(0, delta, gamma, L);
  // In units of its largest coefficient, so that fourth powers of large books stay doubles.
  const unit = [...full.b, ...full.lambda].reduce((most, x) => Math.max(most, Math.abs(x)), 0) || 1;
  const law = { constant: 0, b: full.b.map((x) => x / unit), lambda: full.lambda.map((x) => x / unit) };
  const [k1, k2, k3, k4] = cumulants(law);
  const deviation = Math.sqrt(k2);
  const mean = theta * horizon + unit * k1;
  const moments = {
    mean,
    volatility: unit * deviation,
    skewness: k2 === 0 ? 0 : k3 / (k2 * deviation),
    kurtosis: k2 === 0 ? 0 : k4 / (k2 * k2),
  };
  if (k2 === 0) return { valueAtRisk: 0 - mean, expectedShortfall: 0 - mean, ...moments, truncation: 0 };
  if (method === "cornish-fisher") {
    return { ...cornishFisherTail(moments, alpha), ...moments, truncation: Number.NaN };
  }
  const standard = new StandardisedLaw(law);
  const x = standard.quantile(alpha);
  const excess = standard.shortfallBelow(x) / alpha;
  return {
    valueAtRisk: -mean - moments.volatility * x,
    expectedShortfall: -mean - moments.volatility * (x - excess),
    ...moments,
    truncation: standard.truncation,
  };
}
