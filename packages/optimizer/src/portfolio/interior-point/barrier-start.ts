import { scratch } from "../../scratch.ts";
import { dot } from "../../vectors.ts";
import type { BarrierLayout } from "./barrier-layout.ts";
import { type BarrierPoint, emptyPoint } from "./barrier-residuals.ts";

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
  const point = emptyPoint(layout);
  const { S, Z, eta } = point;
  point.w.set(w);
  for (let k = 0; k < lower.ends.length; k++) {
    S[k] = Math.max(w[lower.variables[k]!]! - lower.ends[k]!, leastRoom);
  }
  for (let k = 0; k < upper.ends.length; k++) {
    S[at.upper + k] = Math.max(upper.ends[k]! - w[upper.variables[k]!]!, leastRoom);
  }
  const room = foldRooms(layout);
  for (let k = 0; k < room.length; k++) {
    const move = w[folds.variables[k]!]! - folds.centres[k]!;
    S[at.above + k] = Math.max(0, move) + room[k]!;
    S[at.below + k] = Math.max(0, -move) + room[k]!;
  }
  for (let s = 0; s < sizes.length; s++) {
    const { max, constant, signs, folds: counted } = sizes[s]!;
    let slack = max - constant - dot(signs, w);
    for (const k of counted) slack -= S[at.above + k]! + S[at.below + k]!;
    S[at.sizes + s] = Math.max(slack, LEAST_SLACK);
  }
  for (let k = 0; k < rowMaxima.length; k++) {
    const { loadings, max } = rows[rowMaxima[k]!]!;
    S[at.maxima + k] = Math.max(max - dot(loadings, w), LEAST_SLACK);
  }
  for (let k = 0; k < rowMinima.length; k++) {
    const { loadings, min } = rows[rowMinima[k]!]!;
    S[at.minima + k] = Math.max(dot(loadings, w) - min, LEAST_SLACK);
  }
  const product = (complementarity ?? sumOf(S)) / Math.max(1, pairs);
  for (let p = 0; p < pairs; p++) Z[p] = product / S[p]!;
  for (let k = 0; k < rowMaxima.length; k++) eta[rowMaxima[k]!]! += Z[at.maxima + k]!;
  for (let k = 0; k < rowMinima.length; k++) eta[rowMinima[k]!]! -= Z[at.minima + k]!;
  return point;
}

/** What P and M of each fold have beside their difference: a share of the least of the sizes that count it, else 1. */
function foldRooms({ folds, sizes }: BarrierLayout): Float64Array {
  const room = scratch(folds.centres.length).fill(Number.POSITIVE_INFINITY);
  for (const { folds: counted, max } of sizes) {
    const share = Math.max(max, LEAST_SLACK) / (2 * counted.length + 1);
    for (const k of counted) room[k] = Math.min(room[k]!, share);
  }
  for (let k = 0; k < room.length; k++) if (room[k] === Number.POSITIVE_INFINITY) room[k] = 1;
  return room;
}

function sumOf(v: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < v.length; i++) sum += v[i]!;
  return sum;
}

/** The middle of the box, or where that is open a point of it. */
export function middleOfBox({ assets, lower, upper }: BarrierLayout): Float64Array {
  const least = scratch(assets.length).fill(Number.NEGATIVE_INFINITY);
  const greatest = scratch(assets.length).fill(Number.POSITIVE_INFINITY);
  for (let k = 0; k < lower.ends.length; k++) least[lower.variables[k]!] = lower.ends[k]!;
  for (let k = 0; k < upper.ends.length; k++) greatest[upper.variables[k]!] = upper.ends[k]!;
  const out = scratch(assets.length);
  for (let a = 0; a < out.length; a++) {
    const middle = (least[a]! + greatest[a]!) / 2;
    out[a] = Number.isFinite(middle) ? middle : Math.min(Math.max(0, least[a]! + 1), greatest[a]! - 1);
  }
  return out;
}
