import type { CheckedProblem } from "./problem.ts";
import { measureQuality, type Quality } from "./quality.ts";
import type { ScaledProblem } from "./scaling.ts";

/** One figure for how far a point is from optimal: violation, stationarity and gap, each against its scale. */
export function shortfall(quality: Quality, boundScale: number, costScale: number): number {
  return Math.max(
    quality.violation / (1 + boundScale),
    quality.stationarity / (1 + costScale),
    Math.abs(quality.gap) / (1 + Math.abs(quality.objective)),
  );
}

/** The largest |bound| among those that a multiplier presses on. */
function pressedBound({ l, u }: CheckedProblem, y: Float64Array): number {
  let most = 0;
  for (let i = 0; i < y.length; i++) {
    const side = y[i]! > 0 ? u[i]! : l[i]!;
    if (y[i] !== 0 && Number.isFinite(side)) most = Math.max(most, Math.abs(side));
  }
  return most;
}

/** The user's x and y, and how far from optimal they are by the user's data. */
export interface Judged {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly quality: Quality;
  /** {@link shortfall} against the bounds pressed on and the terms of the gradient; ∞ where it is no number. */
  readonly error: number;
}

/** Judges a point in the user's terms. */
export function judge(problem: CheckedProblem, x: Float64Array, y: Float64Array): Judged {
  const quality = measureQuality(problem, x, y);
  const error = shortfall(quality, pressedBound(problem, y), quality.gradientScale);
  return { x, y, quality, error: Number.isNaN(error) ? Number.POSITIVE_INFINITY : error };
}

/** {@link judge} for a point of the scaled space. */
export function judgeScaled(
  problem: CheckedProblem,
  { D, E, c }: ScaledProblem,
  x: Float64Array,
  y: Float64Array,
): Judged {
  return judge(
    problem,
    x.map((value, j) => D[j]! * value),
    y.map((value, i) => (E[i]! * value) / c),
  );
}
