import { factorLdl } from "../../kernels/ldl.ts";
import { largest } from "../../vectors.ts";
import type { KktSystem } from "../kkt.ts";
import type { ScaledProblem } from "../scaling.ts";

/** Stands on the diagonal so that every order of elimination has pivots; refinement takes it off again. */
const REGULARISATION = 1e-10;
const LEAST_REGULARISATION = 1e-14;
const MOST_REGULARISATION = 1e-5;
const REFINEMENTS = 8;
/** Refinement ends when a step leaves more than this share of the residual. */
const WORTHWHILE = 0.5;
/** A residual beyond this share of the right side calls for less regularisation. */
const SLOPPY = 1e-10;

/**
 *     [P, A'; A, −diag(v)] (Δx; Δy) = (f; g)
 *
 * in the scaled space, with a slackness v_i ≥ 0 for every row: 0 holds the row as an equality, a huge one lets it go. The
 * pattern is that of the operator splitting's K, whose analysis serves.
 */
export class NewtonSystem {
  /** Δx, then Δy. */
  readonly solution: Float64Array;
  readonly #scaled: ScaledProblem;
  readonly #kkt: KktSystem;
  readonly #slackness: Float64Array;
  readonly #residual: Float64Array;
  readonly #before: Float64Array;
  readonly #curvature: Float64Array;
  readonly #pull: Float64Array;
  readonly #image: Float64Array;
  #regularisation = REGULARISATION;
  /** Refinement ended early: the regularisation hides something small. */
  #isSlow = false;

  /** Overwrites the matrix and the factor of `kkt`. */
  constructor(scaled: ScaledProblem, kkt: KktSystem) {
    const { n, m } = scaled;
    this.#scaled = scaled;
    this.#kkt = kkt;
    this.#slackness = new Float64Array(m);
    this.solution = new Float64Array(n + m);
    this.#residual = new Float64Array(n + m);
    this.#before = new Float64Array(n + m);
    this.#curvature = new Float64Array(n);
    this.#pull = new Float64Array(n);
    this.#image = new Float64Array(m);
  }

  /** Takes the rows' slackness over and factors, regularised as much as it takes: whether that went. */
  factor(slackness: Float64Array): boolean {
    const kkt = this.#kkt;
    const { P, A, n } = this.#scaled;
    this.#slackness.set(slackness);
    if (this.#isSlow) this.#regularisation = Math.max(this.#regularisation / 10, LEAST_REGULARISATION);
    this.#isSlow = false;
    for (; this.#regularisation <= MOST_REGULARISATION; this.#regularisation *= 10) {
      kkt.setMatrices(P, A, this.#regularisation);
      const { upperValues } = kkt.ldl;
      for (let i = 0; i < slackness.length; i++) {
        upperValues[kkt.penaltyPlaces[i]!] = -slackness[i]! - this.#regularisation;
      }
      if (factorLdl(kkt.ldl) === n) return true;
    }
    return false;
  }

  /**
   * Leaves in `solution` what solves the system without its regularisation, refined until the residual is `exact` times
   * the right side or for as long as that helps.
   */
  solve(rightSide: Float64Array, exact: number): void {
    const { solution } = this;
    const residual = this.#residual;
    solution.fill(0);
    residual.set(rightSide);
    const scale = largest(rightSide);
    let size = Number.POSITIVE_INFINITY;
    for (let step = 0; step <= REFINEMENTS; step++) {
      this.#before.set(solution);
      this.#kkt.solve(residual);
      for (let k = 0; k < solution.length; k++) solution[k]! += residual[k]!;
      this.#writeResidual(rightSide);
      const left = largest(residual);
      if (!(left < size)) {
        if (step > 0) solution.set(this.#before);
        return;
      }
      if (left <= exact * scale) return;
      if (left > WORTHWHILE * size) {
        this.#isSlow = left > SLOPPY * scale;
        return;
      }
      size = left;
    }
  }

  #writeResidual(rightSide: Float64Array): void {
    const { n, m, P, A } = this.#scaled;
    const residual = this.#residual;
    const y = this.solution.subarray(n);
    P.multiplySymmetric(this.solution.subarray(0, n), { out: this.#curvature });
    A.multiplyTransposed(y, { out: this.#pull });
    A.multiply(this.solution.subarray(0, n), { out: this.#image });
    for (let j = 0; j < n; j++) residual[j] = rightSide[j]! - this.#curvature[j]! - this.#pull[j]!;
    for (let i = 0; i < m; i++) {
      residual[n + i] = rightSide[n + i]! - this.#image[i]! + this.#slackness[i]! * y[i]!;
    }
  }
}
