import type { CheckedProblem } from "./problem.ts";
import { measureQuality, type Quality } from "./quality.ts";
import type { ScaledProblem } from "./scaling.ts";

type Figures = Pick<Quality, "violation" | "stationarity" | "gap" | "objective">;

/** One figure for how far a point is from optimal: violation, stationarity and gap, each against its scale. */
export function shortfall(quality: Figures, boundScale: number, costScale: number): number {
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

/** The largest overrun of a row, against its own largest entry, its bound and the terms that add up in it. */
function rowShortfall({ n, m, A, l, u }: CheckedProblem, x: Float64Array): number {
  const { columnPointers, rowIndices, values } = A;
  const image = new Float64Array(m);
  const scale = new Float64Array(m);
  for (let j = 0; j < n; j++) {
    for (let k = columnPointers[j]!; k < columnPointers[j + 1]!; k++) {
      const i = rowIndices[k]!;
      image[i]! += values[k]! * x[j]!;
      scale[i] = Math.max(scale[i]!, Math.abs(values[k]!) * Math.max(1, Math.abs(x[j]!)));
    }
  }
  let most = 0;
  for (let i = 0; i < m; i++) {
    const low = l[i]! - image[i]!;
    const high = image[i]! - u[i]!;
    if (low > 0) most = Math.max(most, low / (scale[i]! + Math.abs(l[i]!)));
    if (high > 0) most = Math.max(most, high / (scale[i]! + Math.abs(u[i]!)));
  }
  return most;
}

/** The user's x and y, and how far from optimal they are by the user's data. */
export interface Judged {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly quality: Quality;
  /**
   * {@link shortfall} against the bounds pressed on and the terms of the gradient, or a row's overrun against its own
   * terms where that is more; ∞ where it is no number.
   */
  readonly error: number;
}

/** Judges a point in the user's terms. */
export function judge(problem: CheckedProblem, x: Float64Array, y: Float64Array): Judged {
  const quality = measureQuality(problem, x, y);
  const error = Math.max(
    shortfall(quality, pressedBound(problem, y), quality.gradientScale),
    rowShortfall(problem, x),
  );
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

/** What {@link judgeScaled} finds, to rounding, from products that are known already and without a look at single rows. */
export function scaledShortfall(
  { n, m, q, l, u, c, inverseD, inverseE }: ScaledProblem,
  x: Float64Array,
  y: Float64Array,
  { image, curvature, pull }: Products,
): number {
  let violation = 0;
  let boundScale = 0;
  let support = 0;
  for (let i = 0; i < m; i++) {
    violation = Math.max(violation, (l[i]! - image[i]!) * inverseE[i]!, (image[i]! - u[i]!) * inverseE[i]!);
    const side = y[i]! > 0 ? u[i]! : l[i]!;
    if (y[i] === 0 || !Number.isFinite(side)) continue;
    boundScale = Math.max(boundScale, Math.abs(side) * inverseE[i]!);
    support += side * y[i]!;
  }
  let stationarity = 0;
  let costScale = 0;
  let xPx = 0;
  let qx = 0;
  for (let j = 0; j < n; j++) {
    const terms = Math.max(Math.abs(q[j]!), Math.abs(curvature[j]!), Math.abs(pull[j]!));
    stationarity = Math.max(stationarity, Math.abs(curvature[j]! + q[j]! + pull[j]!) * inverseD[j]!);
    costScale = Math.max(costScale, terms * inverseD[j]!);
    xPx += x[j]! * curvature[j]!;
    qx += x[j]! * q[j]!;
  }
  const figures = {
    violation,
    stationarity: stationarity / c,
    gap: (xPx + qx + support) / c,
    objective: (0.5 * xPx + qx) / c,
  };
  const error = shortfall(figures, boundScale, costScale / c);
  return Number.isNaN(error) ? Number.POSITIVE_INFINITY : error;
}

/** Ax, Px and A'y. */
interface Products {
  readonly image: Float64Array;
  readonly curvature: Float64Array;
  readonly pull: Float64Array;
}
