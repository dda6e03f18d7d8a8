/** A limit that holds with equality, and what relaxing it is worth. */
export interface BindingLimit {
  /**
   * "gross.max", "net.min", "net.max", "turnover.max", "groups.NAME.min", "groups.NAME.max", "groups.NAME.gross.max",
   * "exposures.NAME.min", "exposures.NAME.max", "expectedReturn.min", "volatility.max", "weights.min[ASSET]", "weights.max[ASSET]" or
   * "participation[ASSET]". An equality is named by the side it presses on.
   */
  readonly constraint: string;
  /** What the objective would gain per unit by which this limit alone is relaxed, to first order; ≥ 0. Of participation: per unit of weight. */
  readonly shadowPrice: number;
  /** What a limit looser by 0.1 of capital would bring, at that price; of gross, net and turnover. */
  readonly perTenth?: number;
  /**
   * How far the price holds, worked out when it is first looked at. Absent where the price is one of the best ratio or of
   * a volatility cap, whose other prices move with the risk, and where nothing is proven.
   */
  readonly reach?: PriceReach;
}

/**
 * What moving one limit does. To each side the price moves evenly from the limit to where another limit or kink takes
 * over, so what such a move brings is its length times the mean of the two prices (of a tracking error: nearly).
 */
export interface PriceReach {
  /** Where the limit stands: the level of an equality; of participation the weight that is traded. */
  readonly limit: number;
  /** False where the optimum may be priced in more than one way: what loosening brings is less than what tightening costs. */
  readonly unique: boolean;
  /** Of the first bit by which the limit is loosened: the least price that certifies the optimum. */
  readonly loosening: PriceLeg;
  /** Of the first bit by which it is tightened: the greatest such price. Absent where no weights meet a tighter limit. */
  readonly tightening?: PriceLeg;
}

/** One side of a {@link PriceReach}. */
export interface PriceLeg {
  /** Per unit, at the limit. */
  readonly price: number;
  /** Where another limit or kink takes over; absent where none ever does. */
  readonly until?: number;
  /** The price there. */
  readonly priceThere?: number;
}

/** What each asset brings to the volatility. */
export interface RiskContributions {
  /** ∂volatility/∂w_i = (Σw)_i ÷ volatility; NaN where the volatility is 0. */
  readonly marginal: Float64Array;
  /** w_i times that: they sum to the volatility. */
  readonly component: Float64Array;
}

export interface GroupWeights {
  /** Σ of the members' |weights|. */
  readonly gross: number;
  /** Σ of the members' weights. */
  readonly net: number;
}

/** What the weights amount to; NaN when infeasible or unbounded. */
export interface PortfolioFigures {
  /** μ'w per period; NaN without expectedReturns. */
  readonly expectedReturn: number;
  /** √(w'Σw) per period of Σ. */
  readonly volatility: number;
  readonly contributions: RiskContributions;
  /** Σ|w_i|. */
  readonly gross: number;
  /** Σw_i. */
  readonly net: number;
  /** Σ|w_i − currentWeights_i|. */
  readonly turnover: number;
  /** By the names of `constraints.groups`. */
  readonly groups: { readonly [name: string]: GroupWeights };
  /** loadings'w, by the names of `constraints.exposures`. */
  readonly exposures: { readonly [name: string]: number };
  /** Each trade as a share of its average day; only where participation is limited. */
  readonly participation?: Float64Array;
}

/** A limit that could give way so that the others hold. */
export interface RelaxedLimit {
  readonly constraint: string;
  /** The least by which it alone must give way; of the box, by which each bound must. */
  readonly by: number;
  /** Where it stands, and where it would have to; absent for the box. */
  readonly from?: number;
  readonly to?: number;
}

/** Why no weights meet the limits. */
export interface PortfolioConflict {
  /** Limits that cannot hold together, though all but any one of them can. */
  readonly constraints: readonly string[];
  /** The same in words, with numbers. */
  readonly message: string;
  /** Those of them that could give way alone, with all other limits kept; the relatively smallest first. */
  readonly smallestRelaxation: readonly RelaxedLimit[];
  /** The least sum of relaxations, box kept, with which all limits can be met; absent when the box itself must give way. */
  readonly total?: number;
}

/** How the weights were found. */
export type PortfolioMethod = "native" | "interior-point" | "osqp";

export interface PortfolioSolution extends PortfolioFigures {
  /**
   * - optimal: violation ≤ 1e-9 (of weights beyond 1: of their size) and relativeGap ≤ 1e-8
   * - infeasible: no weights meet the limits; `conflict` says which, and by how little
   * - unbounded: nothing ends the gain; `message` says why
   * - stalled: the best portfolio found, with its gap and violation
   */
  readonly status: "optimal" | "infeasible" | "unbounded" | "stalled";
  /** n fractions of capital, negative where short; NaN when infeasible or unbounded. */
  readonly weights: Float64Array;
  /** In the user's sense: the utility, the variance w'Σw, the tracking error. */
  readonly objective: number;
  /** How far the objective may be from the best, proven, in its own units. */
  readonly certifiedGap: number;
  /** certifiedGap ÷ the size of the terms of the objective. */
  readonly relativeGap: number;
  /** The largest overrun of a limit, in weight (of an exposure in its own units). */
  readonly violation: number;
  readonly binding: readonly BindingLimit[];
  /** What is allowed and yet worth knowing: limits that currentWeights do not meet. */
  readonly notes: readonly string[];
  /** In plain words why there is no portfolio, when infeasible or unbounded; or that none earns more than the risk-free rate. */
  readonly message?: string;
  /** Which limits exclude each other; only when infeasible. */
  readonly conflict?: PortfolioConflict;
  /** Solves of the active set and steps of the interior point together. */
  readonly iterations: number;
  readonly method: PortfolioMethod;
}
