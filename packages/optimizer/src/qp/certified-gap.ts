import { type CscMatrix, type SparseColumns, type SparseLdl, sparseLdl } from "@astra-quant/core-linalg";
import type { CheckedProblem } from "./problem.ts";
import type { Quality } from "./quality.ts";
import { type Box, ownBox, propagatedBox } from "./variable-box.ts";

const SAFE_PIVOT = 1e-10;
/** A component of the gradient below this share of the terms that cancel in it is none. */
const ROUNDING = 4 * Number.EPSILON;

/** Whether a value of the gradient's j-th component is what the rounding of its own terms leaves of nothing. */
type IsRounding = (j: number, value: number) => boolean;

/**
 * f(x) minus a lower bound on the optimum that holds in exact arithmetic up to rounding:
 *
 *     f* ≥ −½x'Px − SC(ŷ) + inf_v [ r'v + ½(v − x)'P(v − x) ],     r = Px + q + A'ŷ
 *
 * The infimum is taken over the intervals that the rows give the variables: those of a single entry first, then, where
 * these leave an end open, what the others imply. Variables F that stay open are eliminated by their curvature,
 *
 *     inf over v_F = r_F'x_F − ½ r_F'P_FF⁻¹r_F,     which leaves ρ_B = r_B − P_BF P_FF⁻¹ r_F to the intervals of the others
 *
 * if P_FF is safely positive definite. Else there is no bound: NaN.
 */
export class GapCertifier {
  readonly #problem: CheckedProblem;
  readonly #order: () => Int32Array;
  #ownBox: Box | undefined;
  #box: Box | undefined;
  #curvature: OpenCurvature | undefined;

  /** `order` gives an order of the variables in which P's factor fills little. */
  constructor(problem: CheckedProblem, order: () => Int32Array) {
    this.#problem = problem;
    this.#order = order;
  }

  /** Forgets the variables' intervals, after new l and u. */
  boundsChanged(): void {
    this.#ownBox = undefined;
    this.#box = undefined;
    this.#curvature = undefined;
  }

  certifiedGap(x: Float64Array, quality: Quality): number {
    let terms: Float64Array | undefined;
    const isRounding: IsRounding = (j, value) => {
      terms ??= gradientTerms(this.#problem, x, quality.multipliers);
      // and what is rounding beside the rounding of the largest is nothing to anybody
      return Math.abs(value) <= ROUNDING * Math.max(terms[j]!, ROUNDING * quality.gradientScale);
    };
    this.#ownBox ??= ownBox(this.#problem);
    const least = infimum(this.#ownBox, quality.gradient, isRounding);
    if (Number.isFinite(least)) return quality.gap - least;
    this.#box ??= propagatedBox(this.#problem, this.#ownBox);
    const implied = infimum(this.#box, quality.gradient, isRounding);
    if (Number.isFinite(implied)) return quality.gap - implied;
    this.#curvature ??= new OpenCurvature(this.#problem, this.#box, this.#order());
    return quality.gap - this.#curvature.infimum(this.#box, x, quality.gradient, isRounding);
  }
}

/** Σ r_j v_j at its least; −∞ where a v_j has no end on the side that matters. */
function infimum({ least, greatest }: Box, r: Float64Array, isRounding: IsRounding): number {
  let sum = 0;
  for (let j = 0; j < r.length; j++) {
    if (r[j] === 0) continue;
    const end = r[j]! > 0 ? least[j]! : greatest[j]!;
    if (Number.isFinite(end)) sum += r[j]! * end;
    else if (!isRounding(j, r[j]!)) return Number.NEGATIVE_INFINITY;
  }
  return sum;
}

/** Σ of the |terms| of each component of Px + q + A'y. */
function gradientTerms({ n, P, q, A }: CheckedProblem, x: Float64Array, y: Float64Array): Float64Array {
  const terms = q.map(Math.abs);
  for (let j = 0; j < n; j++) {
    for (let k = P.columnPointers[j]!; k < P.columnPointers[j + 1]!; k++) {
      const i = P.rowIndices[k]!;
      terms[j]! += Math.abs(P.values[k]! * x[i]!);
      if (i !== j) terms[i]! += Math.abs(P.values[k]! * x[j]!);
    }
    for (let k = A.columnPointers[j]!; k < A.columnPointers[j + 1]!; k++) {
      terms[j]! += Math.abs(A.values[k]! * y[A.rowIndices[k]!]!);
    }
  }
  return terms;
}

/** P_FF's factor, F being the variables with curvature of their own whose interval has an open end. */
class OpenCurvature {
  readonly #P: CscMatrix;
  readonly #open: Int32Array;
  readonly #factor: SparseLdl | undefined;

  constructor({ n, P }: CheckedProblem, { least, greatest }: Box, order: Int32Array) {
    const isOpen = (j: number): boolean => !(Number.isFinite(least[j]!) && Number.isFinite(greatest[j]!));
    this.#P = P;
    // in an order in which P fills little, so P_FF too
    this.#open = order.filter((j) => isOpen(j) && hasCurvature(P, j));
    const place = new Int32Array(n).fill(-1);
    this.#open.forEach((j, k) => {
      place[j] = k;
    });
    this.#factor = this.#open.length === 0 ? undefined : safeFactor(submatrix(P, place, this.#open.length));
  }

  /** NaN where the curvature does not bound it. */
  infimum({ least, greatest }: Box, x: Float64Array, r: Float64Array, isRounding: IsRounding): number {
    if (this.#factor === undefined) return Number.NaN;
    const restricted = Float64Array.from(this.#open, (j) => r[j]!);
    const solved = this.#factor.solve(restricted);
    const step = new Float64Array(x.length);
    this.#open.forEach((j, k) => {
      step[j] = solved[k]!;
    });
    const pulled = this.#P.multiplySymmetric(step);
    let sum = 0;
    for (let k = 0; k < solved.length; k++) {
      sum += restricted[k]! * (x[this.#open[k]!]! - 0.5 * solved[k]!);
    }
    const isEliminated = new Uint8Array(x.length);
    for (const j of this.#open) isEliminated[j] = 1;
    for (let j = 0; j < x.length; j++) {
      if (isEliminated[j] === 1) continue;
      const rho = r[j]! - pulled[j]!;
      const end = rho > 0 ? least[j]! : greatest[j]!;
      if (Number.isFinite(end)) sum += r[j]! * x[j]! + rho * (end - x[j]!);
      else if (!isRounding(j, rho)) return Number.NaN;
    }
    return sum;
  }
}

function hasCurvature({ columnPointers, rowIndices, values }: CscMatrix, j: number): boolean {
  const last = columnPointers[j + 1]! - 1;
  return last >= columnPointers[j]! && rowIndices[last] === j && values[last]! > 0;
}

/** The rows and columns that have a place, in the order of their places; an upper triangle, its rows in any order. */
function submatrix(P: CscMatrix, place: Int32Array, size: number): SparseColumns {
  const columnPointers = new Int32Array(size + 1);
  forEachPlaced(P, place, (_, column) => {
    columnPointers[column + 1]!++;
  });
  for (let j = 0; j < size; j++) columnPointers[j + 1]! += columnPointers[j]!;
  const next = columnPointers.slice(0, size);
  const rowIndices = new Int32Array(columnPointers[size]!);
  const values = new Float64Array(rowIndices.length);
  forEachPlaced(P, place, (row, column, value) => {
    const at = next[column]!++;
    rowIndices[at] = row;
    values[at] = value;
  });
  return { rows: size, columns: size, columnPointers, rowIndices, values };
}

function forEachPlaced(
  { columns, columnPointers, rowIndices, values }: CscMatrix,
  place: Int32Array,
  visit: (row: number, column: number, value: number) => void,
): void {
  for (let j = 0; j < columns; j++) {
    const b = place[j]!;
    if (b < 0) continue;
    for (let k = columnPointers[j]!; k < columnPointers[j + 1]!; k++) {
      const a = place[rowIndices[k]!]!;
      if (a >= 0) visit(Math.min(a, b), Math.max(a, b), values[k]!);
    }
  }
}

/** The factor, when the matrix is positive definite by a safe margin. */
function safeFactor(matrix: SparseColumns): SparseLdl | undefined {
  let scale = 0;
  for (const value of matrix.values) scale = Math.max(scale, Math.abs(value));
  const ldl = sparseLdl(matrix, { ordering: "natural" });
  const isSafe = ldl.inertia.positive === matrix.columns && ldl.smallestPivot > SAFE_PIVOT * scale;
  return isSafe ? ldl : undefined;
}
