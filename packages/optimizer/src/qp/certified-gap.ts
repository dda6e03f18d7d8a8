import { type CscMatrix, type SparseLdl, sparseLdl } from "@astra-quant/core-linalg";
import { dot } from "../vectors.ts";
import type { CheckedProblem } from "./problem.ts";
import type { Quality } from "./quality.ts";

const SAFE_PIVOT = 1e-10;

/**
 * f(x) minus a lower bound on the optimum that holds in exact arithmetic up to rounding:
 *
 *     f* ≥ −½x'Px − SC(ŷ) + inf_v [ r'v + ½(v − x)'P(v − x) ],     r = Px + q + A'ŷ
 *
 * The infimum is taken over the intervals that single-entry rows give the variables; where they do not bound
 * it, over everything, if P is safely positive definite. Else there is no bound: NaN.
 */
export class GapCertifier {
  readonly #problem: CheckedProblem;
  readonly #order: () => Int32Array;
  #box: Box | undefined;
  #curvature: SparseLdl | undefined;
  #curvatureTried = false;

  /** `order` gives an order of the variables in which P's factor fills little. */
  constructor(problem: CheckedProblem, order: () => Int32Array) {
    this.#problem = problem;
    this.#order = order;
  }

  /** Forgets the variables' intervals, after new l and u. */
  boundsChanged(): void {
    this.#box = undefined;
  }

  certifiedGap(x: Float64Array, quality: Quality): number {
    const boxed = this.#infimumOverBox(quality.gradient);
    if (Number.isFinite(boxed)) return quality.gap - boxed;
    const curvature = this.#curvatureFactor();
    if (curvature === undefined) return Number.NaN;
    const r = quality.gradient;
    const solved = curvature.solve(r);
    return quality.gap - (dot(r, x) - 0.5 * dot(r, solved));
  }

  #infimumOverBox(r: Float64Array): number {
    this.#box ??= impliedBox(this.#problem);
    const { least, greatest } = this.#box;
    let sum = 0;
    for (let j = 0; j < r.length; j++) {
      if (r[j] !== 0) sum += r[j]! * (r[j]! > 0 ? least[j]! : greatest[j]!);
    }
    return sum;
  }

  /** P's factor, when P is positive definite by a safe margin. */
  #curvatureFactor(): SparseLdl | undefined {
    if (this.#curvatureTried) return this.#curvature;
    this.#curvatureTried = true;
    const { n, P } = this.#problem;
    if (!hasPositiveDiagonal(P)) return undefined;
    let scale = 0;
    for (const value of P.values) scale = Math.max(scale, Math.abs(value));
    const ldl = sparseLdl(P, { ordering: this.#order() });
    const safe = ldl.inertia.positive === n && ldl.smallestPivot > SAFE_PIVOT * scale;
    this.#curvature = safe ? ldl : undefined;
    return this.#curvature;
  }
}

interface Box {
  readonly least: Float64Array;
  readonly greatest: Float64Array;
}

/** The intervals that rows of a single entry give the variables. */
function impliedBox({ n, m, A, l, u }: CheckedProblem): Box {
  const { columnPointers, rowIndices, values } = A;
  const least = new Float64Array(n).fill(Number.NEGATIVE_INFINITY);
  const greatest = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
  const entries = new Int32Array(m);
  for (let k = 0; k < values.length; k++) if (values[k] !== 0) entries[rowIndices[k]!]!++;
  for (let j = 0; j < n; j++) {
    for (let k = columnPointers[j]!; k < columnPointers[j + 1]!; k++) {
      const i = rowIndices[k]!;
      const a = values[k]!;
      if (entries[i] !== 1 || a === 0) continue;
      least[j] = Math.max(least[j]!, (a > 0 ? l[i]! : u[i]!) / a);
      greatest[j] = Math.min(greatest[j]!, (a > 0 ? u[i]! : l[i]!) / a);
    }
  }
  return { least, greatest };
}

/** What every positive definite matrix has; it is cheaper to ask than to factor. */
function hasPositiveDiagonal({ columns, columnPointers, rowIndices, values }: CscMatrix): boolean {
  for (let j = 0; j < columns; j++) {
    const last = columnPointers[j + 1]! - 1;
    if (!(last >= columnPointers[j]! && rowIndices[last] === j && values[last]! > 0)) return false;
  }
  return true;
}
