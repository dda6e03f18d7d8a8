import { dot } from "../../vectors.ts";
import type { BarrierLayout } from "./barrier-layout.ts";
import type { BarrierPoint } from "./barrier-residuals.ts";

/** The least slack of a limit at the start. */
const LEAST_SLACK = 0.1;

export interface BarrierStartOptions {
  /** The least slack of a bound: 0 for a w within its bounds. */
  readonly leastRoom?: number;
  /** Σ S Z. Unless given the mean of all slacks, pair by pair. */
  readonly complementarity?: number;
}

/** At `w`; every slack what it is, where it is positive; all pairs with the same product. */
export function barrierStart(
  layout: BarrierLayout,
  w: Float64Array,
  { leastRoom = 0, complementarity }: BarrierStartOptions = {},
): BarrierPoint {
  const { lower, upper, folds, rows, sizes, rowMaxima, rowMinima, pairs, at } = layout;
  const S = new Float64Array(pairs).fill(1);
  lower.variables.forEach((variable, k) => {
    S[k] = Math.max(w[variable]! - lower.ends[k]!, leastRoom);
  });
  upper.variables.forEach((variable, k) => {
    S[at.upper + k] = Math.max(upper.ends[k]! - w[variable]!, leastRoom);
  });
  const room = new Float64Array(folds.centres.length).fill(Number.POSITIVE_INFINITY);
  for (const { folds: counted, max } of sizes) {
    for (const k of counted)
      room[k] = Math.min(room[k]!, Math.max(max, LEAST_SLACK) / (2 * counted.length + 1));
  }
  const roomOf = (k: number): number => (room[k]! < Number.POSITIVE_INFINITY ? room[k]! : 1);
  folds.variables.forEach((variable, k) => {
    const centre = folds.centres[k]!;
    S[at.above + k] = Math.max(0, w[variable]! - centre) + roomOf(k);
    S[at.below + k] = Math.max(0, centre - w[variable]!) + roomOf(k);
  });
  sizes.forEach((size, s) => {
    let slack = size.max - size.constant - dot(size.signs, w);
    for (const k of size.folds) slack -= S[at.above + k]! + S[at.below + k]!;
    S[at.sizes + s] = Math.max(slack, LEAST_SLACK);
  });
  const use = rows.map(({ loadings }) => dot(loadings, w));
  rowMaxima.forEach((r, k) => {
    S[at.maxima + k] = Math.max(rows[r]!.max - use[r]!, LEAST_SLACK);
  });
  rowMinima.forEach((r, k) => {
    S[at.minima + k] = Math.max(use[r]! - rows[r]!.min, LEAST_SLACK);
  });
  const product = (complementarity ?? S.reduce((sum, slack) => sum + slack, 0)) / Math.max(1, pairs);
  const Z = S.map((slack) => product / slack);
  const eta = new Float64Array(rows.length);
  rowMaxima.forEach((r, k) => {
    eta[r]! += Z[at.maxima + k]!;
  });
  rowMinima.forEach((r, k) => {
    eta[r]! -= Z[at.minima + k]!;
  });
  return { w: w.slice(), eta, nu: new Float64Array(folds.centres.length), S, Z };
}

/** The middle of the box, or where that is open a point of it. */
export function middleOfBox({ assets, lower, upper }: BarrierLayout): Float64Array {
  const least = new Float64Array(assets.length).fill(Number.NEGATIVE_INFINITY);
  const greatest = new Float64Array(assets.length).fill(Number.POSITIVE_INFINITY);
  lower.variables.forEach((variable, k) => {
    least[variable] = lower.ends[k]!;
  });
  upper.variables.forEach((variable, k) => {
    greatest[variable] = upper.ends[k]!;
  });
  return least.map((end, a) => {
    const middle = (end + greatest[a]!) / 2;
    return Number.isFinite(middle) ? middle : Math.min(Math.max(0, end + 1), greatest[a]! - 1);
  });
}
