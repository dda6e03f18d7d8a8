import { scratch, scratchCopy } from "../../scratch.ts";
import { dot } from "../../vectors.ts";
import { noPrices, type PortfolioProblem, type PricedPortfolio } from "../problem/problem.ts";
import { type BarrierLayout, barrierLayout } from "./barrier-layout.ts";
import { type BarrierPoint, barrierResiduals } from "./barrier-residuals.ts";
import { barrierStart, middleOfBox } from "./barrier-start.ts";
import { BarrierStep } from "./barrier-step.ts";

export interface InteriorPointResult {
  readonly portfolio: PricedPortfolio;
  readonly iterations: number;
  /** The largest of gap and residuals, in the problem's units. */
  readonly error: number;
  /** Where the path ended, to be followed further from; undefined when it leads no further. */
  readonly end: BarrierPoint | undefined;
}

const MOST_ITERATIONS = 80;
const STEPS_WITHOUT_PROGRESS = 8;
/** A step that leaves more of the error than this is none. */
const PROGRESS = 0.9;
/** How much of the way to the boundary a step may go. */
const SHY = 0.99;
/** An error below which a step is worth refining. */
const FINE = 1e-3;

/**
 * Mehrotra's predictor and corrector on the split form w − centre = P − M of every kink. The best point by the larger
 * of gap and residuals is kept: pressed further than rounding allows the method wanders off. `from` is where an earlier
 * solve of the same problem, with a larger tolerance, ended; it is moved along.
 */
export function solveByInteriorPoint(
  problem: PortfolioProblem,
  tolerance: number,
  from?: BarrierPoint,
): InteriorPointResult {
  const layout = barrierLayout(problem);
  const point = from ?? barrierStart(layout, middleOfBox(layout));
  const best = { w: scratchCopy(point.w), eta: scratchCopy(point.eta), Z: scratchCopy(point.Z) };
  let error = Number.POSITIVE_INFINITY;
  let standing = 0;
  let iterations = 0;
  while (iterations < MOST_ITERATIONS) {
    const residuals = barrierResiduals(problem, layout, point);
    if (residuals.worst < error) {
      standing = residuals.worst < PROGRESS * error ? 0 : standing + 1;
      error = residuals.worst;
      best.w.set(point.w);
      best.eta.set(point.eta);
      best.Z.set(point.Z);
    } else standing++;
    if (error <= tolerance || standing > STEPS_WITHOUT_PROGRESS || Number.isNaN(residuals.worst)) break;
    const refinements = residuals.worst < FINE ? 1 : 0;
    const direction = BarrierStep.within(problem, layout, point, residuals, (step) =>
      mehrotra(step, point, refinements),
    );
    if (direction === undefined) break;
    iterations++;
    move(point, direction, lengthOf(point, direction, SHY));
  }
  return {
    portfolio: priced(problem, layout, best),
    iterations,
    error,
    end: error <= tolerance ? point : undefined,
  };
}

/** The predictor, and from how far it would come the centring of the corrector, which it returns. */
function mehrotra(step: BarrierStep, point: BarrierPoint, refinements: number): BarrierPoint {
  const { S, Z } = point;
  const complementarity = dot(S, Z);
  const mean = complementarity / Math.max(1, S.length);
  const target = scratch(S.length);
  for (let p = 0; p < S.length; p++) target[p] = -S[p]! * Z[p]!;
  const predictor = step.direction(target, { refinements: 0 });
  const reach = lengthOf(point, predictor, 1);
  let ahead = 0;
  for (let p = 0; p < S.length; p++) {
    ahead += (S[p]! + reach * predictor.S[p]!) * (Z[p]! + reach * predictor.Z[p]!);
  }
  const ratio = complementarity > 0 ? ahead / complementarity : 0;
  const centre = ratio * ratio * ratio * mean;
  for (let p = 0; p < S.length; p++) target[p]! += centre - predictor.S[p]! * predictor.Z[p]!;
  return step.direction(target, { refinements });
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
    const changes = direction[part];
    for (let k = 0; k < values.length; k++) values[k]! += length * changes[k]!;
  }
}

function priced(
  problem: PortfolioProblem,
  { assets, at }: BarrierLayout,
  { w, eta, Z }: Pick<BarrierPoint, "w" | "eta" | "Z">,
): PricedPortfolio {
  const { lower, upper, sizes } = problem;
  const weights = lower.slice();
  for (let a = 0; a < assets.length; a++) {
    const i = assets[a]!;
    weights[i] = Math.min(Math.max(w[a]!, lower[i]!), upper[i]!);
  }
  const prices = noPrices(problem);
  prices.rows.set(eta);
  let p = at.sizes;
  for (let s = 0; s < sizes.length; s++) {
    if (sizes[s]!.max < Number.POSITIVE_INFINITY) prices.sizes[s] = Z[p++]!;
  }
  return { weights, prices };
}
