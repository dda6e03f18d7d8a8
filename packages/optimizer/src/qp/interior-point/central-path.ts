import { scaledShortfall } from "../optimality.ts";
import type { ScaledProblem } from "../scaling.ts";
import { LET_GO } from "./active-set.ts";
import { Barrier } from "./barrier.ts";
import type { NewtonSystem } from "./newton-system.ts";

const TO_THE_BOUNDARY = 0.995;
/** How exact the directions are: the one that only predicts, and the one that is gone. */
const ROUGH = 1e-4;
const EXACT = 1e-12;

/**
 * The iterate and one step of it. With s, λ the slacks and multipliers of the sides, y = Σ o λ and W = Σ λ/s,
 *
 *     PΔx + A'Δy = −(Px + q + A'y)          AΔx − W⁻¹Δy = −(Ax − z) + W⁻¹h
 */
export class CentralPath {
  /** Scaled. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly #scaled: ScaledProblem;
  readonly #system: NewtonSystem;
  readonly #barrier: Barrier;
  #error: number = Number.POSITIVE_INFINITY;
  /** The mean of sλ. */
  #mean = 0;
  readonly #z: Float64Array;
  /** Rows without a side, which are let go. */
  readonly #isLoose: Uint8Array;
  /** −(Px + q + A'y) and Ax − z. */
  readonly #descent: Float64Array;
  readonly #primal: Float64Array;
  readonly #shift: Float64Array;
  readonly #deltaZ: Float64Array;

  constructor(scaled: ScaledProblem, system: NewtonSystem) {
    const { n, m } = scaled;
    this.#scaled = scaled;
    this.#system = system;
    this.#barrier = new Barrier(scaled);
    this.x = new Float64Array(n);
    this.y = new Float64Array(m);
    this.#z = new Float64Array(m);
    this.#descent = new Float64Array(n);
    this.#primal = new Float64Array(m);
    this.#shift = new Float64Array(m);
    this.#deltaZ = new Float64Array(m);
    this.#isLoose = Uint8Array.from(scaled.l, (lower, i) => Number(lower !== scaled.u[i]));
    for (const i of this.#barrier.rows) this.#isLoose[i] = 0;
    this.#start();
    this.#barrier.start(this.#z, this.y);
    this.#barrier.writeMultipliers(this.y);
    for (let i = 0; i < m; i++) if (scaled.l[i] === scaled.u[i]) this.#z[i] = scaled.l[i]!;
    this.#measure();
  }

  /** {@link scaledShortfall} of x and y. */
  get error(): number {
    return this.#error;
  }

  /** The iterate, and the side at which each row looks active. */
  point(): { x: Float64Array; y: Float64Array; active: Int8Array } {
    const active = new Int8Array(this.#scaled.m);
    this.#barrier.writeActive(active);
    return { x: this.x, y: this.y, active };
  }

  /** Predicts, corrects, and goes; false when the system has no factor or the step is no number. */
  step(): boolean {
    const barrier = this.#barrier;
    const mean = this.#mean;
    this.#letGo();
    barrier.writeSlackness(this.#system.slackness);
    if (!this.#system.factor()) return false;
    barrier.aimAtTheBoundary();
    this.#direct(ROUGH);
    const kept = mean > 0 ? barrier.meanAfter(barrier.longestStep()) / mean : 0;
    barrier.aimAt(kept * kept * kept * mean);
    this.#direct(EXACT);
    return this.#advance(TO_THE_BOUNDARY * barrier.longestStep());
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
    this.x.set(solution.subarray(0, n));
    this.y.set(solution.subarray(n));
    for (let i = 0; i < m; i++) if (this.#isLoose[i] === 1) this.y[i] = 0;
    this.#z.set(this.#system.image);
  }

  #letGo(): void {
    const { slackness } = this.#system;
    const isLoose = this.#isLoose;
    for (let i = 0; i < slackness.length; i++) slackness[i] = isLoose[i] === 1 ? LET_GO : 0;
  }

  #measure(): void {
    const { n, m, q } = this.#scaled;
    const { image, curvature, pull } = this.#system;
    const descent = this.#descent;
    const primal = this.#primal;
    const z = this.#z;
    this.#system.multiply(this.x, this.y);
    for (let j = 0; j < n; j++) descent[j] = -(curvature[j]! + q[j]! + pull[j]!);
    for (let i = 0; i < m; i++) primal[i] = image[i]! - z[i]!;
    this.#mean = this.#barrier.measure(z);
    this.#error = scaledShortfall(this.#scaled, this.x, this.y, this.#system);
  }

  /** Solves for the steps that the barrier aims at, the residual `exact` times the right side. */
  #direct(exact: number): void {
    const { n, m } = this.#scaled;
    const { slackness, rightSide, solution, image } = this.#system;
    const shift = this.#shift;
    const primal = this.#primal;
    const deltaZ = this.#deltaZ;
    const isLoose = this.#isLoose;
    this.#barrier.writeShift(shift);
    rightSide.set(this.#descent);
    for (let i = 0; i < m; i++) {
      rightSide[n + i] = isLoose[i] === 1 ? 0 : slackness[i]! * shift[i]! - primal[i]!;
    }
    this.#system.solve(exact);
    for (let i = 0; i < m; i++) {
      // of two equal forms the one that loses fewer digits
      const v = slackness[i]!;
      deltaZ[i] = v < 1 ? v * (solution[n + i]! + shift[i]!) : image[i]! + primal[i]!;
    }
    this.#barrier.follow(deltaZ);
  }

  #advance(length: number): boolean {
    if (!(length > 0)) return false;
    const { n, m } = this.#scaled;
    const { solution } = this.#system;
    const { x, y } = this;
    const z = this.#z;
    const deltaZ = this.#deltaZ;
    const isLoose = this.#isLoose;
    for (let j = 0; j < n; j++) x[j]! += length * solution[j]!;
    for (let i = 0; i < m; i++) {
      z[i]! += length * deltaZ[i]!;
      if (isLoose[i] === 0) y[i]! += length * solution[n + i]!;
    }
    this.#barrier.advance(length);
    this.#barrier.writeMultipliers(this.y);
    this.#measure();
    return true;
  }
}
