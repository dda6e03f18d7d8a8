import { type MatrixLike, quadraticForm, type VectorLike } from "@astra-quant/core-linalg";
import { requireFiniteVector, requireKnownOptions, requirePositive } from "@astra-quant/core-linalg/guards";
import { requireSemidefiniteCovariance } from "./covariance.ts";
import { expectedPortfolioReturn } from "./expected-return.ts";
import { type ReturnShape, unitTail } from "./return-shape.ts";
import { monetaryLoss, type TailLoss } from "./tail-loss.ts";
import { tailProbability } from "./tail-probability.ts";

export interface ParametricVarOptions {
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
  /**
   * The shape of the return over the horizon: normal, or Student's t of ν > 2 degrees of freedom, its variance the same.
   *
   * @defaultValue "normal"
   */
  readonly distribution?: ReturnShape;
  /** Asks for `monetary`. */
  readonly capital?: number;
}

export interface ParametricVar extends TailLoss {
  /** Standard deviation of the return over the horizon. */
  readonly volatility: number;
  /** Expected return over the horizon. */
  readonly expectedReturn: number;
  /** The losses in the currency of `capital`. */
  readonly monetary?: TailLoss;
}

/**
 * Value at risk and expected shortfall when the return over the horizon is normal or Student's t: variance and mean
 * grow in proportion to the horizon, and nothing is compounded. Positive losses, fractions of capital.
 *
 * @throws QuantError "shape" for lengths that do not fit, "not-finite" for a NaN, "range" for a horizon that is not
 *   positive or a confidence outside (0, 1), "data" for a covariance that is not symmetric and positive semi-definite.
 */
export function parametricVar(options: ParametricVarOptions): ParametricVar {
  requireKnownOptions(options, [
    "weights",
    "covariance",
    "mean",
    "horizon",
    "confidence",
    "distribution",
    "capital",
  ]);
  const { confidence, horizon = 1, mean, capital } = options;
  const alpha = tailProbability(confidence);
  requirePositive("horizon", horizon);
  const S = requireSemidefiniteCovariance(options.covariance);
  const w = requireFiniteVector("weights", options.weights, S.rows);
  const volatility = Math.sqrt(Math.max(0, quadraticForm(S, w)) * horizon);
  const expectedReturn = expectedPortfolioReturn(w, mean) * horizon;
  // VaR = q σ√h − μh,  ES = e σ√h − μh,  with q and e those of the law of variance 1
  const unit = unitTail(options.distribution ?? "normal", alpha);
  const loss: TailLoss = {
    valueAtRisk: unit.valueAtRisk * volatility - expectedReturn,
    expectedShortfall: unit.expectedShortfall * volatility - expectedReturn,
  };
  return { ...loss, volatility, expectedReturn, ...monetaryLoss(capital, loss) };
}
