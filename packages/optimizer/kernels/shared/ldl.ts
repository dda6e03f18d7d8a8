import { at, dot, indexAt, put, putIndex, subtractMultiple } from "./lanes";

/** Addresses of the arrays of src/kernels/ldl.ts, in its order. */
// @ts-ignore: decorator
@unmanaged
export class Ldl {
  size: i32;
  upperPointers: usize;
  upperRows: usize;
  upperValues: usize;
  parent: usize;
  pointers: usize;
  rows: usize;
  values: usize;
  runs: usize;
  inverse: usize;
  pattern: usize;
  flag: usize;
  filled: usize;
  work: usize;
}

/** Entries in consecutive rows that are worth a loop of their own. */
const LEAST_RUN: i32 = 8;

/** The numbers of L and D⁻¹, row by row up the elimination tree: how many pivots are positive, −1 when one is zero. */
export function factorLdl(ldl: Ldl): i32 {
  const n = ldl.size;
  const upperPointers = ldl.upperPointers, upperRows = ldl.upperRows, upperValues = ldl.upperValues;
  const parent = ldl.parent, pointers = ldl.pointers, rows = ldl.rows, values = ldl.values;
  const runs = ldl.runs, inverse = ldl.inverse, pattern = ldl.pattern, flag = ldl.flag, filled = ldl.filled;
  const y = ldl.work;
  let positive: i32 = 0;
  memory.fill(y, 0, <usize>n << 3);
  memory.fill(inverse, 0, <usize>n << 3);
  memory.fill(flag, 0xff, <usize>n << 2);
  memory.copy(filled, pointers, <usize>n << 2);
  memory.copy(runs, pointers, <usize>n << 2);
  for (let k: i32 = 0; k < n; k++) {
    let top = n;
    putIndex(flag, k, k);
    for (let p = indexAt(upperPointers, k), end = indexAt(upperPointers, k + 1); p < end; p++) {
      let i = indexAt(upperRows, p);
      put(y, i, at(y, i) + at(upperValues, p));
      let length: i32 = 0;
      while (indexAt(flag, i) != k) {
        putIndex(pattern, length++, i);
        putIndex(flag, i, k);
        i = indexAt(parent, i);
      }
      while (length > 0) putIndex(pattern, --top, indexAt(pattern, --length));
    }
    let pivot = at(y, k);
    put(y, k, 0);
    for (; top < n; top++) {
      const i = indexAt(pattern, top);
      const yi = at(y, i);
      put(y, i, 0);
      const end = indexAt(filled, i);
      const run = indexAt(runs, i);
      for (let p = indexAt(pointers, i); p < run; p++) {
        const row = indexAt(rows, p);
        put(y, row, at(y, row) - at(values, p) * yi);
      }
      let after: i32 = -1;
      if (run < end) {
        const first = indexAt(rows, run);
        subtractMultiple(y + (<usize>first << 3), values + (<usize>run << 3), yi, end - run);
        after = first + end - run;
      }
      const entry = yi * at(inverse, i);
      pivot -= entry * yi;
      putIndex(rows, end, k);
      put(values, end, entry);
      putIndex(filled, i, end + 1);
      if (after != k) putIndex(runs, i, end);
    }
    if (pivot == 0 || pivot != pivot) return -1;
    if (pivot > 0) positive++;
    put(inverse, k, 1 / pivot);
  }
  for (let j: i32 = 0; j < n; j++) {
    const end = indexAt(filled, j);
    if (end - indexAt(runs, j) < LEAST_RUN) putIndex(runs, j, end);
  }
  return positive;
}

/** Solves LDLᵀ x = x in place. */
export function solveLdl(ldl: Ldl, x: usize): void {
  const n = ldl.size;
  const pointers = ldl.pointers, rows = ldl.rows, values = ldl.values, runs = ldl.runs, inverse = ldl.inverse;
  for (let j: i32 = 0; j < n; j++) {
    const xj = at(x, j);
    const run = indexAt(runs, j);
    const end = indexAt(pointers, j + 1);
    for (let p = indexAt(pointers, j); p < run; p++) {
      const row = indexAt(rows, p);
      put(x, row, at(x, row) - at(values, p) * xj);
    }
    if (run < end) {
      subtractMultiple(x + (<usize>indexAt(rows, run) << 3), values + (<usize>run << 3), xj, end - run);
    }
  }
  for (let j = n - 1; j >= 0; j--) {
    const run = indexAt(runs, j);
    const end = indexAt(pointers, j + 1);
    let xj = at(x, j) * at(inverse, j) - scatteredDot(rows, values, indexAt(pointers, j), run, x);
    if (run < end) {
      xj -= dot(values + (<usize>run << 3), x + (<usize>indexAt(rows, run) << 3), end - run);
    }
    put(x, j, xj);
  }
}

/** Σ values[p] x[rows[p]] over p of [from, to). */
// @ts-ignore: decorator
@inline
function scatteredDot(rows: usize, values: usize, from: i32, to: i32, x: usize): f64 {
  let sum: f64 = 0;
  let p = from;
  const whole = from + ((to - from) & ~3);
  if (p < whole) {
    let a: f64 = 0, b: f64 = 0, c: f64 = 0, d: f64 = 0;
    for (; p < whole; p += 4) {
      a += at(values, p) * at(x, indexAt(rows, p));
      b += at(values, p + 1) * at(x, indexAt(rows, p + 1));
      c += at(values, p + 2) * at(x, indexAt(rows, p + 2));
      d += at(values, p + 3) * at(x, indexAt(rows, p + 3));
    }
    sum = a + b + (c + d);
  }
  for (; p < to; p++) sum += at(values, p) * at(x, indexAt(rows, p));
  return sum;
}
