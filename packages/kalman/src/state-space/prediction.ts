import { Matrix } from "@astra-quant/core-linalg";
import type { FilterCore } from "./filter-core.ts";
import type { ModelAtBar } from "./model.ts";

/** What is expected of a bar's observations before they are seen. */
export interface ObservationPrediction {
  /** p entries; NaN where the observation depends on a state of which nothing is known. */
  readonly mean: Float64Array;
  /** p × p, of observation minus mean; NaN in the rows and columns where the mean is. */
  readonly covariance: Matrix;
}

/** The filter stands before the bar: y is expected at d + Z a with covariance Z P Zᵀ + H. */
export function predictObservation(core: FilterCore, { Z, H, d }: ModelAtBar): ObservationPrediction {
  const { states: n, unknown } = core;
  const p = d.length;
  const mean = new Float64Array(p);
  const crosses: Float64Array[] = [];
  const basis = unknown.data;
  for (let i = 0; i < p; i++) {
    const z = Z.subarray(i * n, (i + 1) * n);
    let sum = d[i]!;
    for (let j = 0; j < n; j++) sum += z[j]! * core.mean[j]!;
    let doubt = 0;
    for (let k = 0; k < unknown.columns; k++) {
      let met = 0;
      let reach = 0;
      for (let j = 0; j < n; j++) {
        met += z[j]! * basis[j * unknown.columns + k]!;
        reach += Math.abs(z[j]! * basis[j * unknown.columns + k]!);
      }
      if (Math.abs(met) > 32 * n * Number.EPSILON * reach) doubt++;
    }
    mean[i] = doubt > 0 ? Number.NaN : sum;
    const cross = new Float64Array(n);
    core.covariance.project(z, cross);
    crosses.push(cross);
  }
  const covariance = new Matrix(p, p);
  for (let i = 0; i < p; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = H[i * p + j]!;
      for (let k = 0; k < n; k++) sum += Z[j * n + k]! * crosses[i]![k]!;
      const value = Number.isNaN(mean[i]! + mean[j]!) ? Number.NaN : sum;
      covariance.data[i * p + j] = value;
      covariance.data[j * p + i] = value;
    }
  }
  return { mean, covariance };
}
