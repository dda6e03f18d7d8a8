import type { Settled } from "../active-set/settled.ts";
import { unitsOf } from "../problem/units.ts";
import { type FrontierPoint, type FrontierSearch, frontierPoint, type PiecePoint } from "./frontier-point.ts";
import { landOnGoal } from "./land-on-goal.ts";

/** What tells a point of the frontier from the one that is sought. */
export interface FrontierGoal {
  /** Negative before the goal, where t is too small; positive beyond it. Zero to rounding counts as there. */
  side(point: FrontierPoint): number;
  /** The t at which the goal is met on this point's piece of the frontier; NaN or anything where it is not. */
  aim(point: PiecePoint): number;
  /** Asked where the piece does not lead to the goal: whether nothing beyond the point does. */
  ends(point: FrontierPoint): boolean;
}

/** Where a search ended: at the goal, at a point beyond which it is not met, or at one without a proof. */
export interface FrontierRoot {
  readonly point: FrontierPoint;
  readonly outcome: "met" | "ended" | "unproven";
  readonly iterations: number;
}

const MOST_SOLVES = 200;
/** Beyond the frontier's bracket: how far the next t is tried. */
const REACH = 16;
/** A bracket narrower than this, relative, is a point. */
const NARROW = 4 * Number.EPSILON;
/** A jump this short, relative, is none. */
const STILL = 1e-14;
/** Within the bracket: how far it is tried at most. */
export const STRIDE = 4;
/** Jumps that may leave the bracket as wide as it was before one is a bisection. */
const SLOW_JUMPS = 4;

/** Jumps from piece to piece of the frontier to the t that meets the goal; a jump out of its bracket is a bisection. */
export function frontierRoot(
  search: FrontierSearch,
  goal: FrontierGoal,
  start: { readonly t: number; readonly settled: Settled | undefined },
): FrontierRoot {
  let least = 0;
  let greatest = Number.POSITIVE_INFINITY;
  let { t, settled } = start;
  let iterations = 0;
  let jumps = 0;
  const hasLanded = (from: Settled | undefined, toward: 1 | -1): boolean => {
    const landing = from && landOnGoal(search, goal, from, { least, greatest }, toward);
    if (landing === undefined) return false;
    settled = landing.at;
    t = 1 / settled.problem.gamma;
    iterations += landing.solves;
    return true;
  };
  hasLanded(settled, -1);
  for (let solve = 1; ; solve++) {
    const point = frontierPoint(search, t, settled);
    settled = point.solved.settled ?? settled;
    iterations += point.solved.iterations;
    if (!point.isOptimal) return { point, outcome: "unproven", iterations };
    const side = goal.side(point);
    if (side === 0 || solve >= MOST_SOLVES) return { point, outcome: "met", iterations };
    if (side < 0) least = t;
    else greatest = t;
    if (greatest < Number.POSITIVE_INFINITY && greatest - least <= NARROW * greatest)
      return { point, outcome: "met", iterations };
    const next = goal.aim(point);
    if (Math.abs(next - t) <= STILL * t) return { point, outcome: "met", iterations };
    const isInside = next > least && next < greatest;
    if (!isInside && goal.ends(point)) return { point, outcome: "ended", iterations };
    jumps = isInside ? jumps + 1 : 0;
    if (hasLanded(point.solved.settled, side < 0 ? 1 : -1)) continue;
    if (isInside && jumps % SLOW_JUMPS !== 0) t = Math.min(Math.max(next, t / STRIDE), t * STRIDE);
    else if (least === 0) t = greatest / REACH;
    else if (greatest === Number.POSITIVE_INFINITY) t = isInside ? next : least * REACH;
    else t = Math.sqrt(least) * Math.sqrt(greatest);
  }
}

/** A t at which neither risk nor return alone decides: curvature of the size of the slopes. */
export function ordinaryT({ problem }: FrontierSearch): number {
  const { risk, mu } = problem;
  const { weight } = unitsOf({ ...problem, gamma: 1 });
  const curvature = risk.variances.reduce((most, value) => Math.max(most, value), 0) * weight;
  const slope = mu.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const t = curvature / slope;
  return t > 0 && t < Number.POSITIVE_INFINITY ? t : 1;
}
