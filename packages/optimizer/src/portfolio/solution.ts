/** A limit that holds with equality, and what relaxing it is worth. */
export interface BindingLimit {
  /** "gross.max", "net.min", "net.max", "weights.min[NAME]" or "weights.max[NAME]". An equality is named by the side it presses on. */
  readonly constraint: string;
  /** What the objective would gain per unit by which this limit alone is relaxed; ≥ 0. */
  readonly shadowPrice: number;
}

export interface PortfolioSolution {
  /**
   * - optimal: violation ≤ 1e-9 and relativeGap ≤ 1e-8
   * - infeasible: no weights meet the limits; `message` says why
   * - unbounded: nothing ends the gain; `message` says why
   * - stalled: the best portfolio found, with its gap and violation
   */
  readonly status: "optimal" | "infeasible" | "unbounded" | "stalled";
  /** n fractions of capital, negative where short; NaN when infeasible or unbounded. */
  readonly weights: Float64Array;
  /** In the user's sense: the utility, or the variance w'Σw. */
  readonly objective: number;
  /** μ'w per period; NaN without expectedReturns. */
  readonly expectedReturn: number;
  /** √(w'Σw) per period of Σ. */
  readonly volatility: number;
  /** Σ|w_i|. */
  readonly gross: number;
  /** Σw_i. */
  readonly net: number;
  /** How far the objective may be from the best, proven, in its own units. */
  readonly certifiedGap: number;
  /** certifiedGap ÷ the size of the terms of the objective. */
  readonly relativeGap: number;
  /** The largest overrun of a limit, in weight. */
  readonly violation: number;
  readonly binding: readonly BindingLimit[];
  /** In plain words why there is no portfolio; only when infeasible or unbounded. */
  readonly message?: string;
  /** Iterations of the splitting method and solves of the active set together. */
  readonly iterations: number;
  /** What the weights come from: the equations of the active set ("native"), or the polished quadratic program ("osqp"). */
  readonly method: "native" | "osqp";
}
