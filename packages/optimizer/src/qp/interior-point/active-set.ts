import { type Judged, judgeScaled } from "../optimality.ts";
import type { CheckedProblem } from "../problem.ts";
import type { ScaledProblem } from "../scaling.ts";
import type { NewtonSystem } from "./newton-system.ts";

/** A row with this slackness is let go. */
export const LET_GO = 1e20;
/** Times that one active set is solved for: each begins at the last one's point and so takes off the regularisation. */
const SOLVES = 2;
const EXACT = 1e-14;
/** Steps without a better point after which the active sets lead nowhere. */
const PATIENCE = 2;
/** An active set whose answer is this bad has rows that contradict each other, and leads nowhere. */
const HOPELESS = 1e6;
/** Scaled rows overrun by less, and multipliers pressing the wrong way by less, are rounding. */
const ROUNDING = 1e-13;

export interface ActiveSetOptions {
  /** Active sets to try. */
  readonly steps: number;
  /** Good enough to stop at. */
  readonly tolerance: number;
}

/**
 * Solves for the rows that are active as equalities, again for those that the answer calls active, and so on while that
 * gets better: from a start whose active set is nearly right it ends on the vertex or the face itself, to rounding.
 * `active` says at which side each row is: −1, 1, or 0 for neither. x and y are scaled, and stay as they are.
 */
export function solveActiveSet(
  problem: CheckedProblem,
  scaled: ScaledProblem,
  system: NewtonSystem,
  start: { readonly x: Float64Array; readonly y: Float64Array; readonly active: Int8Array },
  { steps, tolerance }: ActiveSetOptions,
): Judged | undefined {
  const { n, m, q, l, u } = scaled;
  const { slackness, rightSide, image, curvature, pull } = system;
  const x = start.x.slice();
  const y = start.y.slice();
  const active = start.active.slice();
  let best: Judged | undefined;
  let bestAt = 0;
  for (let step = 0; step < steps; step++) {
    for (let i = 0; i < m; i++) {
      const isHeld = active[i] !== 0 || l[i] === u[i];
      slackness[i] = isHeld ? 0 : LET_GO;
      if (!isHeld) y[i] = 0;
    }
    if (!system.factor()) return best;
    for (let solve = 0; solve < SOLVES; solve++) {
      system.multiply(x, y);
      for (let j = 0; j < n; j++) rightSide[j] = -(curvature[j]! + q[j]! + pull[j]!);
      for (let i = 0; i < m; i++) {
        rightSide[n + i] = slackness[i] === LET_GO ? 0 : (active[i]! > 0 ? u[i]! : l[i]!) - image[i]!;
      }
      system.solve(EXACT);
      for (let j = 0; j < n; j++) x[j]! += system.solution[j]!;
      for (let i = 0; i < m; i++) if (slackness[i] === 0) y[i]! += system.solution[n + i]!;
    }
    const judged = judgeScaled(problem, scaled, x, y);
    if (best === undefined || judged.error < best.error) {
      best = judged;
      bestAt = step;
    }
    if (best.error <= tolerance || best.error > HOPELESS || step - bestAt >= PATIENCE) return best;
    system.multiply(x, y);
    if (reviewActive(scaled, image, y, active) === 0) return best;
  }
  return best;
}

/** Lets go of rows whose multiplier presses the wrong way and takes in those overrun: how many. */
function reviewActive(
  { l, u }: ScaledProblem,
  image: Float64Array,
  y: Float64Array,
  active: Int8Array,
): number {
  let changes = 0;
  for (let i = 0; i < active.length; i++) {
    if (l[i] === u[i]) continue;
    const slack = ROUNDING * (1 + Math.abs(image[i]!));
    let side = active[i]! * y[i]! >= -ROUNDING ? active[i]! : 0;
    if (active[i] === 0 && image[i]! < l[i]! - slack) side = -1;
    if (active[i] === 0 && image[i]! > u[i]! + slack) side = 1;
    if (side === active[i]) continue;
    active[i] = side;
    changes++;
  }
  return changes;
}

/** The sides at which the rows of an iterate of the operator splitting look active. */
export function activeSides(
  { l, u }: ScaledProblem,
  { z, y }: { readonly z: Float64Array; readonly y: Float64Array },
): Int8Array {
  return Int8Array.from(z, (value, i) => {
    if (value - l[i]! < -y[i]!) return -1;
    return u[i]! - value < y[i]! ? 1 : 0;
  });
}
