export { isFiniteAndSymmetric } from "../../core-linalg/kernels/shared/symmetric";
import { factorStrips, factorWorkspace, stripLength } from "../../core-linalg/kernels/shared/cholesky";
import { solveStrip } from "../../core-linalg/kernels/shared/forward-substitution";
import { at, high, low, put } from "../../core-linalg/kernels/shared/tile";

// K of N×N, and its factor L in strips of four rows: what stands in the lanes of the last strip beyond N means nothing.

/** The doubles of workspace that a factor of size N needs. */
export function workspace(N: i32): i32 {
  return factorWorkspace(N);
}

/**
 * K = LLᵀ: 0, or 1 + the index of the first pivot that is not above `threshold` times its own diagonal entry. The first
 * `done` rows of L, a multiple of four, are in `work` already.
 */
export function factor(K: usize, N: i32, threshold: f64, work: usize, done: i32): i32 {
  return factorStrips(K, N, threshold, work, done >> 2);
}

/** Puts the first `count` rows of L, each as long as its index and one more, where {@link factor} looks for them. */
export function placeRows(rows: usize, count: i32, work: usize, N: i32): void {
  const length = stripLength(N);
  let from = rows;
  for (let i: i32 = 0; i < count; i++) {
    let to = work + <usize>(i >> 2) * length + (<usize>(i & 3) << 3);
    for (let j: i32 = 0; j <= i; j++) {
      store<f64>(to, load<f64>(from));
      from += 8;
      to += 32;
    }
    for (let j = i + 1; j <= (i | 3); j++) {
      store<f64>(to, 0);
      to += 32;
    }
  }
}

/** The rows of L from row `first` on, one after the other. */
export function takeRows(work: usize, N: i32, first: i32, rows: usize): void {
  const length = stripLength(N);
  let to = rows;
  for (let i = first; i < N; i++) {
    let from = work + <usize>(i >> 2) * length + (<usize>(i & 3) << 3);
    for (let j: i32 = 0; j <= i; j++) {
      store<f64>(to, load<f64>(from));
      from += 32;
      to += 8;
    }
  }
}

/** The least squared entry of L's diagonal. */
export function leastPivot(work: usize, N: i32): f64 {
  const length = stripLength(N);
  let least = Infinity;
  for (let i: i32 = 0; i < N; i++) {
    const entry = at(work + <usize>(i >> 2) * length + (<usize>(i >> 2) << 7), (i & 3) * 5);
    least = min(least, entry * entry);
  }
  return least;
}

/** Solves LLᵀx = x in place, for one column with room for whole strips. */
export function solveColumn(work: usize, N: i32, x: usize): void {
  const strips = (N + 3) >> 2;
  const length = stripLength(N);
  for (let i: i32 = 0; i < strips; i++) {
    const own = x + (<usize>i << 5);
    let a = work + <usize>i * length;
    let c0 = v128.load(own), c1 = v128.load(own, 16);
    for (let b = x; b != own; b += 8) {
      const s = v128.load_splat<f64>(b);
      c0 = f64x2.sub(c0, f64x2.mul(v128.load(a), s));
      c1 = f64x2.sub(c1, f64x2.mul(v128.load(a, 16), s));
      a += 32;
    }
    v128.store(own, c0); v128.store(own, c1, 16);
    const rows = min(4, N - i * 4);
    for (let r: i32 = 0; r < rows; r++) {
      let value = at(own, r);
      for (let q: i32 = 0; q < r; q++) value -= at(a, q * 4 + r) * at(own, q);
      put(own, r, value / at(a, r * 5));
    }
  }
  for (let i = strips - 1; i >= 0; i--) {
    const own = x + (<usize>i << 5);
    const strip = work + <usize>i * length;
    const tile = strip + (<usize>i << 7);
    const rows = min(4, N - i * 4);
    for (let r = rows - 1; r >= 0; r--) {
      let value = at(own, r);
      for (let s = rows - 1; s > r; s--) value -= at(tile, r * 4 + s) * at(own, s);
      put(own, r, value / at(tile, r * 5));
    }
    if (rows == 4) takeRowsOff(strip, tile, own, x);
    else {
      for (let r = rows - 1; r >= 0; r--) {
        for (let k: i32 = 0; k < i * 4; k++) put(x, k, at(x, k) - at(strip, k * 4 + r) * at(own, r));
      }
    }
  }
}

/** x_k −= Σ_r L_rk x_r for the four rows of a strip, the last first, and all columns k before them. */
// @ts-ignore: decorator
@inline
function takeRowsOff(strip: usize, tile: usize, own: usize, x: usize): void {
  const x0 = v128.load_splat<f64>(own), x1 = v128.load_splat<f64>(own, 8);
  const x2 = v128.load_splat<f64>(own, 16), x3 = v128.load_splat<f64>(own, 24);
  let to = x;
  for (let a = strip; a != tile; a += 64) {
    const p = v128.load(a), q = v128.load(a, 16), r = v128.load(a, 32), s = v128.load(a, 48);
    let value = v128.load(to);
    value = f64x2.sub(value, f64x2.mul(high(q, s), x3));
    value = f64x2.sub(value, f64x2.mul(low(q, s), x2));
    value = f64x2.sub(value, f64x2.mul(high(p, r), x1));
    value = f64x2.sub(value, f64x2.mul(low(p, r), x0));
    v128.store(to, value);
    to += 16;
  }
}

/** Solves LLᵀX = X in place, for four columns, a row after the other, with room for whole strips. */
export function solveFour(work: usize, N: i32, X: usize): void {
  const strips = (N + 3) >> 2;
  const length = stripLength(N);
  for (let i = 0; i < strips; i++) solveStrip(work + <usize>i * length, X, i);
  for (let i = strips - 1; i >= 0; i--) {
    const own = X + (<usize>i << 7);
    const strip = work + <usize>i * length;
    const tile = strip + (<usize>i << 7);
    const rows = min(4, N - i * 4);
    for (let r = rows - 1; r >= 0; r--) {
      const row = own + (<usize>r << 5);
      let c0 = v128.load(row), c1 = v128.load(row, 16);
      for (let s = rows - 1; s > r; s--) {
        const l = v128.load_splat<f64>(tile + (<usize>(r * 4 + s) << 3));
        const other = own + (<usize>s << 5);
        c0 = f64x2.sub(c0, f64x2.mul(l, v128.load(other)));
        c1 = f64x2.sub(c1, f64x2.mul(l, v128.load(other, 16)));
      }
      const d = v128.load_splat<f64>(tile + (<usize>(r * 5) << 3));
      v128.store(row, f64x2.div(c0, d)); v128.store(row, f64x2.div(c1, d), 16);
    }
    if (rows == 4) takeFourRowsOff(strip, tile, own, X);
    else {
      for (let r = rows - 1; r >= 0; r--) {
        const row = own + (<usize>r << 5);
        let to = X;
        for (let a = strip; a != tile; a += 32) {
          const l = v128.load_splat<f64>(a + (<usize>r << 3));
          v128.store(to, f64x2.sub(v128.load(to), f64x2.mul(l, v128.load(row))));
          v128.store(to, f64x2.sub(v128.load(to, 16), f64x2.mul(l, v128.load(row, 16))), 16);
          to += 32;
        }
      }
    }
  }
}

/** As {@link takeRowsOff}, for four columns of X. */
// @ts-ignore: decorator
@inline
function takeFourRowsOff(strip: usize, tile: usize, own: usize, X: usize): void {
  const x00 = v128.load(own), x01 = v128.load(own, 16);
  const x10 = v128.load(own, 32), x11 = v128.load(own, 48);
  const x20 = v128.load(own, 64), x21 = v128.load(own, 80);
  const x30 = v128.load(own, 96), x31 = v128.load(own, 112);
  let to = X;
  for (let a = strip; a != tile; a += 32) {
    let c0 = v128.load(to), c1 = v128.load(to, 16);
    let l = v128.load_splat<f64>(a, 24);
    c0 = f64x2.sub(c0, f64x2.mul(l, x30)); c1 = f64x2.sub(c1, f64x2.mul(l, x31));
    l = v128.load_splat<f64>(a, 16);
    c0 = f64x2.sub(c0, f64x2.mul(l, x20)); c1 = f64x2.sub(c1, f64x2.mul(l, x21));
    l = v128.load_splat<f64>(a, 8);
    c0 = f64x2.sub(c0, f64x2.mul(l, x10)); c1 = f64x2.sub(c1, f64x2.mul(l, x11));
    l = v128.load_splat<f64>(a);
    c0 = f64x2.sub(c0, f64x2.mul(l, x00)); c1 = f64x2.sub(c1, f64x2.mul(l, x01));
    v128.store(to, c0); v128.store(to, c1, 16);
    to += 32;
  }
}

/** out += K v, for a symmetric K: four rows a time, each entry in the order of the rows. */
export function addProduct(K: usize, N: i32, v: usize, out: usize): void {
  const stride = <usize>N << 3;
  const whole = N & ~3;
  const even = <usize>(N & ~1) << 3;
  for (let i: i32 = 0; i < whole; i += 4) {
    const v0 = at(v, i), v1 = at(v, i + 1), v2 = at(v, i + 2), v3 = at(v, i + 3);
    const s0 = f64x2.splat(v0), s1 = f64x2.splat(v1), s2 = f64x2.splat(v2), s3 = f64x2.splat(v3);
    const row = K + <usize>i * stride;
    for (let j: usize = 0; j < even; j += 16) {
      let value = v128.load(out + j);
      value = f64x2.add(value, f64x2.mul(v128.load(row + j), s0));
      value = f64x2.add(value, f64x2.mul(v128.load(row + stride + j), s1));
      value = f64x2.add(value, f64x2.mul(v128.load(row + 2 * stride + j), s2));
      value = f64x2.add(value, f64x2.mul(v128.load(row + 3 * stride + j), s3));
      v128.store(out + j, value);
    }
    for (let j = even; j < stride; j += 8) {
      let value = load<f64>(out + j);
      value += load<f64>(row + j) * v0;
      value += load<f64>(row + stride + j) * v1;
      value += load<f64>(row + 2 * stride + j) * v2;
      value += load<f64>(row + 3 * stride + j) * v3;
      store<f64>(out + j, value);
    }
  }
  for (let i = whole; i < N; i++) {
    const factor = at(v, i);
    for (let j: i32 = 0; j < N; j++) put(out, j, at(out, j) + at(K, i * N + j) * factor);
  }
}
