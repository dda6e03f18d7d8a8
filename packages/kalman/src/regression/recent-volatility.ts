import { exp } from "@astra-quant/core-linalg";
import { requirePositive } from "@astra-quant/core-linalg/guards";

/** What an average of squares never falls below, so that a filter that was always right divides by no zero. */
const LEAST_SQUARES = 1e-290;

export interface RecentVolatilityState {
  readonly halfLife: number;
  readonly squares: number;
  readonly weight: number;
}

/**
 * How large the standardised innovations were of late: the exponentially weighted average of their squares, which begins
 * with one bar's worth of 1, the filter's own belief. What divides a bar comes from the bars before it.
 */
export class RecentVolatility {
  readonly #halfLife: number;
  readonly #keep: number;
  #squares: number;
  #weight: number;

  constructor(halfLife: number, squares = 1, weight = 1) {
    this.#halfLife = halfLife;
    this.#keep = exp(-Math.LN2 / halfLife);
    this.#squares = squares;
    this.#weight = weight;
  }

  /** `ratio` in units of the bars before; NaN passes and leaves no trace. */
  standardize(ratio: number): number {
    if (Number.isNaN(ratio)) return ratio;
    const z = ratio / Math.sqrt(this.#squares / this.#weight);
    this.#squares = Math.max(this.#keep * this.#squares + ratio * ratio, LEAST_SQUARES);
    this.#weight = this.#keep * this.#weight + 1;
    return z;
  }

  get state(): RecentVolatilityState {
    return { halfLife: this.#halfLife, squares: this.#squares, weight: this.#weight };
  }

  static from(name: string, state: RecentVolatilityState): RecentVolatility {
    return new RecentVolatility(
      requirePositive(`${name}.halfLife`, state?.halfLife),
      requirePositive(`${name}.squares`, state.squares),
      requirePositive(`${name}.weight`, state.weight),
    );
  }
}
