import { Matrix } from "@astra-quant/core-linalg";
import type { DiffuseBasis } from "./diffuse-basis.ts";

/** The mean, NaN for each state that is not known but for a finite variance. */
export function knownMean(mean: Float64Array, unknown: DiffuseBasis): Float64Array {
  return mean.map((value, i) => (unknown.settled(i) ? value + 0 : Number.NaN));
}

/** The covariance, NaN in the rows and columns of such states. */
export function knownCovariance(P: Float64Array, unknown: DiffuseBasis): Matrix {
  const n = unknown.size;
  const settled = Array.from({ length: n }, (_, i) => unknown.settled(i));
  return new Matrix(
    n,
    n,
    P.map((value, k) => (settled[Math.floor(k / n)] && settled[k % n] ? value : Number.NaN)),
  );
}
