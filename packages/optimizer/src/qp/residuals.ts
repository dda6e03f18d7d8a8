import { dot, largest, largestProduct } from "../vectors.ts";
import { clampRho } from "./penalty.ts";
import { dropInfiniteSides, supportFunction } from "./row-sides.ts";
import type { ScaledProblem } from "./scaling.ts";

const TINY_MULTIPLIER = 1e-15;
const NO_DIVISION_BY_ZERO = 1e-30;

/**
 * How far a point (x, z, y) is from optimal. Residuals and their scales are in the terms of the termination
 * test; objective, dual objective and gap are the user's always.
 */
export class Residuals {
  primal: number = Number.NaN;
  primalScale: number = 0;
  dual: number = Number.NaN;
  dualScale: number = 0;
  gap: number = Number.NaN;
  gapScale: number = 0;
  objective: number = Number.NaN;
  dualObjective: number = Number.NaN;
  /** What rho ought to be for the two residuals to fall alike. */
  balance: number = Number.NaN;

  readonly #Ax: Float64Array;
  readonly #primal: Float64Array;
  readonly #Px: Float64Array;
  readonly #Aty: Float64Array;
  readonly #dual: Float64Array;
  readonly #active: Float64Array;

  constructor(n: number, m: number) {
    this.#Ax = new Float64Array(m);
    this.#primal = new Float64Array(m);
    this.#Px = new Float64Array(n);
    this.#Aty = new Float64Array(n);
    this.#dual = new Float64Array(n);
    this.#active = new Float64Array(m);
  }

  measure(
    problem: ScaledProblem,
    point: { x: Float64Array; z: Float64Array; y: Float64Array },
    rho: number,
    scaledTerms: boolean,
  ): void {
    const { P, A, q, l, u, inverseD, inverseE, c } = problem;
    const { x, z, y } = point;
    A.multiply(x, { out: this.#Ax });
    P.multiplySymmetric(x, { out: this.#Px });
    A.multiplyTransposed(y, { out: this.#Aty });
    for (let i = 0; i < z.length; i++) this.#primal[i] = this.#Ax[i]! - z[i]!;
    for (let j = 0; j < x.length; j++) this.#dual[j] = this.#Px[j]! + q[j]! + this.#Aty[j]!;

    const xPx = dot(x, this.#Px);
    const qx = dot(q, x);
    const support = this.#support(y, l, u);
    const gap = xPx + qx + support;
    this.objective = (0.5 * xPx + qx) / c;
    this.dualObjective = (-0.5 * xPx - support) / c;

    if (scaledTerms) {
      this.primal = largest(this.#primal);
      this.primalScale = Math.max(largest(z), largest(this.#Ax));
      this.dual = largest(this.#dual);
      this.dualScale = Math.max(largest(q), largest(this.#Aty), largest(this.#Px));
    } else {
      this.primal = largestProduct(this.#primal, inverseE);
      this.primalScale = Math.max(largestProduct(z, inverseE), largestProduct(this.#Ax, inverseE));
      this.dual = largestProduct(this.#dual, inverseD) / c;
      this.dualScale =
        Math.max(
          largestProduct(q, inverseD),
          largestProduct(this.#Aty, inverseD),
          largestProduct(this.#Px, inverseD),
        ) / c;
    }
    const gapUnit = scaledTerms ? 1 : c;
    this.gap = gap / gapUnit;
    this.gapScale = Math.max(Math.abs(xPx), Math.abs(qx), Math.abs(support)) / gapUnit;
    this.balance = this.#balancedRho(rho, q, z);
  }

  /** The gap in the user's terms, signed: primal objective − dual objective. */
  get dualityGap(): number {
    return this.objective - this.dualObjective;
  }

  #support(y: Float64Array, l: Float64Array, u: Float64Array): number {
    this.#active.set(y);
    dropInfiniteSides(this.#active, l, u);
    for (let i = 0; i < y.length; i++) if (Math.abs(y[i]!) < TINY_MULTIPLIER) this.#active[i] = 0;
    return supportFunction(this.#active, l, u);
  }

  #balancedRho(rho: number, q: Float64Array, z: Float64Array): number {
    const primal = largest(this.#primal) / (Math.max(largest(z), largest(this.#Ax)) + NO_DIVISION_BY_ZERO);
    const dual =
      largest(this.#dual) /
      (Math.max(largest(q), largest(this.#Aty), largest(this.#Px)) + NO_DIVISION_BY_ZERO);
    return clampRho(rho * Math.sqrt(primal / dual));
  }
}
