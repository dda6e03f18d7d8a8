import { at, indexAt, put, putIndex } from "./shared/tile";

/** Entries in consecutive rows that are worth a loop of their own. */
const LEAST_RUN: i32 = 4;

/** The integers of workspace that `factor` needs. */
export function workspace(n: i32): i32 {
  return 3 * n;
}

/**
 * The numbers of L and D, row by row up the elimination tree: the first column whose pivot is not beyond n·ε times its
 * diagonal entry, −1 where there is none. From runs[j] on the rows of column j follow one another.
 */
export function factor(
  n: i32, upperPointers: usize, upperRows: usize, upperValues: usize, parent: usize, pointers: usize,
  rows: usize, values: usize, runs: usize, pivots: usize, inverse: usize, y: usize, work: usize,
): i32 {
  const pattern = work;
  const flag = pattern + (<usize>n << 2);
  const filled = flag + (<usize>n << 2);
  memory.fill(y, 0, <usize>n << 3);
  memory.fill(flag, 0xff, <usize>n << 2);
  memory.copy(filled, pointers, <usize>n << 2);
  memory.copy(runs, pointers, <usize>n << 2);
  for (let k = 0; k < n; k++) {
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
    const least = <f64>n * f64.EPSILON * abs(pivot);
    put(y, k, 0);
    for (; top < n; top++) {
      const i = indexAt(pattern, top);
      const yi = at(y, i);
      put(y, i, 0);
      const start = indexAt(pointers, i);
      const end = indexAt(filled, i);
      subtractColumn(y, rows, values, start, indexAt(runs, i), end, yi);
      const entry = yi * at(inverse, i);
      pivot -= entry * yi;
      putIndex(rows, end, k);
      put(values, end, entry);
      putIndex(filled, i, end + 1);
      if (end == start || indexAt(rows, end - 1) != k - 1) putIndex(runs, i, end);
    }
    if (!(abs(pivot) > least)) return k;
    put(pivots, k, pivot);
    put(inverse, k, 1 / pivot);
  }
  return -1;
}

/** Solves LDLᵀ x = x in place. */
export function solve(
  n: i32, pointers: usize, rows: usize, values: usize, runs: usize, inverse: usize, x: usize,
): void {
  for (let j = 0; j < n; j++) {
    subtractColumn(x, rows, values, indexAt(pointers, j), indexAt(runs, j), indexAt(pointers, j + 1), at(x, j));
  }
  for (let j = n - 1; j >= 0; j--) {
    let sum = at(x, j) * at(inverse, j);
    for (let p = indexAt(pointers, j), end = indexAt(pointers, j + 1); p < end; p++) {
      sum -= at(values, p) * at(x, indexAt(rows, p));
    }
    put(x, j, sum);
  }
}

/** y −= scale · column, for the entries [start, end) of L, of which those from `run` on are in consecutive rows. */
// @ts-ignore: decorator
@inline
function subtractColumn(
  y: usize, rows: usize, values: usize, start: i32, run: i32, end: i32, scale: f64,
): void {
  const scattered = end - run < LEAST_RUN ? end : run;
  for (let p = start; p < scattered; p++) {
    const row = indexAt(rows, p);
    put(y, row, at(y, row) - at(values, p) * scale);
  }
  if (scattered == end) return;
  const s = f64x2.splat(scale);
  let v = values + (<usize>run << 3);
  let to = y + (<usize>indexAt(rows, run) << 3);
  const last = values + (<usize>end << 3);
  const whole = last - (<usize>((end - run) & 1) << 3);
  while (v != whole) {
    v128.store(to, f64x2.sub(v128.load(to), f64x2.mul(v128.load(v), s)));
    v += 16; to += 16;
  }
  if (v != last) store<f64>(to, load<f64>(to) - load<f64>(v) * scale);
}
