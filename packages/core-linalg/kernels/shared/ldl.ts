import { dot, subtractMultiple, sumOf } from "./lanes";
import { at, indexAt, put, putIndex } from "./tile";

/** Addresses of the arrays of src/kernels/sparse-ldl.ts, in its order. */
// @ts-ignore: decorator
@unmanaged
export class Ldl {
  size: i32;
  upperPointers: usize;
  upperRows: usize;
  upperValues: usize;
  parent: usize;
  pointers: usize;
  alike: usize;
  fours: usize;
  fourCount: i32;
  rows: usize;
  values: usize;
  runs: usize;
  pivots: usize;
  inverse: usize;
  pattern: usize;
  flag: usize;
  filled: usize;
  work: usize;
}

/** Entries in consecutive rows that are worth a loop of their own. */
const LEAST_RUN: i32 = 8;

/**
 * The numbers of L and D, row by row up the elimination tree: the first column whose pivot is not beyond `tolerance`
 * times its diagonal entry, −1 where there is none. Four columns with the same rows below them go together.
 */
export function factorLdl(ldl: Ldl, tolerance: f64): i32 {
  const n = ldl.size;
  const upperPointers = ldl.upperPointers, upperRows = ldl.upperRows, upperValues = ldl.upperValues;
  const parent = ldl.parent, pointers = ldl.pointers, alike = ldl.alike, rows = ldl.rows, values = ldl.values;
  const runs = ldl.runs, inverse = ldl.inverse, pattern = ldl.pattern, flag = ldl.flag, filled = ldl.filled;
  const y = ldl.work;
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
    const least = tolerance * abs(pivot);
    put(y, k, 0);
    while (top < n) {
      const i = indexAt(pattern, top);
      let last = i;
      if (top + 3 < n && indexAt(pattern, top + 3) == i + 3 && indexAt(alike, i) >= 4) {
        last = i + 3;
        subtractFour(pointers, rows, values, y, i, indexAt(runs, last), indexAt(filled, last));
      } else subtractOne(rows, values, y, at(y, i), indexAt(pointers, i), indexAt(runs, i), indexAt(filled, i));
      top += last - i + 1;
      for (let j = i; j <= last; j++) {
        const yj = at(y, j);
        const entry = yj * at(inverse, j);
        const end = indexAt(filled, j);
        put(y, j, 0);
        pivot -= entry * yj;
        putIndex(rows, end, k);
        put(values, end, entry);
        putIndex(filled, j, end + 1);
        if (end == indexAt(pointers, j) || indexAt(rows, end - 1) != k - 1) putIndex(runs, j, end);
      }
    }
    if (!(abs(pivot) > least)) return k;
    put(ldl.pivots, k, pivot);
    put(inverse, k, 1 / pivot);
  }
  for (let j: i32 = 0; j < n; j++) {
    const end = indexAt(filled, j);
    if (end - indexAt(runs, j) < LEAST_RUN) putIndex(runs, j, end);
  }
  return -1;
}

/** y −= scale · column, whose entries [start, end) are in consecutive rows from `run` on. */
// @ts-ignore: decorator
@inline
function subtractOne(rows: usize, values: usize, y: usize, scale: f64, start: i32, run: i32, end: i32): void {
  for (let p = start; p < run; p++) {
    const row = indexAt(rows, p);
    put(y, row, at(y, row) - at(values, p) * scale);
  }
  if (run >= end) return;
  subtractMultiple(y + (<usize>indexAt(rows, run) << 3), values + (<usize>run << 3), scale, end - run);
}

/**
 * y −= L_i y_i for columns i … i + 3, each of whose rows are the next column and its rows; those of the last end at `end`
 * and are consecutive from `run` on.
 */
function subtractFour(pointers: usize, rows: usize, values: usize, y: usize, i: i32, run: i32, end: i32): void {
  let a = values + (<usize>indexAt(pointers, i) << 3);
  let b = values + (<usize>indexAt(pointers, i + 1) << 3);
  let c = values + (<usize>indexAt(pointers, i + 2) << 3);
  let p = indexAt(pointers, i + 3);
  let d = values + (<usize>p << 3);
  const ya = at(y, i);
  const yb = at(y, i + 1) - load<f64>(a) * ya;
  const yc = at(y, i + 2) - load<f64>(a, 8) * ya - load<f64>(b) * yb;
  const yd = at(y, i + 3) - load<f64>(a, 16) * ya - load<f64>(b, 8) * yb - load<f64>(c) * yc;
  put(y, i + 1, yb);
  put(y, i + 2, yc);
  put(y, i + 3, yd);
  a += 24; b += 16; c += 8;
  for (; p < run; p++) {
    const to = y + (<usize>indexAt(rows, p) << 3);
    store<f64>(to, load<f64>(to) - load<f64>(a) * ya - load<f64>(b) * yb - load<f64>(c) * yc - load<f64>(d) * yd);
    a += 8; b += 8; c += 8; d += 8;
  }
  if (p >= end) return;
  let to = y + (<usize>indexAt(rows, p) << 3);
  const last = values + (<usize>end << 3);
  const whole = last - (<usize>((end - p) & 1) << 3);
  const sa = f64x2.splat(ya), sb = f64x2.splat(yb), sc = f64x2.splat(yc), sd = f64x2.splat(yd);
  while (d != whole) {
    let rest = f64x2.sub(v128.load(to), f64x2.mul(v128.load(a), sa));
    rest = f64x2.sub(rest, f64x2.mul(v128.load(b), sb));
    rest = f64x2.sub(rest, f64x2.mul(v128.load(c), sc));
    v128.store(to, f64x2.sub(rest, f64x2.mul(v128.load(d), sd)));
    a += 16; b += 16; c += 16; d += 16; to += 16;
  }
  if (d == last) return;
  store<f64>(to, load<f64>(to) - load<f64>(a) * ya - load<f64>(b) * yb - load<f64>(c) * yc - load<f64>(d) * yd);
}

/** Solves LDLᵀ x = x in place. */
export function solveLdl(ldl: Ldl, x: usize): void {
  const n = ldl.size, fours = ldl.fours, fourCount = ldl.fourCount;
  const pointers = ldl.pointers, rows = ldl.rows, values = ldl.values, runs = ldl.runs, inverse = ldl.inverse;
  let j: i32 = 0;
  for (let f: i32 = 0; f <= fourCount; f++) {
    const stop = f < fourCount ? indexAt(fours, f) : n;
    let start = indexAt(pointers, j);
    for (; j < stop; j++) {
      const end = indexAt(pointers, j + 1);
      subtractOne(rows, values, x, at(x, j), start, indexAt(runs, j), end);
      start = end;
    }
    if (stop == n) break;
    subtractFour(pointers, rows, values, x, j, indexAt(runs, j + 3), indexAt(pointers, j + 4));
    j += 4;
  }
  j = n - 1;
  for (let f = fourCount - 1; f >= -1; f--) {
    const stop = f >= 0 ? indexAt(fours, f) + 3 : -1;
    let end = indexAt(pointers, j + 1);
    for (; j > stop; j--) {
      const start = indexAt(pointers, j);
      const run = indexAt(runs, j);
      let xj = at(x, j) * at(inverse, j) - scatteredDot(rows, values, start, run, x);
      if (run < end) xj -= dot(values + (<usize>run << 3), x + (<usize>indexAt(rows, run) << 3), end - run);
      put(x, j, xj);
      end = start;
    }
    if (stop < 0) break;
    finishFour(pointers, rows, values, inverse, x, j - 3, indexAt(runs, j));
    j -= 4;
  }
}

/** x_j ÷ D_j − L_jᵀ x for columns j + 3 down to j, which are as those of `subtractFour`. */
function finishFour(
  pointers: usize, rows: usize, values: usize, inverse: usize, x: usize, j: i32, run: i32,
): void {
  const firstA = values + (<usize>indexAt(pointers, j) << 3);
  const firstB = values + (<usize>indexAt(pointers, j + 1) << 3);
  const firstC = values + (<usize>indexAt(pointers, j + 2) << 3);
  let a = firstA + 24, b = firstB + 16, c = firstC + 8;
  let p = indexAt(pointers, j + 3);
  let d = values + (<usize>p << 3);
  const end = indexAt(pointers, j + 4);
  let xa: f64 = 0, xb: f64 = 0, xc: f64 = 0, xd: f64 = 0;
  for (; p < run; p++) {
    const v = at(x, indexAt(rows, p));
    xa += load<f64>(a) * v;
    xb += load<f64>(b) * v;
    xc += load<f64>(c) * v;
    xd += load<f64>(d) * v;
    a += 8; b += 8; c += 8; d += 8;
  }
  xa = at(x, j) * at(inverse, j) - xa;
  xb = at(x, j + 1) * at(inverse, j + 1) - xb;
  xc = at(x, j + 2) * at(inverse, j + 2) - xc;
  xd = at(x, j + 3) * at(inverse, j + 3) - xd;
  if (p < end) {
    const from = x + (<usize>indexAt(rows, p) << 3);
    const length = end - p;
    const whole = from + (<usize>(length & ~3) << 3);
    const zero = f64x2.splat(0);
    let a0 = zero, a1 = zero, b0 = zero, b1 = zero, c0 = zero, c1 = zero, d0 = zero, d1 = zero;
    let v = from;
    while (v != whole) {
      const v0 = v128.load(v), v1 = v128.load(v, 16);
      a0 = f64x2.add(a0, f64x2.mul(v128.load(a), v0)); a1 = f64x2.add(a1, f64x2.mul(v128.load(a, 16), v1));
      b0 = f64x2.add(b0, f64x2.mul(v128.load(b), v0)); b1 = f64x2.add(b1, f64x2.mul(v128.load(b, 16), v1));
      c0 = f64x2.add(c0, f64x2.mul(v128.load(c), v0)); c1 = f64x2.add(c1, f64x2.mul(v128.load(c, 16), v1));
      d0 = f64x2.add(d0, f64x2.mul(v128.load(d), v0)); d1 = f64x2.add(d1, f64x2.mul(v128.load(d, 16), v1));
      a += 32; b += 32; c += 32; d += 32; v += 32;
    }
    let sumA = sumOf(a0, a1), sumB = sumOf(b0, b1), sumC = sumOf(c0, c1), sumD = sumOf(d0, d1);
    for (const stop = from + (<usize>length << 3); v != stop; v += 8) {
      const value = load<f64>(v);
      sumA += load<f64>(a) * value;
      sumB += load<f64>(b) * value;
      sumC += load<f64>(c) * value;
      sumD += load<f64>(d) * value;
      a += 8; b += 8; c += 8; d += 8;
    }
    xa -= sumA; xb -= sumB; xc -= sumC; xd -= sumD;
  }
  xc -= load<f64>(firstC) * xd;
  xb = xb - load<f64>(firstB) * xc - load<f64>(firstB, 8) * xd;
  xa = xa - load<f64>(firstA) * xb - load<f64>(firstA, 8) * xc - load<f64>(firstA, 16) * xd;
  put(x, j, xa);
  put(x, j + 1, xb);
  put(x, j + 2, xc);
  put(x, j + 3, xd);
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
