import type { MatrixLike, Random, VectorLike } from "@astra-quant/core-linalg";
import type { ShockDistribution } from "./distribution.ts";

/** What a simulation draws its standard normals from: core-linalg's `Random`, or anything that fills like it. */
export type NormalSource = Pick<Random, "fillNormal">;

/**
 * How the scenarios are chosen.
 *
 * - `independent`: each path on its own
 * - `antithetic`: in pairs z, −z; `scenarios` is even. Steadies what is nearly symmetric; far out in the tail a pair
 *   holds one loss at most, and little is gained
 * - `sobol`: `replicates` scrambled Sobol sequences, whose scatter gives the standard errors
 * - `control-variate`: paths as they come, weighted so that the sum of their daily returns, whose law is known, has its
 *   exact tail (Hesterberg and Nelson's weights); for normal shocks
 * - `importance`: every day is shifted towards the loss, and a path counts by its likelihood ratio; for normal shocks
 *   and tails that few plain paths would reach
 */
export type Sampling = "independent" | "antithetic" | "sobol" | "control-variate" | "importance";

export interface MonteCarloVarOptions {
  /** n weights, fractions of capital, negative when short; restored every day. */
  readonly weights: VectorLike;
  /** n×n covariance of one day's returns, positive definite. Either this or `cholesky`. */
  readonly covariance?: MatrixLike;
  /** n×n lower triangular factor of the covariance. */
  readonly cholesky?: MatrixLike;
  /** n expected returns of one day. @defaultValue zeros: shocks have no drift */
  readonly mean?: VectorLike;
  /** Days that the portfolio is held. */
  readonly horizon: number;
  /**
   * - `compounded`: a return a day, compounded
   * - `square-root`: one day's return, its mean times the horizon and its shock times the root: nothing is compounded
   *
   * @defaultValue "compounded"
   */
  readonly scaling?: "compounded" | "square-root";
  /** @defaultValue "normal" */
  readonly distribution?: ShockDistribution;
  /**
   * - `assets`: a shock for each asset and day
   * - `portfolio`: one for the whole portfolio, whose law under normal or t shocks is known exactly: n times fewer draws
   *   of the same distribution
   *
   * @defaultValue "assets"
   */
  readonly shocks?: "assets" | "portfolio";
  /** How many paths are drawn, at most 10⁸; at least 1 ÷ (1 − confidence), but for importance sampling. */
  readonly scenarios: number;
  /** @defaultValue "independent" */
  readonly sampling?: Sampling;
  /** How many sequences `sobol` draws scenarios ÷ replicates points of each, best a power of two. @defaultValue 16 */
  readonly replicates?: number;
  /**
   * By how many standard deviations of the horizon `importance` shifts a path towards the loss, ≥ 0.
   *
   * @defaultValue the normal quantile of `confidence`
   */
  readonly tilt?: number;
  /** Strictly between 0 and 1. */
  readonly confidence: number;
  /** The probability that the intervals shall have. @defaultValue 0.95 */
  readonly intervalConfidence?: number;
  /** Any string or finite number; the same seed gives the same bits. Either this or `random`. */
  readonly seed?: string | number;
  /** A generator of normals, which moves on by what is drawn; for normal shocks, and not for `sobol`. */
  readonly random?: NormalSource;
  /** Asks for `monetary`. */
  readonly capital?: number;
  /** Asks for `returns`. @defaultValue false */
  readonly returns?: boolean;
}

/** The names of {@link MonteCarloVarOptions}. */
export const MONTE_CARLO_OPTIONS: readonly (keyof MonteCarloVarOptions)[] = [
  "weights",
  "covariance",
  "cholesky",
  "mean",
  "horizon",
  "scaling",
  "distribution",
  "shocks",
  "scenarios",
  "sampling",
  "replicates",
  "tilt",
  "confidence",
  "intervalConfidence",
  "seed",
  "random",
  "capital",
  "returns",
];
