import { choleskySolve, type Matrix } from "@astra-quant/core-linalg";
import { dot } from "../vectors.ts";

/** An eigenvalue of the Schur complement below this part of the other belongs to a row that says nothing new. */
const DEPENDENT = 1e-12;
/** A dependent row that is missed by less than this is met. */
const CONSISTENT = 1e-10;
/** How hard a dependent row that contradicts the others pulls on its multiplier. */
const CONTRADICTION = 1e10;
const REFINEMENTS = 2;

export interface BorderedSystem {
  /** K, f×f, and its Cholesky factor L. */
  readonly K: Matrix;
  readonly L: Matrix;
  /** Up to two columns of f entries. */
  readonly border: readonly Float64Array[];
}

/**
 * Solves [K C; C' 0] [w; m] = [r; d] by the Schur complement of K, with refinement on the true residuals of both
 * blocks. Where the rows are dependent their multipliers are not determined: m stays as near to `start` as it can.
 */
export function solveBordered(
  system: BorderedSystem,
  r: Float64Array,
  d: readonly number[],
  start: readonly number[],
): { w: Float64Array; m: number[] } {
  const { K, L, border } = system;
  const images = border.map((column) => choleskySolve(L, column));
  const schur = border.map((column) => images.map((image) => dot(column, image)));
  const m = [...start];
  const w = new Float64Array(r.length);
  for (let step = 0; step <= REFINEMENTS; step++) {
    // the residuals of both blocks, and the correction they ask for; a correction of w reaches digits that m rounds away
    const residual = minusBorder(r, border, m);
    for (let i = 0; i < w.length; i++) {
      let image = 0;
      for (let j = 0; j < w.length; j++) image += K.data[i * w.length + j]! * w[j]!;
      residual[i]! -= image;
    }
    const correction = choleskySolve(L, residual);
    const change = solveSmall(
      schur,
      border.map((column, c) => dot(column, correction) + dot(column, w) - d[c]!),
    );
    for (let i = 0; i < w.length; i++) {
      let move = correction[i]!;
      for (let c = 0; c < border.length; c++) move -= images[c]![i]! * change[c]!;
      w[i]! += move;
    }
    for (let c = 0; c < m.length; c++) m[c]! += change[c]!;
  }
  return { w, m };
}

function minusBorder(r: Float64Array, border: readonly Float64Array[], m: readonly number[]): Float64Array {
  return r.map((value, i) => {
    let rest = value;
    for (let c = 0; c < border.length; c++) rest -= border[c]![i]! * m[c]!;
    return rest;
  });
}

/** x with Sx = b for a symmetric semidefinite S of at most two rows, by its eigenvectors. */
function solveSmall(S: readonly (readonly number[])[], b: readonly number[]): number[] {
  if (b.length === 0) return [];
  if (b.length === 1) return [along(b[0]!, S[0]![0]!, S[0]![0]!)];
  const a = S[0]![0]!;
  const c = S[1]![1]!;
  const off = S[0]![1]!;
  const radius = Math.sqrt(0.5 * (a - c) * (0.5 * (a - c)) + off * off);
  const greatest = 0.5 * (a + c) + radius;
  const least = greatest > 0 ? (a * c - off * off) / greatest : 0;
  // the eigenvector of the greatest eigenvalue, from the larger of two equal expressions
  const p = a >= c ? 0.5 * (a - c) + radius : off;
  const q = a >= c ? off : 0.5 * (c - a) + radius;
  const length = Math.sqrt(p * p + q * q);
  const [cos, sin] = length > 0 ? [p / length, q / length] : [1, 0];
  const x = along(cos * b[0]! + sin * b[1]!, greatest, greatest);
  const y = along(cos * b[1]! - sin * b[0]!, least, greatest);
  return [cos * x - sin * y, sin * x + cos * y];
}

function along(b: number, eigenvalue: number, greatest: number): number {
  if (eigenvalue > DEPENDENT * greatest) return b / eigenvalue;
  return Math.abs(b) <= CONSISTENT ? 0 : b * CONTRADICTION;
}
