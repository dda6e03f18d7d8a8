import { type MatrixLike, matVec, type VectorLike } from "@astra-quant/core-linalg";
import { requireFiniteVector, requireKnownOptions, requirePositive } from "@astra-quant/core-linalg/guards";
import { requireSemidefiniteCovariance } from "../var/covariance.ts";
import { type ReturnShape, unitTail } from "../var/return-shape.ts";
import { lossBy, type RiskMeasure, requireMeasure } from "../var/risk-measure.ts";
import { tailProbability } from "../var/tail-probability.ts";
import { decompositionOf, type RiskDecomposition } from "./risk-decomposition.ts";

export interface ComponentVarOptions {
  /** n weights, fractions of capital, negative when short. */
  readonly weights: VectorLike;
  /** n×n covariance of the returns of one period; may be singular. */
  readonly covariance: MatrixLike;
  /** n expected returns of one period. @defaultValue zeros */
  readonly mean?: VectorLike;
  /** How many periods are held, > 0. @defaultValue 1 */
  readonly horizon?: number;
  /** Strictly between 0 and 1. */
  readonly confidence: number;
  /** @defaultValue "value-at-risk" */
  readonly measure?: RiskMeasure;
  /** The shape of the return over the horizon. @defaultValue "normal" */
  readonly distribution?: ReturnShape;
  /** Asks for `monetary`. */
  readonly capital?: number;
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, x, i) => sum + x * b[i]!, 0);

/**
 * {@link parametricVar} position by position, by Euler's theorem: the marginal risk of asset i is
 * q (Σw)_i √h ÷ √(w'Σw) − μ_i h, q the unit law's value at risk or shortfall. Without variance the shock's part is zero.
 *
 * @throws QuantError as {@link parametricVar}, "option" for an unknown measure.
 */
export function componentVar(options: ComponentVarOptions): RiskDecomposition {
  requireKnownOptions(options, [
    "weights",
    "covariance",
    "mean",
    "horizon",
    "confidence",
    "measure",
    "distribution",
    "capital",
  ]);
  const alpha = tailProbability(options.confidence);
  const horizon = requirePositive("horizon", options.horizon ?? 1);
  const measure = requireMeasure(options.measure ?? "value-at-risk");
  const S = requireSemidefiniteCovariance(options.covariance);
  const n = S.rows;
  const w = requireFiniteVector("weights", options.weights, n);
  const mu = requireFiniteVector("mean", options.mean ?? new Float64Array(n), n);
  const q = lossBy(measure, unitTail(options.distribution ?? "normal", alpha)) * Math.sqrt(horizon);
  const Sw = matVec(S, w);
  const variance = Math.max(0, dot(w, Sw));
  const sigma = Math.sqrt(variance);
  const total = q * sigma - dot(w, mu) * horizon;
  const ownVariance = w.map((weight, i) => weight * weight * S.data[i * n + i]!);
  return decompositionOf({
    measure,
    total,
    weights: w,
    marginal: mu.map((drift, i) => (sigma === 0 ? 0 : (q * Sw[i]!) / sigma) - drift * horizon),
    standalone: ownVariance.map((own, i) => q * Math.sqrt(own) - w[i]! * mu[i]! * horizon),
    incremental: w.map((weight, i) => {
      // (w − w_i e_i)'Σ(w − w_i e_i) = w'Σw − 2 w_i (Σw)_i + w_i² Σ_ii
      const without = Math.sqrt(Math.max(0, variance - 2 * weight * Sw[i]! + ownVariance[i]!));
      return q * (sigma - without) - weight * mu[i]! * horizon;
    }),
    capital: options.capital,
  });
}
