import { dot } from "../../vectors.ts";
import { noPrices, type PortfolioProblem, type PricedPortfolio } from "../problem/problem.ts";
import { type BarrierLayout, barrierLayout } from "./barrier-layout.ts";
import { type BarrierPoint, barrierResiduals } from "./barrier-residuals.ts";
import { BarrierStep } from "./barrier-step.ts";

export interface InteriorPointResult {
  readonly portfolio: PricedPortfolio;
  readonly iterations: number;
  /** The largest of gap and residuals, in the problem's units. */
  readonly error: number;
}

const MOST_ITERATIONS = 80;
const STEPS_WITHOUT_PROGRESS = 8;
/** A step that leaves more of the error than this is none. */
const PROGRESS = 0.9;
/** The least slack of a limit at the start. */
const LEAST_SLACK = 0.1;
/** How much of the way to the boundary a step may go. */
const SHY = 0.99;

/**
 * Mehrotra's predictor and corrector on the split form w − centre = P − M of every kink. The best point by the larger
 * of gap and residuals is kept: pressed further than rounding allows the method wanders off.
 */
export function solveByInteriorPoint(problem: PortfolioProblem, tolerance: number): InteriorPointResult {
  const layout = barrierLayout(problem);
  const point = startingPoint(layout);
  let best = priced(problem, layout, point);
  let error = Number.POSITIVE_INFINITY;
  let standing = 0;
  let iterations = 0;
  while (iterations < MOST_ITERATIONS) {
    const residuals = barrierResiduals(problem, layout, point);
    if (residuals.worst < error) {
      standing = residuals.worst < PROGRESS * error ? 0 : standing + 1;
      error = residuals.worst;
      best = priced(problem, layout, point);
    } else standing++;
    if (error <= tolerance || standing > STEPS_WITHOUT_PROGRESS || Number.isNaN(residuals.worst)) break;
    const step = BarrierStep.at(problem, layout, point, residuals);
    if (step === undefined) break;
    iterations++;
    const { pairs } = layout;
    const complementarity = dot(point.S, point.Z);
    const mean = complementarity / Math.max(1, pairs);
    const target = point.S.map((s, p) => -s * point.Z[p]!);
    const predictor = step.direction(target);
    const reach = lengthOf(point, predictor, 1);
    let ahead = 0;
    for (let p = 0; p < pairs; p++) {
      ahead += (point.S[p]! + reach * predictor.S[p]!) * (point.Z[p]! + reach * predictor.Z[p]!);
    }
    const ratio = complementarity > 0 ? ahead / complementarity : 0;
    const centre = ratio * ratio * ratio * mean;
    for (let p = 0; p < pairs; p++) target[p]! += centre - predictor.S[p]! * predictor.Z[p]!;
    const corrector = step.direction(target);
    move(point, corrector, lengthOf(point, corrector, SHY));
  }
  return { portfolio: best, iterations, error };
}

/** The middle of the box; every slack what it is, where it is positive; all pairs with the same product. */
function startingPoint(layout: BarrierLayout): BarrierPoint {
  const { assets, lower, upper, folds, rows, sizes, rowMaxima, rowMinima, pairs, at } = layout;
  const least = new Float64Array(assets.length).fill(Number.NEGATIVE_INFINITY);
  const greatest = new Float64Array(assets.length).fill(Number.POSITIVE_INFINITY);
  for (const { variable, end } of lower) least[variable] = end;
  for (const { variable, end } of upper) greatest[variable] = end;
  const w = least.map((end, a) => {
    const middle = (end + greatest[a]!) / 2;
    return Number.isFinite(middle) ? middle : Math.min(Math.max(0, end + 1), greatest[a]! - 1);
  });
  const S = new Float64Array(pairs).fill(1);
  lower.forEach(({ variable, end }, k) => {
    S[k] = w[variable]! - end;
  });
  upper.forEach(({ variable, end }, k) => {
    S[at.upper + k] = end - w[variable]!;
  });
  const room = new Float64Array(folds.length).fill(Number.POSITIVE_INFINITY);
  for (const { folds: counted, max } of sizes) {
    for (const k of counted)
      room[k] = Math.min(room[k]!, Math.max(max, LEAST_SLACK) / (2 * counted.length + 1));
  }
  const roomOf = (k: number): number => (room[k]! < Number.POSITIVE_INFINITY ? room[k]! : 1);
  folds.forEach(({ variable, centre }, k) => {
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
  const product = S.reduce((sum, slack) => sum + slack, 0) / Math.max(1, pairs);
  const Z = S.map((slack) => product / slack);
  const eta = new Float64Array(rows.length);
  rowMaxima.forEach((r, k) => {
    eta[r]! += Z[at.maxima + k]!;
  });
  rowMinima.forEach((r, k) => {
    eta[r]! -= Z[at.minima + k]!;
  });
  return { w, eta, nu: new Float64Array(folds.length), S, Z };
}

/** How much of `direction` keeps all slacks and multipliers positive, at most 1, `shy` of it. */
function lengthOf({ S, Z }: BarrierPoint, direction: BarrierPoint, shy: number): number {
  let length = 1 / shy;
  for (let p = 0; p < S.length; p++) {
    if (direction.S[p]! < 0) length = Math.min(length, -S[p]! / direction.S[p]!);
    if (direction.Z[p]! < 0) length = Math.min(length, -Z[p]! / direction.Z[p]!);
  }
  return Math.min(1, shy * length);
}

function move(point: BarrierPoint, direction: BarrierPoint, length: number): void {
  for (const part of ["w", "eta", "nu", "S", "Z"] as const) {
    const values = point[part];
    for (let k = 0; k < values.length; k++) values[k]! += length * direction[part][k]!;
  }
}

function priced(
  problem: PortfolioProblem,
  layout: BarrierLayout,
  { w, eta, Z }: BarrierPoint,
): PricedPortfolio {
  const weights = problem.lower.slice();
  layout.assets.forEach((i, a) => {
    weights[i] = Math.min(Math.max(w[a]!, problem.lower[i]!), problem.upper[i]!);
  });
  const prices = noPrices(problem);
  prices.rows.set(eta);
  let p = layout.at.sizes;
  problem.sizes.forEach(({ max }, s) => {
    if (max < Number.POSITIVE_INFINITY) prices.sizes[s] = Z[p++]!;
  });
  return { weights, prices };
}
