import { type Newton, type NewtonEngine, withNewtonEngine } from "../../kernels/newton.ts";
import type { KktSystem } from "../kkt.ts";
import type { ScaledProblem } from "../scaling.ts";

/** Stands on the diagonal so that every order of elimination has pivots; refinement takes it off again. */
const REGULARISATION = 1e-10;
const LEAST_REGULARISATION = 1e-14;
const MOST_REGULARISATION = 1e-5;

/**
 *     [P, A'; A, −diag(v)] (Δx; Δy) = (f; g)
 *
 * in the scaled space, with a slackness v_i ≥ 0 for every row: 0 holds the row as an equality, a huge one lets it go. The
 * pattern is that of the operator splitting's K, whose analysis serves; K's numbers stay as they are.
 */
export class NewtonSystem {
  /** v, for {@link factor} to take. */
  readonly slackness: Float64Array;
  /** f, then g, for {@link solve} to take. */
  readonly rightSide: Float64Array;
  /** Δx, then Δy. */
  readonly solution: Float64Array;
  /** Ax of the last solution, or of the last point. */
  readonly image: Float64Array;
  /** Px and A'y of the last point. */
  readonly curvature: Float64Array;
  readonly pull: Float64Array;
  readonly #arrays: Newton;
  readonly #engine: NewtonEngine;
  #regularisation = REGULARISATION;
  /** Refinement ended early: the regularisation hides something small. */
  #isSlow = false;

  private constructor(arrays: Newton, engine: NewtonEngine) {
    this.#arrays = arrays;
    this.#engine = engine;
    this.slackness = arrays.slackness;
    this.rightSide = arrays.rightSide;
    this.solution = arrays.solution;
    this.image = arrays.image;
    this.curvature = arrays.curvature;
    this.pull = arrays.pull;
  }

  /** What `run` gives with the system, which lives until then. */
  static use<T>(scaled: ScaledProblem, kkt: KktSystem, run: (system: NewtonSystem) => T): T {
    const arrays = newtonArrays(scaled, kkt);
    return withNewtonEngine(kkt.ldl, arrays, (engine) => run(new NewtonSystem(arrays, engine)));
  }

  /** Begins anew with the regularisation that it had first. */
  reset(): void {
    this.#regularisation = REGULARISATION;
    this.#isSlow = false;
  }

  /** Factors, regularised as much as it takes: whether that went. */
  factor(): boolean {
    if (this.#isSlow) this.#regularisation = Math.max(this.#regularisation / 10, LEAST_REGULARISATION);
    this.#isSlow = false;
    for (; this.#regularisation <= MOST_REGULARISATION; this.#regularisation *= 10) {
      if (this.#engine.factor(this.#regularisation) === this.#arrays.n) return true;
    }
    return false;
  }

  /**
   * Leaves in `solution` what solves the system without its regularisation, refined until the residual is `exact` times
   * the right side or for as long as that helps.
   */
  solve(exact: number): void {
    if (this.#engine.solve(exact)) this.#isSlow = true;
  }

  /** Leaves Ax, Px and A'y in `image`, `curvature` and `pull`. */
  multiply(x: Float64Array, y: Float64Array): void {
    const { point, n } = this.#arrays;
    point.set(x);
    point.set(y, n);
    this.#engine.products();
  }
}

/** Room for the systems of a problem. */
export function newtonArrays({ n, m, P, A }: ScaledProblem, kkt: KktSystem): Newton {
  const both = (): Float64Array => new Float64Array(n + m);
  return {
    n,
    m,
    entries: kkt.ldl.upperValues.length,
    place: kkt.place,
    diagonalPlaces: kkt.diagonalPlaces,
    objectivePlaces: kkt.objectivePlaces,
    rowPlaces: kkt.rowPlaces,
    pPointers: P.columnPointers,
    pRows: P.rowIndices,
    pValues: P.values,
    aPointers: A.columnPointers,
    aRows: A.rowIndices,
    aValues: A.values,
    slackness: new Float64Array(m),
    rightSide: both(),
    solution: both(),
    before: both(),
    residual: both(),
    point: both(),
    image: new Float64Array(m),
    curvature: new Float64Array(n),
    pull: new Float64Array(n),
  };
}
