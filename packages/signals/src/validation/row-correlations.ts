import { correlationBetween, type Matrix } from "@astra-quant/core-linalg";
import { rowRankCorrelations } from "../kernels/row-rank-correlations.ts";
import type { IcMethod } from "./information-coefficient.ts";
import { rowOf } from "./paired-rows.ts";

function rowPearsonCorrelations(x: Matrix, y: Matrix, least: number, out: Float64Array): void {
  const a = new Float64Array(x.columns);
  const b = new Float64Array(x.columns);
  for (let t = 0; t < x.rows; t++) {
    const n = takePairs(rowOf(x, t), rowOf(y, t), a, b);
    out[t] = n < least ? Number.NaN : correlationBetween(a.subarray(0, n), b.subarray(0, n));
  }
}

/** Copies the entries that are finite in both; how many there are. */
function takePairs(x: Float64Array, y: Float64Array, a: Float64Array, b: Float64Array): number {
  let n = 0;
  for (let j = 0; j < x.length; j++) {
    if (!(Number.isFinite(x[j]!) && Number.isFinite(y[j]!))) continue;
    a[n] = x[j]!;
    b[n] = y[j]!;
    n++;
  }
  return n;
}

/**
 * Writes the correlation of each row of x with that of y over the entries that are finite in both; NaN with fewer than
 * `least` of them.
 */
export function rowCorrelations(
  x: Matrix,
  y: Matrix,
  method: IcMethod,
  least: number,
  out: Float64Array,
): void {
  (method === "pearson" ? rowPearsonCorrelations : rowRankCorrelations)(x, y, least, out);
}
