import type { Matrix } from "@astra-quant/core-linalg";

/**
 * minimise f(w) = ½γ w'Σw − μ'w  subject to  lower ≤ w ≤ upper,  Σ|w_i| ≤ gross,  netMin ≤ Σw_i ≤ netMax.
 * What is unlimited is infinite.
 */
export interface PortfolioProblem {
  readonly n: number;
  readonly sigma: Matrix;
  readonly mu: Float64Array;
  readonly gamma: number;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly gross: number;
  readonly netMin: number;
  readonly netMax: number;
}

/** A portfolio with the multipliers of its limits: λ ≥ 0 of gross, η of net (> 0 presses on netMax). */
export interface PricedPortfolio {
  readonly weights: Float64Array;
  readonly lambda: number;
  readonly eta: number;
}
