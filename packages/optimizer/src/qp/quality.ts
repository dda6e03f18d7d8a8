import { symmetricTimesVector, timesVector, transposeTimesVector } from "@astra-quant/core-linalg/kernels";
import { dot, largest } from "../vectors.ts";
import type { CheckedProblem } from "./problem.ts";
import { dropInfiniteSides, supportFunction } from "./row-sides.ts";

/** What a point is worth, from the user's own data and nothing the method says of itself. */
export interface Quality {
  /** The largest overrun of a row's bound by a'x. */
  readonly violation: number;
  /** The largest |entry| of Px + q + A'ŷ, ŷ being y without what presses against infinite sides. */
  readonly stationarity: number;
  readonly objective: number;
  /** x'Px + q'x + SC(ŷ): primal − dual objective. */
  readonly gap: number;
  /** Px + q + A'ŷ. */
  readonly gradient: Float64Array;
  /** ŷ. */
  readonly multipliers: Float64Array;
  /** The largest |entry| of q, Px and A'ŷ, of which the gradient is the sum. */
  readonly gradientScale: number;
}

export function measureQuality(problem: CheckedProblem, x: Float64Array, y: Float64Array): Quality {
  const { n, m, P, q, A, l, u } = problem;
  const Ax = new Float64Array(m);
  timesVector(A, x, Ax);
  let violation = 0;
  for (let i = 0; i < m; i++) violation = Math.max(violation, l[i]! - Ax[i]!, Ax[i]! - u[i]!);
  const multipliers = y.slice();
  dropInfiniteSides(multipliers, l, u);
  const Px = new Float64Array(n);
  symmetricTimesVector(P, x, Px);
  const gradient = new Float64Array(n);
  transposeTimesVector(A, multipliers, gradient);
  const gradientScale = Math.max(largest(q), largest(Px), largest(gradient));
  for (let j = 0; j < n; j++) gradient[j]! += Px[j]! + q[j]!;
  const xPx = dot(x, Px);
  const qx = dot(q, x);
  return {
    violation,
    stationarity: largest(gradient),
    objective: 0.5 * xPx + qx,
    gap: xPx + qx + supportFunction(multipliers, l, u),
    gradient,
    multipliers,
    gradientScale,
  };
}
