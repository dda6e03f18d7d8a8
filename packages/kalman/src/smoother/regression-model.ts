import { Matrix } from "@astra-quant/core-linalg";
import { stepVariance } from "../regression/drift.ts";
import type { Settings } from "../regression/options.ts";
import type { KalmanFilterOptions } from "../state-space/kalman-filter.ts";
import type { StateSpaceModel } from "../state-space/model.ts";

/** A regression as a state-space model, its regressors counted from an anchor so that prices keep their digits. */
export interface AnchoredRegression {
  readonly model: StateSpaceModel;
  readonly options: KalmanFilterOptions;
  /** The observations, NaN where y or a regressor is missing. */
  readonly Y: Matrix;
  /** What each regressor is counted from; 0 for all without an intercept. */
  readonly anchor: Float64Array;
}

/** The average of what is there, 0 where nothing is. */
function levelOf(X: Matrix, j: number): number {
  let sum = 0;
  let count = 0;
  for (let t = 0; t < X.rows; t++) {
    const x = X.data[t * X.columns + j]!;
    if (Number.isNaN(x)) continue;
    sum += x;
    count++;
  }
  return count === 0 ? 0 : sum / count;
}

/** Q or a prior's covariance of (intercept, slopes…), as that of (level at the anchor, slopes…): A V Aᵀ. */
function anchored(V: Float64Array, anchor: Float64Array, intercept: boolean): Matrix {
  const n = anchor.length + (intercept ? 1 : 0);
  const moved = new Matrix(n, n, V.slice());
  if (!intercept) return moved;
  const { data } = moved;
  for (let j = 1; j < n; j++) for (let i = 0; i < n; i++) data[i]! += anchor[j - 1]! * data[j * n + i]!;
  for (let j = 1; j < n; j++) for (let i = 0; i < n; i++) data[i * n]! += anchor[j - 1]! * data[i * n + j]!;
  for (let j = 1; j < n; j++) data[j] = data[j * n]!;
  return moved;
}

/** The regression's model: y = level + Σ slope_j (x_j − anchor_j), the coefficients random walks with Q = delta · I. */
export function anchoredRegression(X: Matrix, y: Float64Array, settings: Settings): AnchoredRegression {
  const { regressors: k, intercept, delta, drift, observationVariance, prior } = settings;
  const n = k + (intercept ? 1 : 0);
  const anchor = Float64Array.from({ length: k }, (_, j) => (intercept ? levelOf(X, j) : 0));
  const Q = new Float64Array(n * n);
  const step = stepVariance(delta, drift);
  for (let i = 0; i < n; i++) Q[i * n + i] = step;
  const stateCovariance = anchored(Q, anchor, intercept);
  const observed = y.slice();
  const designs = Array.from(y, (_, t) => {
    const row = new Matrix(1, n);
    if (intercept) row.data[0] = 1;
    for (let j = 0; j < k; j++) {
      const x = X.data[t * k + j]!;
      if (Number.isNaN(x)) observed[t] = Number.NaN;
      else row.data[n - k + j] = x - anchor[j]!;
    }
    return row;
  });
  const model: StateSpaceModel = {
    design: y.length === 0 ? Matrix.zeros(1, n) : (bar) => designs[Math.min(bar, y.length - 1)]!,
    observationCovariance: [[observationVariance]],
    transition: Matrix.identity(n),
    stateCovariance,
  };
  const Y = new Matrix(y.length, 1, observed);
  if (prior === "diffuse") return { model, options: {}, Y, anchor };
  const mean = prior.mean.slice();
  if (intercept) for (let j = 0; j < k; j++) mean[0]! += anchor[j]! * prior.mean[j + 1]!;
  // A prior gains one step before it meets the first bar.
  const covariance = anchored(
    prior.covariance.map((value, i) => value + Q[i]!),
    anchor,
    intercept,
  );
  return { model, options: { initial: { mean, covariance } }, Y, anchor };
}
