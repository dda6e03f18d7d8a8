import { type BarrierLayout, barrierLayout } from "../../portfolio/interior-point/barrier-layout.ts";
import { type BarrierPoint, barrierResiduals } from "../../portfolio/interior-point/barrier-residuals.ts";
import { barrierStart, middleOfBox } from "../../portfolio/interior-point/barrier-start.ts";
import { BarrierStep } from "../../portfolio/interior-point/barrier-step.ts";
import type { PricedPortfolio } from "../../portfolio/problem/problem.ts";
import { noPrices } from "../../portfolio/problem/problem.ts";
import { dot } from "../../vectors.ts";
import type { ReducedProgram } from "./reduced-program.ts";
import { ScenarioCurvature } from "./scenario-curvature.ts";
import { centralPairs, type ScenarioPairs, scenarioResiduals } from "./scenario-pairs.ts";
import { ScenarioStep } from "./scenario-step.ts";
import { timesVector, transposeTimesVector } from "./scenario-table.ts";
import { tailThreshold } from "./tail-threshold.ts";

/** The answer of a reduced program, in its units. */
export interface ReducedPoint extends PricedPortfolio {
  readonly alpha: number;
  /** The multiplier of each open scenario: its share of the expected shortfall. */
  readonly y: Float64Array;
  readonly iterations: number;
  /** The largest of gap and residuals. */
  readonly error: number;
}

const MOST_ITERATIONS = 80;
const STEPS_WITHOUT_PROGRESS = 8;
/** A step that leaves more of the error than this is none. */
const PROGRESS = 0.9;
/** How much of the way to the boundary a step may go. */
const SHY = 0.995;
/** How near to its bounds a weight may begin. */
const LEAST_ROOM = 1e-2;

/** The variables with what limits them, and the scenarios. */
interface Point {
  readonly limits: BarrierPoint;
  readonly scenarios: ScenarioPairs;
}

/**
 * Mehrotra's predictor and corrector. The barrier of the portfolio's own interior point keeps the limits and the kinks of
 * the costs; the scenarios, eliminated, are its curvature, and their weighting a reward. Where nothing is quadratic slacks
 * and multipliers take steps of their own length.
 */
export function solveReduced(
  program: ReducedProgram,
  tolerance: number,
  start?: PricedPortfolio,
): ReducedPoint {
  const { problem, table } = program;
  const layout = barrierLayout(problem);
  const point = startingPoint(program, layout, start);
  const isLinear = problem.costs.quadratic.every((rate) => rate === 0);
  let best = answer(program, layout, point, 0, Number.POSITIVE_INFINITY);
  let standing = 0;
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
    const x = wholeVector(problem.lower, layout, point.limits.w);
    const pairs = scenarioResiduals(program, x, point.scenarios);
    const reward = transposeTimesVector(table, point.scenarios.y);
    const residuals = barrierResiduals(
      problem,
      { ...layout, reward: layout.reward.map((value, a) => value + reward[layout.assets[a]!]!) },
      point.limits,
    );
    const gap = complementarity(point);
    const error = Math.max(residuals.worst, pairs.worst, gap);
    if (error < best.error) {
      standing = error < PROGRESS * best.error ? 0 : standing + 1;
      best = answer(program, layout, point, iteration, error);
    } else standing++;
    if (!(error > tolerance) || standing > STEPS_WITHOUT_PROGRESS) break;
    const scenarios = new ScenarioStep(table, point.scenarios, pairs);
    const curved = { ...problem, risk: new ScenarioCurvature(scenarios.curvature()), gamma: 1 };
    const limits = BarrierStep.at(curved, layout, point.limits, residuals);
    if (limits === undefined) break;
    const direction = (target: readonly Float64Array[]): Point => {
      const targets = { u: target[1]!, v: target[2]! };
      const { De, pull } = scenarios.load(targets);
      const change = limits.direction(target[0]!, {
        stationarity: residuals.stationarity.map((value, a) => value - pull[layout.assets[a]!]!),
      });
      const dx = wholeVector(new Float64Array(problem.n), layout, change.w);
      return { limits: change, scenarios: scenarios.direction(targets, De, dx) };
    };
    const target = pairsOf(point).map(([slack, multiplier]) => slack.map((s, p) => -s * multiplier[p]!));
    const predictor = direction(target);
    const reach = lengthsOf(point, predictor, 1, isLinear);
    const ratio = complementarityAhead(point, predictor, reach) / gap;
    const centre = (ratio * ratio * ratio * gap) / target.reduce((sum, { length }) => sum + length, 0);
    pairsOf(predictor).forEach(([slack, multiplier], k) => {
      const aims = target[k]!;
      for (let p = 0; p < aims.length; p++) aims[p]! += centre - slack[p]! * multiplier[p]!;
    });
    const corrector = direction(target);
    move(point, corrector, lengthsOf(point, corrector, SHY, isLinear));
  }
  return best;
}

/** At the weights given, with the α that is their threshold, and the scenarios on the central path. */
function startingPoint(program: ReducedProgram, layout: BarrierLayout, start?: PricedPortfolio): Point {
  const { problem, table, base, caps } = program;
  const last = layout.assets.length - 1;
  const w = middleOfBox(layout);
  if (start !== undefined) for (let a = 0; a < last; a++) w[a] = start.weights[layout.assets[a]!]!;
  w[last] = 0;
  const losses = timesVector(table, wholeVector(problem.lower, layout, w));
  for (let s = 0; s < losses.length; s++) losses[s] = -(losses[s]! + base[s]!);
  const left = -problem.mu[problem.n - 1]!;
  w[last] = tailThreshold(losses, caps.map((k) => k / left)); // biome-ignore format: a line
  const limits = barrierStart(layout, w, { leastRoom: LEAST_ROOM });
  if (start !== undefined) {
    layout.rows.forEach(({ min, max }, r) => {
      if (min === max) limits.eta[r] = start.prices.rows[r]!;
    });
  }
  return { limits, scenarios: centralPairs(program, wholeVector(problem.lower, layout, w)) };
}

/** A vector of the problem's variables: `moving` where they can move, `fixed` where not. */
function wholeVector(fixed: Float64Array, { assets }: BarrierLayout, moving: Float64Array): Float64Array {
  const whole = fixed.slice();
  for (let a = 0; a < assets.length; a++) whole[assets[a]!] = moving[a]!;
  return whole;
}

/** Slacks and multipliers: those of the limits, of u and of v. */
function pairsOf({ limits, scenarios }: Point): readonly (readonly [Float64Array, Float64Array])[] {
  return [
    [limits.S, limits.Z],
    [scenarios.u, scenarios.z],
    [scenarios.v, scenarios.y],
  ];
}

function complementarity(point: Point): number {
  return pairsOf(point).reduce((sum, [slack, multiplier]) => sum + dot(slack, multiplier), 0);
}

interface Lengths {
  readonly primal: number;
  readonly dual: number;
}

function complementarityAhead(point: Point, direction: Point, { primal, dual }: Lengths): number {
  const changes = pairsOf(direction);
  let sum = 0;
  pairsOf(point).forEach(([slack, multiplier], k) => {
    const [ds, dm] = changes[k]!;
    for (let p = 0; p < slack.length; p++) {
      sum += (slack[p]! + primal * ds[p]!) * (multiplier[p]! + dual * dm[p]!);
    }
  });
  return sum;
}

/** How much of a direction keeps all slacks, and all multipliers, positive, at most 1. */
function lengthsOf(point: Point, direction: Point, shy: number, isLinear: boolean): Lengths {
  const changes = pairsOf(direction);
  const length = (kind: 0 | 1): number => {
    let most = 1 / shy;
    pairsOf(point).forEach((pair, k) => {
      const at = pair[kind];
      const change = changes[k]![kind];
      for (let p = 0; p < at.length; p++) if (change[p]! < 0) most = Math.min(most, -at[p]! / change[p]!);
    });
    return Math.min(1, shy * most);
  };
  const primal = length(0);
  const dual = length(1);
  if (isLinear) return { primal, dual };
  const both = Math.min(primal, dual);
  return { primal: both, dual: both };
}

function move(point: Point, direction: Point, { primal, dual }: Lengths): void {
  const add = (at: Float64Array, change: Float64Array, length: number): void => {
    for (let p = 0; p < at.length; p++) at[p]! += length * change[p]!;
  };
  add(point.limits.w, direction.limits.w, primal);
  add(point.limits.eta, direction.limits.eta, dual);
  add(point.limits.nu, direction.limits.nu, dual);
  const changes = pairsOf(direction);
  pairsOf(point).forEach(([slack, multiplier], k) => {
    add(slack, changes[k]![0], primal);
    add(multiplier, changes[k]![1], dual);
  });
}

function answer(
  { problem }: ReducedProgram,
  layout: BarrierLayout,
  { limits, scenarios }: Point,
  iterations: number,
  error: number,
): ReducedPoint {
  const { lower, upper } = problem;
  const whole = wholeVector(lower, layout, limits.w);
  const last = problem.n - 1;
  const prices = noPrices(problem);
  prices.rows.set(limits.eta);
  let p = layout.at.sizes;
  problem.sizes.forEach(({ max }, s) => {
    if (max < Number.POSITIVE_INFINITY) prices.sizes[s] = limits.Z[p++]!;
  });
  return {
    weights: whole.subarray(0, last).map((w, i) => Math.min(Math.max(w, lower[i]!), upper[i]!)),
    alpha: whole[last]!,
    prices,
    y: scenarios.y.slice(),
    iterations,
    error,
  };
}
