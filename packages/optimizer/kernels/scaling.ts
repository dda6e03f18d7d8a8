import { at, indexAt, put } from "../../core-linalg/kernels/shared/tile";
import { largest } from "./shared/norms";

// Arrays in the arena have room to the next 64 bytes, so that a pair may reach one past an odd end.

/** Addresses of the arrays of src/kernels/scaling.ts, in its order. */
// @ts-ignore: decorator
@unmanaged
class Scaling {
  n: i32;
  m: i32;
  pPointers: usize;
  pRows: usize;
  pValues: usize;
  aPointers: usize;
  aRows: usize;
  aValues: usize;
  q: usize;
  D: usize;
  E: usize;
  delta: usize;
  epsilon: usize;
  objectiveNorms: usize;
  variableNorms: usize;
  rowNorms: usize;
}

const LEAST_NORM: f64 = 1e-4;
const GREATEST_NORM: f64 = 1e4;

// @ts-ignore: decorator
@inline
function limited(norm: f64): f64 {
  return norm < LEAST_NORM ? 1 : min(norm, GREATEST_NORM);
}

/** Equilibrates rows and columns `passes` times, in place: the scale of the cost, c. */
export function equilibrate(s: Scaling, passes: i32): f64 {
  const n = s.n, m = s.m;
  let c: f64 = 1;
  let g: f64 = 1;
  memory.fill(s.rowNorms, 0, <usize>m << 3);
  scaleEntries(s.pPointers, s.pRows, s.pValues, n, 1, 0, 0, s.objectiveNorms, 0);
  scaleEntries(s.aPointers, s.aRows, s.aValues, n, 1, 0, 0, s.variableNorms, s.rowNorms);
  for (let pass: i32 = 0; pass < passes; pass++) {
    for (let j: i32 = 0; j < n; j += 2) {
      const offset = <usize>j << 3;
      inverseRoots(f64x2.pmax(v128.load(s.objectiveNorms + offset), v128.load(s.variableNorms + offset)), s.delta + offset);
    }
    for (let i: i32 = 0; i < m; i += 2) {
      const offset = <usize>i << 3;
      inverseRoots(v128.load(s.rowNorms + offset), s.epsilon + offset);
    }
    memory.fill(s.rowNorms, 0, <usize>m << 3);
    scaleEntries(s.pPointers, s.pRows, s.pValues, n, g, s.delta, s.delta, s.objectiveNorms, 0);
    scaleEntries(s.aPointers, s.aRows, s.aValues, n, 1, s.epsilon, s.delta, s.variableNorms, s.rowNorms);
    multiply(s.q, s.delta, n);
    multiply(s.D, s.delta, n);
    multiply(s.E, s.epsilon, m);
    let mean: f64 = 0;
    for (let j: i32 = 0; j < n; j++) mean += at(s.objectiveNorms, j);
    mean /= <f64>n;
    g = 1 / limited(max(mean, limited(largest(s.q, n))));
    for (let j: i32 = 0; j < n; j++) {
      put(s.q, j, at(s.q, j) * g);
      put(s.objectiveNorms, j, at(s.objectiveNorms, j) * g);
    }
    c *= g;
  }
  for (let k: i32 = 0, end = indexAt(s.pPointers, n); k < end; k++) put(s.pValues, k, at(s.pValues, k) * g);
  return c;
}

/** 1 ÷ √norm for two norms. */
// @ts-ignore: decorator
@inline
function inverseRoots(norms: v128, out: usize): void {
  const one = f64x2.splat(1);
  const tiny = f64x2.lt(norms, f64x2.splat(LEAST_NORM));
  const bounded = v128.bitselect(one, f64x2.pmin(norms, f64x2.splat(GREATEST_NORM)), tiny);
  v128.store(out, f64x2.div(one, f64x2.sqrt(bounded)));
}

/** v ← v ∘ w. */
// @ts-ignore: decorator
@inline
function multiply(v: usize, w: usize, length: i32): void {
  for (let k: i32 = 0; k < length; k += 2) {
    const offset = <usize>k << 3;
    v128.store(v + offset, f64x2.mul(v128.load(v + offset), v128.load(w + offset)));
  }
}

/**
 * Multiplies every entry by `factor`, its row's scale and its column's, and writes the norms of the columns, and of the
 * rows where asked for; without scales the norms alone.
 */
function scaleEntries(
  pointers: usize, rows: usize, values: usize, columns: i32, factor: f64,
  rowScale: usize, columnScale: usize, columnNorms: usize, rowNorms: usize,
): void {
  let k: i32 = 0;
  for (let j: i32 = 0; j < columns; j++) {
    const scale = columnScale ? at(columnScale, j) : 1;
    let most = f64x2.splat(0);
    for (const end = indexAt(pointers, j + 1); k < end; k++) {
      const row = indexAt(rows, k);
      let value = at(values, k);
      if (rowScale) {
        value = value * factor * at(rowScale, row) * scale;
        put(values, k, value);
      }
      const size = f64x2.splat(abs(value));
      most = f64x2.pmax(most, size);
      if (!rowNorms) continue;
      const norm = rowNorms + (<usize>row << 3);
      v128.store64_lane(norm, f64x2.pmax(v128.load64_zero(norm), size), 0);
    }
    put(columnNorms, j, f64x2.extract_lane(most, 0));
  }
}
