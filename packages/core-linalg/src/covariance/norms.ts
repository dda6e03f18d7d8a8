import type { Matrix } from "../matrix/matrix.ts";

/** The largest |x|; 0 for none. */
export function largestMagnitude(data: Float64Array): number {
  let largest = 0;
  for (let k = 0; k < data.length; k++) {
    const magnitude = Math.abs(data[k]!);
    if (magnitude > largest) largest = magnitude;
  }
  return largest;
}

/** Σ a_ij². */
export function squaredNorm(A: Matrix): number {
  let sum = 0;
  for (const value of A.data) sum += value * value;
  return sum;
}

/** Σ (a_ij − b_ij)². */
export function squaredDistance(A: Matrix, B: Matrix): number {
  let sum = 0;
  for (let k = 0; k < A.data.length; k++) {
    const difference = A.data[k]! - B.data[k]!;
    sum += difference * difference;
  }
  return sum;
}
