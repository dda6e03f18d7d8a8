import type { Matrix } from "@astra-quant/core-linalg";
import { compound } from "./compound.ts";
import { dayReturns, unitRows } from "./day-returns.ts";
import { degreesOf, drawsFrom, type Shocks } from "./draws.ts";
import type { Plan } from "./plan.ts";

/** Some consecutive scenarios of a simulation. */
export interface Scenarios {
  /** The number of the first one. */
  readonly first: number;
  /** The portfolio's return over the horizon, one a scenario. */
  readonly returns: Float64Array;
  /**
   * The sum of a path's daily returns, in standard deviations from its mean; where the sampling weighs paths by it,
   * empty otherwise.
   */
  readonly scores: Float64Array;
}

/** Shocks of a block: about as many as stay in the nearer caches. */
const BLOCK = 16_384;

/** True where paths are weighted by how far out their normal sum lies. */
export function isScored({ sampling }: Plan): boolean {
  return sampling === "control-variate" || sampling === "importance";
}

/** The smallest piece that a simulation can be cut into: a pair of antithetic paths, or one path. */
export function pathsAPiece({ sampling }: Plan): number {
  return sampling === "antithetic" ? 2 : 1;
}

/** Shifts the days towards the loss and writes each path's score. */
function tiltAndScore(plan: Plan, days: Float64Array, scores: Float64Array, start: number): void {
  const { days: perPath, drift, volatility, tilt } = plan;
  const shift = (tilt * volatility) / Math.sqrt(perPath);
  const deviation = volatility * Math.sqrt(perPath);
  for (let t = 0, place = start; t < days.length; place++) {
    let sum = 0;
    for (const end = t + perPath; t < end; t++) {
      days[t]! -= shift;
      sum += days[t]! - drift;
    }
    scores[place] = deviation === 0 ? 0 : sum / deviation;
  }
}

function roomFor(plan: Plan, pieces: number): Shocks {
  const days = pieces * plan.days;
  return {
    normals: new Float64Array(days * plan.loadings.length),
    chiSquares: new Float64Array(degreesOf(plan) === undefined ? 0 : days),
  };
}

/**
 * Scenarios `first` … `first` + `count` − 1, block by block; yields how many are done. What is simulated depends on a
 * scenario's number alone, so any cut gives the same bits.
 */
export function* simulate(plan: Plan, first: number, count: number): Generator<number, Scenarios> {
  const paths = pathsAPiece(plan);
  const draws = drawsFrom(plan, first / paths);
  const factor: Matrix = plan.law.name === "copula" ? unitRows(plan.L) : plan.L;
  const pieces = count / paths;
  const size = Math.min(pieces, Math.max(1, Math.floor(BLOCK / (plan.days * plan.loadings.length))));
  const returns = new Float64Array(count);
  const scores = new Float64Array(isScored(plan) ? count : 0);
  const room = roomFor(plan, size);
  const dayRoom = new Float64Array(size * plan.days);
  for (let done = 0; done < pieces; ) {
    const block = Math.min(size, pieces - done);
    const shocks = block === size ? room : roomFor(plan, block);
    const days = block === size ? dayRoom : dayRoom.subarray(0, block * plan.days);
    draws.next(shocks);
    dayReturns(plan, factor, shocks, days);
    if (isScored(plan)) tiltAndScore(plan, days, scores, done);
    compound(days, plan.days, returns, done * paths, paths);
    if (paths === 2) {
      for (let k = 0; k < shocks.normals.length; k++) shocks.normals[k] = -shocks.normals[k]!;
      dayReturns(plan, factor, shocks, days);
      compound(days, plan.days, returns, done * paths + 1, paths);
    }
    done += block;
    yield done * paths;
  }
  return { first, returns, scores };
}

/** All of it at once. */
export function simulateAll(plan: Plan, first: number, count: number): Scenarios {
  const blocks = simulate(plan, first, count);
  for (;;) {
    const { done, value } = blocks.next();
    if (done) return value;
  }
}
