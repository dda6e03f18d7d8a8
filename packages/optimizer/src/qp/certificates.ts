import type { CscMatrix } from "@astra-quant/core-linalg";
import { dot, largest } from "../vectors.ts";
import type { CheckedProblem } from "./problem.ts";
import { dropInfiniteSides, supportFunction } from "./row-sides.ts";
import type { QpStatus } from "./status.ts";
import { ownBox } from "./variable-box.ts";

/** What has to vanish may be this share of the largest entry in its row or column of the matrix. */
const VANISHES = 1e-9;
/** By how much a certificate must outweigh what does not quite vanish. */
const MARGIN = 10;
/** As {@link VANISHES}, for what is worth a closer look. */
const HINTS = 0.2;

const HARDLY_A_BOUND = 1e9;

/**
 * True when v (m entries) proves, in the user's terms and to 1e-9, that no x meets the rows: A'v vanishes and
 * SC(v) = Σ u_i max(v_i, 0) + l_i min(v_i, 0) is negative. Every x of the rows has v'Ax ≤ SC(v), so what is left of A'v
 * must not make up for SC(v) at points of the size that the bounds suggest, nor at the point `at`.
 */
export function provesNoPoint(problem: CheckedProblem, v: Float64Array, at?: Float64Array): boolean {
  const { A, l, u } = problem;
  const direction = v.slice();
  dropInfiniteSides(direction, l, u);
  const size = largest(direction);
  if (!(size > 0 && size < Number.POSITIVE_INFINITY)) return false;
  let support = 0;
  let terms = 0;
  for (let i = 0; i < direction.length; i++) {
    if (direction[i] === 0) continue;
    direction[i]! /= size;
    const term = direction[i]! * (direction[i]! > 0 ? u[i]! : l[i]!);
    support += term;
    terms += Math.abs(term);
  }
  if (!(support < -VANISHES * terms)) return false;
  const image = A.multiplyTransposed(direction);
  const { rows, columns } = largestEntries(A);
  let left = 0;
  for (let j = 0; j < image.length; j++) {
    if (!(Math.abs(image[j]!) <= VANISHES * columns[j]!)) return false;
    left += Math.abs(image[j]!);
  }
  if (MARGIN * left * suggestedSize(problem, rows) >= -support) return false;
  return at === undefined || MARGIN * absoluteDot(image, at) < -support;
}

/**
 * True when v (n entries) proves, in the user's terms and to 1e-9, that the objective falls for ever from any point of
 * the rows: q'v is negative, Pv vanishes, and Av runs against no finite side. With x and y in `at` it must do so against
 * these: were they optimal, −q'v could not exceed what Pv and Av still leave.
 */
export function provesNoBound(
  problem: CheckedProblem,
  v: Float64Array,
  at?: { readonly x: Float64Array; readonly y: Float64Array },
): boolean {
  const { P, A, q, l, u } = problem;
  const size = largest(v);
  if (!(size > 0 && size < Number.POSITIVE_INFINITY)) return false;
  const direction = v.map((value) => value / size);
  const fall = -dot(q, direction);
  if (!(fall > VANISHES * absoluteDot(q, direction))) return false;
  const curvature = P.multiplySymmetric(direction);
  const ofP = largestEntries(P);
  for (let j = 0; j < curvature.length; j++) {
    if (!(Math.abs(curvature[j]!) <= VANISHES * Math.max(ofP.rows[j]!, ofP.columns[j]!))) return false;
  }
  const image = A.multiply(direction);
  const ofA = largestEntries(A);
  let left = at === undefined ? 0 : absoluteDot(curvature, at.x);
  for (let i = 0; i < image.length; i++) {
    let overrun = 0;
    if (u[i]! < Number.POSITIVE_INFINITY) overrun = Math.max(overrun, image[i]!);
    if (l[i]! > Number.NEGATIVE_INFINITY) overrun = Math.max(overrun, -image[i]!);
    if (overrun > VANISHES * ofA.rows[i]!) return false;
    if (at !== undefined) left += overrun * Math.abs(at.y[i]!);
  }
  return MARGIN * left < fall;
}

/** True when v (m entries) goes some way towards what {@link provesNoPoint} asks, at a point of this violation. */
export function hintsAtNoPoint({ A, l, u }: CheckedProblem, v: Float64Array, violation: number): boolean {
  const direction = v.slice();
  dropInfiniteSides(direction, l, u);
  const size = largest(direction);
  const miss = -supportFunction(direction, l, u);
  // where A'v vanishes the point itself misses the rows by as much
  if (!(size > 0 && miss > 0 && miss <= 2 * violation * absoluteSum(direction))) return false;
  const { columns } = largestEntries(A);
  return A.multiplyTransposed(direction).every((left, j) => Math.abs(left) <= HINTS * size * columns[j]!);
}

/** True when v (n entries) goes some way towards what {@link provesNoBound} asks. */
export function hintsAtNoBound({ P, A, q, l, u }: CheckedProblem, v: Float64Array): boolean {
  const size = HINTS * largest(v);
  if (!(size > 0 && dot(q, v) < 0)) return false;
  const ofP = largestEntries(P);
  const curvature = P.multiplySymmetric(v);
  if (curvature.some((left, j) => Math.abs(left) > size * Math.max(ofP.rows[j]!, ofP.columns[j]!)))
    return false;
  const ofA = largestEntries(A);
  return A.multiply(v).every((change, i) => {
    const rises = u[i]! < Number.POSITIVE_INFINITY && change > size * ofA.rows[i]!;
    const falls = l[i]! > Number.NEGATIVE_INFINITY && change < -size * ofA.rows[i]!;
    return !(rises || falls);
  });
}

/** True when rows of a single entry leave a variable no value. */
export function hasCrossedInterval(problem: CheckedProblem): boolean {
  const { least, greatest } = ownBox(problem);
  return least.some((low, j) => {
    const high = greatest[j]!;
    return low - high > VANISHES * (Math.abs(low) + Math.abs(high));
  });
}

/** Whether a certificate holds for the status that it is given with. */
export function provesStatus(problem: CheckedProblem, status: QpStatus, certificate: Float64Array): boolean {
  return status.startsWith("primal")
    ? provesNoPoint(problem, certificate)
    : provesNoBound(problem, certificate);
}

/** The largest |entry| of each row and of each column. */
function largestEntries(matrix: CscMatrix): { readonly rows: Float64Array; readonly columns: Float64Array } {
  const { columnPointers, rowIndices, values } = matrix;
  const rows = new Float64Array(matrix.rows);
  const columns = new Float64Array(matrix.columns);
  for (let j = 0; j < columns.length; j++) {
    for (let k = columnPointers[j]!; k < columnPointers[j + 1]!; k++) {
      const entry = Math.abs(values[k]!);
      rows[rowIndices[k]!] = Math.max(rows[rowIndices[k]!]!, entry);
      columns[j] = Math.max(columns[j]!, entry);
    }
  }
  return { rows, columns };
}

/** The largest |bound| ÷ its row's largest entry, 1 at least; bounds that are hardly bounds do not count. */
function suggestedSize({ l, u }: CheckedProblem, rowSizes: Float64Array): number {
  let most = 1;
  for (let i = 0; i < rowSizes.length; i++) {
    for (const bound of [l[i]!, u[i]!]) {
      const distance = Math.abs(bound) / rowSizes[i]!;
      if (distance < HARDLY_A_BOUND) most = Math.max(most, distance);
    }
  }
  return most;
}

function absoluteSum(v: Float64Array): number {
  let sum = 0;
  for (const value of v) sum += Math.abs(value);
  return sum;
}

function absoluteDot(v: Float64Array, w: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < v.length; k++) sum += Math.abs(v[k]! * w[k]!);
  return sum;
}
