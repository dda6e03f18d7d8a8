import { cholesky, choleskySolve, Matrix, matVec } from "@astra-quant/core-linalg";

/** a'x ≥ b */
export interface HalfSpace {
  readonly normal: Float64Array;
  readonly bound: number;
}

/** The point, and which half-spaces hold it back, with their multipliers. */
export interface LikeliestPoint {
  readonly point: Float64Array;
  readonly active: readonly number[];
  readonly multipliers: readonly number[];
}

/** A constraint is met to this part of what its sides are made of. */
const TOLERANCE = 1e-12;
/** A normal of which no more than this part is its own, in the metric of Σ, follows from those of the active constraints. */
const DEPENDENCE = 1e-11;
/** How far the constraints that hold the point may be from it at the end, in units of TOLERANCE. */
const HELD = 1e4;

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** A half-space with ΣN of its normal N, and the standard deviation √(NᵀΣN) in which its distance is measured. */
interface Constraint extends HalfSpace {
  readonly reach: Float64Array;
  readonly deviation: number;
}

function constraintOf(covariance: Matrix, { normal, bound }: HalfSpace): Constraint {
  const reach = matVec(covariance, normal);
  return { normal, bound, reach, deviation: Math.sqrt(Math.max(0, dot(normal, reach))) };
}

/** By how many times its rounding a constraint is broken; negative where it holds, NaN where all of it is 0. */
function brokenBy(x: Float64Array, { normal, bound, deviation }: Constraint): number {
  let size = Math.abs(bound) + deviation;
  for (let i = 0; i < x.length; i++) size += Math.abs(normal[i]! * x[i]!);
  return (bound - dot(normal, x)) / (TOLERANCE * size);
}

/** (NᵀΣN)⁻¹ b for the normals of the active constraints. */
function solveActive(gram: readonly number[][], b: readonly number[]): Float64Array | undefined {
  const factor = cholesky(Matrix.fromRows(gram.map((row) => [...row])));
  return factor.status === "ok" ? choleskySolve(factor.L, b) : undefined;
}

/**
 * The point of N(μ, Σ) nearest to μ in Mahalanobis distance, so the likeliest, in the intersection of half-spaces: the dual
 * active-set method of Goldfarb and Idnani, which begins at μ and takes in the constraint that is broken most, written with
 * Σ where the method has the inverse of the Hessian (so Σ may be singular). Undefined where no point that Σ can reach
 * meets all of them.
 */
export function likeliestPoint(
  mean: Float64Array,
  covariance: Matrix,
  halfSpaces: readonly HalfSpace[],
): LikeliestPoint | undefined {
  const x = mean.slice();
  const constraints = halfSpaces.map((space) => constraintOf(covariance, space));
  const active: number[] = [];
  const u: number[] = [];
  // Each step takes in or lets go of a constraint, and none is met twice with the same active set.
  for (let step = 0; step < 50 * (constraints.length + mean.length + 1); step++) {
    const p = mostBroken(x, constraints, active);
    if (p === undefined) {
      const held = active.every((k) => !(brokenBy(x, constraints[k]!) > HELD));
      return held ? { point: x, active, multipliers: u } : undefined;
    }
    if (!takeIn(p)) return undefined;
  }
  return undefined;

  /** Moves to where constraint p holds, letting go of others on the way; false where that cannot be. */
  function takeIn(p: number): boolean {
    const { normal, bound, reach, deviation } = constraints[p]!;
    let multiplier = 0;
    for (;;) {
      const gram = active.map((i) => active.map((j) => dot(constraints[i]!.normal, constraints[j]!.reach)));
      const pull = active.map((i) => dot(constraints[i]!.normal, reach));
      const r = active.length === 0 ? new Float64Array(0) : solveActive(gram, pull);
      if (r === undefined) return false;
      // z = (Σ − ΣN (NᵀΣN)⁻¹ NᵀΣ) a
      const z = reach.slice();
      active.forEach((j, k) => {
        for (let i = 0; i < z.length; i++) z[i]! -= r[k]! * constraints[j]!.reach[i]!;
      });
      const gain = dot(z, normal);
      const canMove = active.length < x.length && gain > DEPENDENCE * deviation * deviation;
      const toBound = canMove ? (bound - dot(normal, x)) / gain : Number.POSITIVE_INFINITY;
      let [toDrop, drop] = [Number.POSITIVE_INFINITY, -1];
      for (let k = 0; k < active.length; k++) {
        if (r[k]! > 0 && u[k]! / r[k]! < toDrop) [toDrop, drop] = [u[k]! / r[k]!, k];
      }
      const t = Math.min(toBound, toDrop);
      if (t === Number.POSITIVE_INFINITY) return false;
      if (canMove) for (let i = 0; i < x.length; i++) x[i]! += t * z[i]!;
      for (let k = 0; k < active.length; k++) u[k]! -= t * r[k]!;
      multiplier += t;
      if (t === toBound) {
        active.push(p);
        u.push(multiplier);
        return true;
      }
      active.splice(drop, 1);
      u.splice(drop, 1);
    }
  }
}

/** The constraint that is broken most, in its own units of rounding; undefined when all hold. */
function mostBroken(
  x: Float64Array,
  constraints: readonly Constraint[],
  active: readonly number[],
): number | undefined {
  let [worst, found]: [number, number | undefined] = [1, undefined];
  constraints.forEach((constraint, k) => {
    if (active.includes(k)) return;
    const broken = brokenBy(x, constraint);
    if (broken > worst) [worst, found] = [broken, k];
  });
  return found;
}
