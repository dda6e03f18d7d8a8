import { scratch } from "./scratch.ts";

/** The largest |entry|; 0 for an empty vector. NaN when an entry is. */
export function largest(v: Float64Array): number {
  let most = 0;
  for (let i = 0; i < v.length; i++) {
    const size = Math.abs(v[i]!);
    if (size > most) most = size;
    else if (Number.isNaN(size)) return Number.NaN;
  }
  return most;
}

/** The largest |v[i] w[i]|; NaN when a product is. */
export function largestProduct(v: Float64Array, w: Float64Array): number {
  let most = 0;
  for (let i = 0; i < v.length; i++) {
    const size = Math.abs(v[i]! * w[i]!);
    if (size > most) most = size;
    else if (Number.isNaN(size)) return Number.NaN;
  }
  return most;
}

/** v ÷ divisor, entry by entry, in {@link scratch}; v itself where that is 1. */
export function quotient(v: Float64Array, divisor: number): Float64Array {
  if (divisor === 1) return v;
  const result = scratch(v.length);
  for (let i = 0; i < v.length; i++) result[i] = v[i]! / divisor;
  return result;
}

/** factor · v. */
export function multiple(v: Float64Array, factor: number): Float64Array {
  const result = new Float64Array(v.length);
  for (let i = 0; i < v.length; i++) result[i] = v[i]! * factor;
  return result;
}

/** v'w, summed in four lanes that are added pairwise at the end; the remainder in order. */
export function dot(v: Float64Array, w: Float64Array): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  const whole = v.length - (v.length % 4);
  for (let i = 0; i < whole; i += 4) {
    a += v[i]! * w[i]!;
    b += v[i + 1]! * w[i + 1]!;
    c += v[i + 2]! * w[i + 2]!;
    d += v[i + 3]! * w[i + 3]!;
  }
  let sum = a + b + (c + d);
  for (let i = whole; i < v.length; i++) sum += v[i]! * w[i]!;
  return sum;
}
