import { minimalConflict } from "../../portfolio/conflict/minimal-conflict.ts";
import { type ReducedPoint, solveReduced } from "./cvar-interior-point.ts";
import { type CvarPoint, type CvarProgram, lossesOf } from "./cvar-program.ts";
import { type ReducedProgram, reducedProgram } from "./reduced-program.ts";
import { missedBy, NO_SCREEN, type Screen, sampleOf, screenAround, wholeScreen } from "./screen.ts";
import { sharpen } from "./sharpen.ts";
import { solveAsProgram } from "./solve-as-program.ts";
import { type UnitProgram, unitProgram } from "./unit-program.ts";

/** Scenarios per variable: with up to so many all are open, so many make a sample, and so many are open at least. */
const FEW = 25;
const SAMPLED = 20;
const LEAST_OPEN = 4;
/** What the sample, the rounds before the last, and the last are solved to, in units of the losses. */
const ROUGH = 1e-2;
const FAIR = 1e-3;
const TOLERANCE = 1e-12;
/** An error this many times what was asked for, or at the end above the second, is no answer. */
const FAILED = 10;
const PROVEN = 1e-9;
/** Of how much losses changed in a round on average: how far from the threshold a scenario may be decided in the next. */
const MARGIN = 2;
/** From this round on, and wherever one has no answer, more scenarios are opened. */
const PATIENCE = 5;
const WIDENED = 4;
/** Returns up to which patience is bearable. */
const MOST_ENTRIES = 500_000;

/** Points found, of which the proof is to take the best. */
export interface CvarAnswer {
  readonly candidates: readonly CvarPoint[];
  readonly iterations: number;
  /** What a portfolio of ordinary weights loses in an ordinary scenario. */
  readonly ordinary: number;
}

/**
 * Only the scenarios near the threshold decide: those that lose far more count with all they may, those that lose far less
 * not at all. A round takes that for granted and solves for the rest; what it finds is no worse than the least of the whole
 * program, and equal to it where no scenario turns out to lie on the other side. It begins at the answer to a sample.
 */
export function solveCvar(program: CvarProgram): CvarAnswer {
  const unit = unitProgram(program);
  const S = program.caps.length;
  const variables = program.limits.n + 1;
  let iterations = 0;
  const solve = (reduced: ReducedProgram, asked: number, from?: ReducedPoint): ReducedPoint => {
    const solved = solveReduced(reduced, asked, from);
    iterations += solved.iterations;
    return solved;
  };
  const answer = (reduced: ReducedProgram, screen: Screen, found: ReducedPoint): CvarAnswer => ({
    candidates: withRest(program, [sharpen(reduced, found), found].map((each) => restored(unit, screen, each))), // biome-ignore format: a line
    iterations,
    ordinary: unit.loss,
  });
  const whole = (from?: ReducedPoint): CvarAnswer => {
    const screen = wholeScreen(S);
    const reduced = reducedProgram(unit, screen);
    return answer(reduced, screen, solve(reduced, TOLERANCE, from));
  };
  if (S <= FEW * variables) return whole();
  const sample = sampleOf(unit, SAMPLED * variables);
  let point = solve(sample, ROUGH);
  if (!isSound(point, ROUGH)) {
    if (minimalConflict(program.limits) === undefined) return whole();
    return { candidates: [restored(unit, NO_SCREEN, point)], iterations, ordinary: unit.loss };
  }
  let losses = lossesAt(unit, point);
  let reach = meanDistance(losses) * Math.sqrt(1 / SAMPLED);
  let least = LEAST_OPEN * variables;
  let tolerance = FAIR;
  for (let round = 0; ; round++) {
    const screen = screenAround(losses, program.caps, reach, least);
    if (2 * screen.open.length > S) return whole(point);
    const reduced = reducedProgram(unit, screen);
    const next = solve(reduced, tolerance, point);
    if (!isSound(next, tolerance) || round >= PATIENCE) least *= WIDENED;
    if (!isSound(next, tolerance)) continue;
    const after = lossesAt(unit, next);
    const missed = missedBy(program.caps, screen, after, next.alpha);
    if (tolerance === TOLERANCE && missed <= TOLERANCE) {
      return answer(reduced, screen, next);
    }
    reach = MARGIN * meanDistance(after, losses);
    tolerance = missed <= FAIR ? TOLERANCE : FAIR;
    losses = after;
    point = next;
  }
}

/** Where doing nothing is best, no method gets nearer than it is: w = 0, as far as the box lets it, at the first prices. */
function withRest({ limits }: CvarProgram, candidates: CvarPoint[]): CvarPoint[] {
  const weights = limits.lower.map((end, i) => Math.min(Math.max(0, end), limits.upper[i]!));
  return [...candidates, { ...candidates[0]!, weights }];
}

/** The same by a method that is slow and hard to defeat; undefined where there are too many scenarios for it. */
export function solveCvarPatiently(program: CvarProgram): CvarAnswer | undefined {
  const { rows, columns } = program.scenarios;
  if (rows * columns > MOST_ENTRIES) return undefined;
  const unit = unitProgram(program);
  const screen = wholeScreen(rows);
  const reduced = reducedProgram(unit, screen);
  const found = solveAsProgram(reduced);
  return {
    candidates: [sharpen(reduced, found), found].map((each) => restored(unit, screen, each)),
    iterations: found.iterations,
    ordinary: unit.loss,
  };
}

function isSound({ error }: ReducedPoint, tolerance: number): boolean {
  return error <= Math.max(PROVEN, FAILED * tolerance);
}

/** What a point's weights lose, in units. */
function lossesAt(unit: UnitProgram, { weights, prices }: ReducedPoint): Float64Array {
  const losses = lossesOf(unit, unit.restore({ weights, prices }).weights);
  for (let s = 0; s < losses.length; s++) losses[s]! /= unit.loss;
  return losses;
}

/** The mean of |a − b|, or of |a| about its own mean. */
function meanDistance(a: Float64Array, b?: Float64Array): number {
  const centre = b === undefined ? a.reduce((sum, value) => sum + value, 0) / a.length : 0;
  let sum = 0;
  for (let s = 0; s < a.length; s++) sum += Math.abs(a[s]! - (b === undefined ? centre : b[s]!));
  return sum / a.length;
}

function restored(unit: UnitProgram, { open, tail }: Screen, point: ReducedPoint): CvarPoint {
  const shares = new Float64Array(unit.caps.length);
  for (const s of tail) shares[s] = unit.caps[s]!;
  open.forEach((s, t) => {
    shares[s] = point.y[t]!;
  });
  return { ...unit.restore(point), shares };
}
