import type { MatrixLike, VectorLike } from "@astra-quant/core-linalg";

/** What is wanted of the portfolio. */
export type PortfolioObjective =
  /** μ'w − riskAversion · w'Σw − costs (no ½), with riskAversion ≥ 0. */
  | { readonly maximize: "utility"; readonly riskAversion: number }
  /** μ'w − costs: needs limits that end it, as a volatility cap does. */
  | { readonly maximize: "return" }
  /**
   * ((μ − riskFree)'w − costs) ÷ √(w'Σw), where what is not invested earns `riskFree`, per period.
   * `riskFree` is 0 unless given.
   */
  | { readonly maximize: "sharpe"; readonly riskFree?: number }
  /** w'Σw. */
  | { readonly minimize: "variance" }
  /** √(w − benchmark)'Σ(w − benchmark). */
  | { readonly minimize: "tracking-error"; readonly benchmark: VectorLike }
  /** The costs of holding, and of trading where those are given: what `constraints` ask for, as cheaply as can be. */
  | { readonly minimize: "funding" };

/** A covariance known by its factors: exposures · factorCovariance · exposures' + diag(specific). */
export interface FactorCovariance {
  /** n×k: what each asset's return moves with each factor's. */
  readonly exposures: MatrixLike;
  /** k×k, symmetric, positive semidefinite. */
  readonly factorCovariance: MatrixLike;
  /** n variances ≥ 0 of what the factors leave. */
  readonly specific: VectorLike;
}

/** Assets that share limits. What is absent is unlimited. */
export interface GroupLimits {
  /** Names or 0-based indices, at least one, none twice. */
  readonly members: readonly (string | number)[];
  /** min ≤ Σ of the members' weights ≤ max. */
  readonly min?: number;
  readonly max?: number;
  /** Σ of the members' |weights| ≤ max. */
  readonly gross?: { readonly max: number };
}

/** min ≤ loadings'w ≤ max, as for a beta: with min and max 0 the portfolio is neutral. */
export interface ExposureLimits {
  /** One an asset. */
  readonly loadings: VectorLike;
  readonly min?: number;
  readonly max?: number;
}

/** |w_i − currentWeights_i| · capital ≤ max · averageDailyValue_i: no trade is more than a share of an average day. */
export interface ParticipationLimit {
  /** The share, 0.1 for a tenth of the day: one for all assets, or one an asset; ≥ 0. */
  readonly max: number | VectorLike;
  /** What is traded of an asset on an average day, in the currency of `capital`; ≥ 0, and 0 where there is no trading. */
  readonly averageDailyValue: number | VectorLike;
  /** What the weights are fractions of; positive. */
  readonly capital: number;
}

/** Limits on the weights, which are fractions of capital. What is absent is unlimited. */
export interface PortfolioConstraints {
  /** Σ|w_i| ≤ max. */
  readonly gross?: { readonly max: number };
  /** min ≤ Σw_i ≤ max, or Σw_i = equal. */
  readonly net?: { readonly min?: number; readonly max?: number } | { readonly equal: number };
  /** min ≤ w_i ≤ max: one number for all assets, or one an asset. ±∞ is no bound. An asset with both alike is fixed. */
  readonly weights?: { readonly min?: number | VectorLike; readonly max?: number | VectorLike };
  /** By a name of the user's, which the names of their limits repeat: "groups.tech.max". */
  readonly groups?: { readonly [name: string]: GroupLimits };
  /** By a name of the user's: "exposures.beta.min". */
  readonly exposures?: { readonly [name: string]: ExposureLimits };
  /** Σ|w_i − currentWeights_i| ≤ max: buys and sells together. */
  readonly turnover?: { readonly max: number };
  /** Of each trade, as a share of an average day's. */
  readonly participation?: ParticipationLimit;
  /** μ'w ≥ min, per period. */
  readonly expectedReturn?: { readonly min: number };
  /** √(w'Σw) ≤ max, per period; not with the objective "tracking-error". */
  readonly volatility?: { readonly max: number };
}

/** Rates in return per period and unit of weight: one for all assets, or one an asset. */
export interface PortfolioCosts {
  /** What trading one unit costs: one rate for both directions, or one for each. Their sum is never negative. */
  readonly linear?:
    | number
    | VectorLike
    | { readonly buy: number | VectorLike; readonly sell: number | VectorLike };
  /** θ ≥ 0 of ½θ(w − w0)², a trade's own impact. */
  readonly quadratic?: number | VectorLike;
  /** What holding one unit costs over the period, long and short; negative where it earns, as a rebate does. Their sum is never negative. */
  readonly funding?: { readonly long: number | VectorLike; readonly short: number | VectorLike };
}

/** A portfolio problem over n assets. μ, Σ and the costs are of the same period. */
export interface PortfolioSpec {
  /** n distinct names, used in the names of limits; without them assets are called by their 0-based index. */
  readonly assets?: readonly string[];
  /** n×n, symmetric, no eigenvalue clearly below zero, it may be singular; or a model by factors. */
  readonly covariance: MatrixLike | FactorCovariance;
  /** n returns per period. Needed for the utility, and for a limit on the expected return. */
  readonly expectedReturns?: VectorLike;
  /**
   * The weights before trading, n. They need not meet the limits.
   * @defaultValue zeros
   */
  readonly currentWeights?: VectorLike;
  readonly objective: PortfolioObjective;
  readonly constraints?: PortfolioConstraints;
  readonly costs?: PortfolioCosts;
  /**
   * - auto: whatever proves itself first; it never stalls where an answer can be proven
   * - native: the active set on the kinks as they are, from nothing
   * - interior-point: the interior point, and the active set it points to
   * - osqp: the splitting method on the problem as a quadratic program, and the active set it points to
   *
   * @defaultValue "auto"
   */
  readonly method?: "auto" | "native" | "interior-point" | "osqp";
}
