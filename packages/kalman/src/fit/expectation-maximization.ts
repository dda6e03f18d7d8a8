import type { Matrix } from "@astra-quant/core-linalg";
import { settingsOf } from "../regression/options.ts";
import { kalmanSmoother } from "../smoother/kalman-smoother.ts";
import { anchoredRegression } from "../smoother/regression-model.ts";

export interface Maximized {
  readonly step: number;
  readonly observationVariance: number;
  readonly iterations: number;
  readonly converged: boolean;
}

/** The averages that the smoothed bars give for the step's variance and R. */
function maximization(X: Matrix, y: Float64Array, intercept: boolean, step: number, R: number) {
  const settings = settingsOf({ intercept, delta: step, observationVariance: R }, X.columns);
  const { model, options, Y, anchor } = anchoredRegression(X, y, settings);
  const { mean, covariance, stateDisturbance, stateDisturbanceCovariance, logLikelihood } = kalmanSmoother(
    model,
    Y,
    options,
  );
  const n = mean.columns;
  const first = n - X.columns;
  let noise = 0;
  let steps = 0;
  let seen = 0;
  const h = new Float64Array(n);
  const w = new Float64Array(n);
  const quadratic = (v: Float64Array, V: Float64Array) => {
    let sum = 0;
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) sum += v[i]! * V[i * n + j]! * v[j]!;
    return sum;
  };
  for (let t = 0; t < y.length; t++) {
    if (!Number.isNaN(Y.data[t]!)) {
      if (first === 1) h[0] = 1;
      for (let j = 0; j < X.columns; j++) h[first + j] = X.data[t * X.columns + j]! - anchor[j]!;
      let residual = Y.data[t]!;
      for (let i = 0; i < n; i++) residual -= h[i]! * mean.data[t * n + i]!;
      noise += residual * residual + quadratic(h, covariance[t]!.data);
      seen++;
    }
    if (t === y.length - 1) continue;
    // A step of the coefficients themselves: that of the intercept is that of the level less those of the slopes' shares.
    const V = stateDisturbanceCovariance[t]!.data;
    for (let i = 0; i < n; i++) {
      w.fill(0);
      w[i] = 1;
      if (first === 1 && i === 0) for (let j = 0; j < X.columns; j++) w[1 + j] = -anchor[j]!;
      let moved = 0;
      for (let j = 0; j < n; j++) moved += w[j]! * stateDisturbance.data[t * n + j]!;
      steps += moved * moved + quadratic(w, V);
    }
  }
  return { step: steps / (n * (y.length - 1)), observationVariance: noise / seen, logLikelihood };
}

/**
 * Expectation and maximisation in turn, from `start` until a round adds no more than `tolerance` of the log-likelihood's
 * size. Every round adds to it, at the end ever less.
 */
export function expectationMaximization(
  X: Matrix,
  y: Float64Array,
  intercept: boolean,
  start: { readonly step: number; readonly observationVariance: number },
  { maxIterations, tolerance }: { readonly maxIterations: number; readonly tolerance: number },
): Maximized {
  let { step, observationVariance } = start;
  let before = Number.NEGATIVE_INFINITY;
  for (let iterations = 1; iterations <= maxIterations; iterations++) {
    const next = maximization(X, y, intercept, step, observationVariance);
    if (next.logLikelihood - before <= tolerance * Math.abs(next.logLikelihood)) {
      return { step, observationVariance, iterations, converged: true };
    }
    before = next.logLikelihood;
    step = next.step;
    observationVariance = next.observationVariance;
  }
  return { step, observationVariance, iterations: maxIterations, converged: false };
}
