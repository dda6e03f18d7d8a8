import { type Judged, judgeScaled } from "../optimality.ts";
import type { CheckedProblem } from "../problem.ts";
import type { ScaledProblem } from "../scaling.ts";
import { LET_GO, solveActiveSet } from "./active-set.ts";
import { Barrier } from "./barrier.ts";
import type { NewtonSystem } from "./newton-system.ts";

const MOST_ITERATIONS = 100;
/** Iterations without a better point after which there is none to be had. */
const PATIENCE = 15;
const TO_THE_BOUNDARY = 0.995;
/** From this error on the active set is worth a try, once. */
const SHOWS_THE_ACTIVE_SET = 1e-6;
const ACTIVE_SETS = 3;
/** How exact the directions are: the one that only predicts, and the one that is gone. */
const ROUGH = 1e-4;
const EXACT = 1e-12;

export interface InteriorPointResult extends Judged {
  readonly iterations: number;
}

/**
 * Mehrotra's predictor–corrector method for l ≤ Ax ≤ u: the best point that it found, in the user's terms. It needs no
 * feasible start. Where there is no optimum the error stays large and x or y grow without end.
 */
export function interiorPoint(
  problem: CheckedProblem,
  scaled: ScaledProblem,
  system: NewtonSystem,
  tolerance: number,
): InteriorPointResult {
  const path = new CentralPath(scaled, system);
  let best = path.judged(problem);
  let iterations = 0;
  let bestAt = 0;
  let activeSetTried = false;
  while (best.error > tolerance && iterations < MOST_ITERATIONS && iterations - bestAt < PATIENCE) {
    if (!path.step()) break;
    iterations++;
    const judged = path.judged(problem);
    if (judged.error < best.error) {
      best = judged;
      bestAt = iterations;
    }
    if (best.error > SHOWS_THE_ACTIVE_SET || activeSetTried) continue;
    activeSetTried = true;
    const vertex = solveActiveSet(problem, scaled, system, path.point(), { steps: ACTIVE_SETS, tolerance });
    if (vertex !== undefined && vertex.error < best.error) best = vertex;
  }
  return { ...best, iterations };
}

/**
 * The iterate and one step of it. With s, λ the slacks and multipliers of the sides, y = Σ o λ and W = Σ λ/s,
 *
 *     PΔx + A'Δy = −(Px + q + A'y)          AΔx − W⁻¹Δy = −(Ax − z) + W⁻¹h
 */
class CentralPath {
  readonly #scaled: ScaledProblem;
  readonly #system: NewtonSystem;
  readonly #barrier: Barrier;
  readonly #x: Float64Array;
  readonly #y: Float64Array;
  readonly #z: Float64Array;
  /** Rows without a side, which are let go. */
  readonly #isLoose: Uint8Array;
  readonly #primal: Float64Array;
  readonly #shift: Float64Array;
  readonly #deltaZ: Float64Array;

  constructor(scaled: ScaledProblem, system: NewtonSystem) {
    const { n, m } = scaled;
    this.#scaled = scaled;
    this.#system = system;
    this.#barrier = new Barrier(scaled);
    this.#x = new Float64Array(n);
    this.#y = new Float64Array(m);
    this.#z = new Float64Array(m);
    this.#primal = new Float64Array(m);
    this.#shift = new Float64Array(m);
    this.#deltaZ = new Float64Array(m);
    this.#isLoose = Uint8Array.from(scaled.l, (lower, i) => Number(lower !== scaled.u[i]));
    for (const i of this.#barrier.rows) this.#isLoose[i] = 0;
    this.#start();
    this.#barrier.start(this.#z, this.#y);
    this.#barrier.writeMultipliers(this.#y);
    for (let i = 0; i < m; i++) if (scaled.l[i] === scaled.u[i]) this.#z[i] = scaled.l[i]!;
  }

  judged(problem: CheckedProblem): Judged {
    return judgeScaled(problem, this.#scaled, this.#x, this.#y);
  }

  point(): { x: Float64Array; y: Float64Array; active: Int8Array } {
    const active = new Int8Array(this.#scaled.m);
    this.#barrier.writeActive(active);
    return { x: this.#x, y: this.#y, active };
  }

  /** Predicts, corrects, and goes; false when the system has no factor or the step is no number. */
  step(): boolean {
    const barrier = this.#barrier;
    const mean = this.#writeResiduals();
    this.#letGo();
    barrier.writeSlackness(this.#system.slackness);
    if (!this.#system.factor()) return false;
    barrier.aimAtTheBoundary();
    this.#direct(ROUGH);
    const kept = mean > 0 ? barrier.meanAfter(barrier.longestStep()) / mean : 0;
    barrier.aimAt(kept * kept * kept * mean);
    this.#direct(EXACT);
    const length = Math.min(1, TO_THE_BOUNDARY * barrier.longestStep());
    return this.#advance(length);
  }

  /** The least squares of the rows' distances from the point of their interval that is nearest to 0, beside the cost. */
  #start(): void {
    const { n, m, q, l, u } = this.#scaled;
    const { slackness, rightSide, solution } = this.#system;
    this.#letGo();
    for (const i of this.#barrier.rows) slackness[i] = 1;
    this.#system.factor();
    for (let j = 0; j < n; j++) rightSide[j] = -q[j]!;
    for (let i = 0; i < m; i++) rightSide[n + i] = Math.min(Math.max(0, l[i]!), u[i]!);
    this.#system.solve(ROUGH);
    this.#x.set(solution.subarray(0, n));
    this.#y.set(solution.subarray(n));
    for (let i = 0; i < m; i++) if (this.#isLoose[i] === 1) this.#y[i] = 0;
    this.#z.set(this.#system.image);
  }

  #letGo(): void {
    const { slackness } = this.#system;
    for (let i = 0; i < slackness.length; i++) slackness[i] = this.#isLoose[i] === 1 ? LET_GO : 0;
  }

  /** The right side's x part and the rows' residuals: the mean of sλ. */
  #writeResiduals(): number {
    const { n, m, q } = this.#scaled;
    const { rightSide, image, curvature, pull } = this.#system;
    this.#system.multiply(this.#x, this.#y);
    for (let j = 0; j < n; j++) rightSide[j] = -(curvature[j]! + q[j]! + pull[j]!);
    for (let i = 0; i < m; i++) this.#primal[i] = image[i]! - this.#z[i]!;
    return this.#barrier.measure(this.#z);
  }

  /** Solves for the steps that the barrier aims at, the residual `exact` times the right side. */
  #direct(exact: number): void {
    const { n, m } = this.#scaled;
    const { slackness, rightSide, solution, image } = this.#system;
    const shift = this.#shift;
    this.#barrier.writeShift(shift);
    for (let i = 0; i < m; i++) {
      rightSide[n + i] = this.#isLoose[i] === 1 ? 0 : slackness[i]! * shift[i]! - this.#primal[i]!;
    }
    this.#system.solve(exact);
    for (let i = 0; i < m; i++) {
      // of two equal forms the one that loses fewer digits
      const v = slackness[i]!;
      this.#deltaZ[i] = v < 1 ? v * (solution[n + i]! + shift[i]!) : image[i]! + this.#primal[i]!;
    }
    this.#barrier.follow(this.#deltaZ);
  }

  #advance(length: number): boolean {
    if (!(length > 0)) return false;
    const { n, m } = this.#scaled;
    const { solution } = this.#system;
    for (let j = 0; j < n; j++) this.#x[j]! += length * solution[j]!;
    for (let i = 0; i < m; i++) {
      this.#z[i]! += length * this.#deltaZ[i]!;
      if (this.#isLoose[i] === 0) this.#y[i]! += length * solution[n + i]!;
    }
    this.#barrier.advance(length);
    this.#barrier.writeMultipliers(this.#y);
    return true;
  }
}
