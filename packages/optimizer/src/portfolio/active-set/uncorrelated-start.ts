import { noPrices, type PortfolioProblem, type PricedPortfolio } from "../problem/problem.ts";
import type { ActiveStates } from "./active-states.ts";
import type { Kinks } from "./kinks.ts";

/** Trials of a gross price, and how near the gross must come: enough for a start. */
const TRIALS = 6;
const NEAR = 0.01;
/** A price at which nothing is held, in units where slopes are of size 1: the steepest reward and the steepest cost. */
const PROHIBITIVE = 4;

/** Where the active set may begin. */
export interface Start {
  readonly states: ActiveStates;
  readonly portfolio: PricedPortfolio;
}

/**
 * The answer as if the assets were uncorrelated, under the gross limit alone: near enough to tell most assets that are
 * held from those that are not. Rows are held only where they are equalities. Undefined where an asset has no risk.
 */
export function uncorrelatedStart(problem: PortfolioProblem, kinks: Kinks): Start | undefined {
  const { n, risk, gamma, costs, rows, sizes } = problem;
  const curvature = risk.variances.map((variance, i) => gamma * variance + costs.quadratic[i]!);
  if (!curvature.every((c) => c > 0)) return undefined;
  const assets = new Int8Array(n);
  const weights = new Float64Array(n);
  /** The gross at a price, and how fast it falls with it. */
  const hold = (price: number): { gross: number; fall: number } => {
    let gross = 0;
    let fall = 0;
    for (let i = 0; i < n; i++) {
      const state = stateAt(problem, kinks, i, curvature[i]!, price);
      assets[i] = state;
      weights[i] = weightAt(problem, kinks, i, curvature[i]!, price, state);
      gross += Math.abs(weights[i]!);
      if (state % 2 === 0) fall += 1 / curvature[i]!;
    }
    return { gross, fall };
  };
  const prices = noPrices(problem);
  const held = new Uint8Array(sizes.length);
  const s = sizes.findIndex(({ of, members }) => of === "weights" && members.every((member) => member === 1));
  const max = sizes[s]?.max ?? Number.POSITIVE_INFINITY;
  let { gross, fall } = hold(0);
  if (gross > max) {
    let price = 0;
    let low = 0;
    let high = PROHIBITIVE;
    for (let trial = 0; trial < TRIALS && Math.abs(gross - max) > NEAR * max; trial++) {
      if (gross > max) low = price;
      else high = price;
      const newton = price + (gross - max) / fall;
      price = newton > low && newton < high ? newton : (low + high) / 2;
      ({ gross, fall } = hold(price));
    }
    prices.sizes[s] = price;
    held[s] = 1;
  }
  const states = { assets, rows: Int8Array.from(rows, ({ min, max }) => (min === max ? 1 : 0)), sizes: held };
  return { states, portfolio: { weights, prices } };
}

/** μ + θ w0 − slope of φ in segment j, over the curvature: where the best weight is, if it is in j. */
function bestIn(
  { mu, costs, current }: PortfolioProblem,
  kinks: Kinks,
  i: number,
  j: number,
  curvature: number,
  price: number,
): number {
  return (mu[i]! + costs.quadratic[i]! * current[i]! - kinks.slope(i, j, price, 0)) / curvature;
}

function stateAt(
  problem: PortfolioProblem,
  kinks: Kinks,
  i: number,
  curvature: number,
  price: number,
): number {
  const last = kinks.count[i]!;
  for (let j = 0; j <= last; j++) {
    if (!kinks.isOpen(i, j)) continue;
    const best = bestIn(problem, kinks, i, j, curvature, price);
    if (best <= kinks.segmentLower(i, j)) return 2 * j - 1;
    if (best < kinks.segmentUpper(i, j)) return 2 * j;
  }
  return 2 * last - 1;
}

function weightAt(
  problem: PortfolioProblem,
  kinks: Kinks,
  i: number,
  curvature: number,
  price: number,
  state: number,
): number {
  if (state % 2 === 1) return kinks.point(i, (state - 1) / 2);
  return bestIn(problem, kinks, i, state / 2, curvature, price);
}
