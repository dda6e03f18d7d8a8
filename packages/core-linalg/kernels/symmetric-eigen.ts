import { at, put } from "./shared/tile";

/** Sweeps for one eigenvalue; two or three are the rule, and a matrix that needs this many is not met in practice. */
const PATIENCE: i32 = 64;
/** 2⁻⁹⁶⁰: nothing beside entries near 1, and a bound that ε times a tiny neighbour cannot fall below. */
const NEGLIGIBLE: f64 = reinterpret<f64>(<u64>(1023 - 960) << 52);

/** Σ x_k y_k: four sums side by side, added (0 + 2) + (1 + 3), and then what is left over in order. */
// @ts-ignore: decorator
@inline
function dot(x: usize, y: usize, count: i32): f64 {
  let even = f64x2.splat(0), odd = even;
  let k: i32 = 0;
  for (; k + 4 <= count; k += 4) {
    const o = <usize>k << 3;
    even = f64x2.add(even, f64x2.mul(v128.load(x + o), v128.load(y + o)));
    odd = f64x2.add(odd, f64x2.mul(v128.load(x + o, 16), v128.load(y + o, 16)));
  }
  const lanes = f64x2.add(even, odd);
  let sum = f64x2.extract_lane(lanes, 0) + f64x2.extract_lane(lanes, 1);
  for (; k < count; k++) sum += at(x, k) * at(y, k);
  return sum;
}

/** y += factor · x. */
// @ts-ignore: decorator
@inline
function addMultiple(y: usize, x: usize, factor: f64, count: i32): void {
  const f = f64x2.splat(factor);
  let k: i32 = 0;
  for (; k + 2 <= count; k += 2) {
    const o = <usize>k << 3;
    v128.store(y + o, f64x2.add(v128.load(y + o), f64x2.mul(f, v128.load(x + o))));
  }
  if (k < count) put(y, k, at(y, k) + factor * at(x, k));
}

/** row −= a·w + b·v, what a reflection takes off one row of a symmetric matrix. */
// @ts-ignore: decorator
@inline
function takeOff(row: usize, a: f64, w: usize, b: f64, v: usize, count: i32): void {
  const fa = f64x2.splat(a), fb = f64x2.splat(b);
  let k: i32 = 0;
  for (; k + 2 <= count; k += 2) {
    const o = <usize>k << 3;
    const change = f64x2.add(f64x2.mul(fa, v128.load(w + o)), f64x2.mul(fb, v128.load(v + o)));
    v128.store(row + o, f64x2.sub(v128.load(row + o), change));
  }
  if (k < count) put(row, k, at(row, k) - (a * at(w, k) + b * at(v, k)));
}

/**
 * A = QTQᵀ by Householder reflections, from the lower triangle of A (n×n). T has the diagonal d and, beside it, e
 * (entry i between i and i + 1). Row i of A keeps the vector v of reflection i, and h its vᵀv ÷ 2, or 0 for none.
 */
export function tridiagonalise(A: usize, n: i32, d: usize, e: usize, h: usize, work: usize): void {
  for (let i = n - 1; i > 0; i--) {
    const v = A + (<usize>(i * n) << 3);
    const last = at(v, i - 1);
    const tail = dot(v, v, i - 1);
    put(d, i, at(v, i));
    put(h, i, 0);
    put(e, i - 1, last);
    if (tail == 0) continue;
    const total = tail + last * last;
    const root = copysign(sqrt(total), last);
    const half = total + root * last;
    put(e, i - 1, -root);
    put(h, i, half);
    put(v, i - 1, last + root);
    for (let j = 0; j < i; j++) {
      const row = A + (<usize>(j * n) << 3);
      const vj = at(v, j);
      addMultiple(work, row, vj, j);
      put(work, j, dot(row, v, j) + at(row, j) * vj);
    }
    for (let j = 0; j < i; j++) put(work, j, at(work, j) / half);
    addMultiple(work, v, -(dot(work, v, i) / (2 * half)), i);
    for (let j = 0; j < i; j++) {
      takeOff(A + (<usize>(j * n) << 3), at(v, j), work, at(work, j), v, j + 1);
    }
  }
  put(d, 0, at(A, 0));
  put(h, 0, 0);
  put(e, n - 1, 0);
}

/** W = Qᵀ from what `tridiagonalise` left. */
export function reflections(A: usize, n: i32, h: usize, W: usize): void {
  memory.fill(W, 0, <usize>(n * n) << 3);
  for (let i = 0; i < n; i++) {
    put(W, i * n + i, 1);
    const half = at(h, i);
    if (half == 0) continue;
    const v = A + (<usize>(i * n) << 3);
    for (let r = 0; r < i; r++) {
      const row = W + (<usize>(r * n) << 3);
      addMultiple(row, v, -(dot(row, v, i) / half), i);
    }
  }
}

/** √(a² + b²) without overflow. */
// @ts-ignore: decorator
@inline
function hypotenuse(a: f64, b: f64): f64 {
  const x = abs(a), y = abs(b);
  const long = max(x, y), short = min(x, y);
  if (long == 0) return 0;
  const ratio = short / long;
  return long * sqrt(1 + ratio * ratio);
}

/** Turns two rows by the angle of (c, s). */
// @ts-ignore: decorator
@inline
function rotate(lower: usize, upper: usize, c: f64, s: f64, count: i32): void {
  const cc = f64x2.splat(c), ss = f64x2.splat(s);
  let k: i32 = 0;
  for (; k + 2 <= count; k += 2) {
    const o = <usize>k << 3;
    const a = v128.load(lower + o), b = v128.load(upper + o);
    v128.store(upper + o, f64x2.add(f64x2.mul(ss, a), f64x2.mul(cc, b)));
    v128.store(lower + o, f64x2.sub(f64x2.mul(cc, a), f64x2.mul(ss, b)));
  }
  if (k < count) {
    const a = at(lower, k), b = at(upper, k);
    put(upper, k, s * a + c * b);
    put(lower, k, c * a - s * b);
  }
}

/** Where the block that begins at `first` ends: the first i whose e is lost beside its neighbours on the diagonal. */
// @ts-ignore: decorator
@inline
function blockEnd(d: usize, e: usize, first: i32, n: i32): i32 {
  let i = first;
  while (i < n - 1 && abs(at(e, i)) > f64.EPSILON * (abs(at(d, i)) + abs(at(d, i + 1))) + NEGLIGIBLE) i++;
  return i;
}

/**
 * The eigenvalues of the tridiagonal (d, e), written over d, by implicit QL sweeps with Wilkinson's shift; every
 * rotation is applied to the rows of W too, `columns` long (0: eigenvalues only). Returns 0, or 1 + the index of an
 * eigenvalue that did not settle.
 */
export function qlSweeps(d: usize, e: usize, n: i32, W: usize, columns: i32): i32 {
  for (let first = 0; first < n; first++) {
    for (let sweep = 0; ; sweep++) {
      const end = blockEnd(d, e, first, n);
      if (end == first) break;
      if (sweep == PATIENCE) return first + 1;
      const e0 = at(e, first);
      const slope = (at(d, first + 1) - at(d, first)) / (2 * e0);
      let g = at(d, end) - at(d, first) + e0 / (slope + copysign(hypotenuse(slope, 1), slope));
      let s: f64 = 1, c: f64 = 1, p: f64 = 0;
      let i = end - 1;
      for (; i >= first; i--) {
        const f = s * at(e, i), b = c * at(e, i);
        const r = hypotenuse(f, g);
        put(e, i + 1, r);
        if (r == 0) break;
        s = f / r;
        c = g / r;
        g = at(d, i + 1) - p;
        const q = (at(d, i) - g) * s + 2 * c * b;
        p = s * q;
        put(d, i + 1, g + p);
        g = c * q - b;
        if (columns > 0) rotate(W + (<usize>(i * columns) << 3), W + (<usize>((i + 1) * columns) << 3), c, s, columns);
      }
      if (i >= first) put(d, i + 1, at(d, i + 1) - p);
      else {
        put(d, first, at(d, first) - p);
        put(e, first, g);
      }
      put(e, end, 0);
    }
  }
  return 0;
}
