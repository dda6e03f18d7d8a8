import { addOuterProducts, at, high, low, put } from "./tile";

// A factor L lies in strips of four rows: strip i holds, for each column k, the four entries of rows 4i … 4i + 3.

/** Strips of columns that are finished before the next group is begun: keeps the strips in use in the cache. */
const GROUP: i32 = 16;

/** The doubles of workspace that a factor of size N needs. */
export function factorWorkspace(N: i32): i32 {
  const strips = (N + 3) >> 2;
  return strips * strips * 16 + 16 + strips * 4;
}

/** The bytes of one strip: four rows of L, all columns. */
// @ts-ignore: decorator
@inline
export function stripLength(N: i32): usize {
  return <usize>(((N + 3) >> 2) * 4) << 5;
}

/**
 * A = LLᵀ for the lower triangle of A (N×N), which stays. Returns 0, with L's strips in `work`; or 1 + the index of the
 * first pivot that is not above `threshold` times its own diagonal entry. The first `done` strips are there already, and
 * the rows of A that belong to them are not looked at.
 */
export function factorStrips(A: usize, N: i32, threshold: f64, work: usize, done: i32 = 0): i32 {
  const strips = (N + 3) >> 2;
  const length = stripLength(N);
  const tile = work + <usize>strips * length;
  const reciprocals = tile + 128;
  for (let k: i32 = 0; k < done * 4; k++) {
    put(reciprocals, k, 1 / at(work + <usize>(k >> 2) * length + (<usize>(k >> 2) << 7), (k & 3) * 5));
  }
  for (let group = 0; group < strips; group += GROUP) {
    const groupEnd = min(group + GROUP, strips);
    for (let i = max(group, done); i < strips; i++) {
      const rows = work + <usize>i * length;
      const last = min(i, groupEnd);
      for (let j = group; j < last; j++) {
        solveTile(A, N, i, j, rows, work + <usize>j * length, reciprocals + (<usize>j << 5));
      }
      if (i >= groupEnd) continue;
      memory.fill(tile, 0, 128);
      addOuterProducts(rows, rows, i * 4, tile);
      const failed = factorTile(A, N, i, tile, rows + (<usize>i << 7), reciprocals + (<usize>i << 5), threshold);
      if (failed != 0) return failed;
    }
  }
  return 0;
}

/**
 * The tile of L in strip i below the finished diagonal tile j: what the columns before it leave of A, then forward
 * substitution, four rows in the lanes. Rows beyond N repeat the last one.
 */
// @ts-ignore: decorator
@inline
function solveTile(A: usize, N: i32, i: i32, j: i32, rows: usize, pivotRows: usize, reciprocals: usize): void {
  let a = pivotRows;
  let b = rows;
  let c00 = f64x2.splat(0), c01 = c00;
  let c10 = c00, c11 = c00;
  let c20 = c00, c21 = c00;
  let c30 = c00, c31 = c00;
  const end = a + (<usize>j << 7);
  while (a != end) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    let x = v128.load_splat<f64>(a);
    c00 = f64x2.add(c00, f64x2.mul(x, b0)); c01 = f64x2.add(c01, f64x2.mul(x, b1));
    x = v128.load_splat<f64>(a, 8);
    c10 = f64x2.add(c10, f64x2.mul(x, b0)); c11 = f64x2.add(c11, f64x2.mul(x, b1));
    x = v128.load_splat<f64>(a, 16);
    c20 = f64x2.add(c20, f64x2.mul(x, b0)); c21 = f64x2.add(c21, f64x2.mul(x, b1));
    x = v128.load_splat<f64>(a, 24);
    c30 = f64x2.add(c30, f64x2.mul(x, b0)); c31 = f64x2.add(c31, f64x2.mul(x, b1));
    a += 32; b += 32;
  }
  const first = A + (<usize>j << 5);
  const S = <usize>N << 3;
  const row0 = first + <usize>(i * 4) * S;
  const row1 = first + <usize>min(i * 4 + 1, N - 1) * S;
  const row2 = first + <usize>min(i * 4 + 2, N - 1) * S;
  const row3 = first + <usize>min(i * 4 + 3, N - 1) * S;
  let p = v128.load(row0), q = v128.load(row1), r = v128.load(row2), s = v128.load(row3);
  let scale = v128.load_splat<f64>(reciprocals);
  const x00 = f64x2.mul(f64x2.sub(low(p, q), c00), scale);
  const x01 = f64x2.mul(f64x2.sub(low(r, s), c01), scale);
  v128.store(b, x00); v128.store(b, x01, 16);

  let l = v128.load_splat<f64>(a, 8);
  scale = v128.load_splat<f64>(reciprocals, 8);
  const x10 = f64x2.mul(f64x2.sub(f64x2.sub(high(p, q), c10), f64x2.mul(x00, l)), scale);
  const x11 = f64x2.mul(f64x2.sub(f64x2.sub(high(r, s), c11), f64x2.mul(x01, l)), scale);
  v128.store(b, x10, 32); v128.store(b, x11, 48);

  p = v128.load(row0, 16); q = v128.load(row1, 16); r = v128.load(row2, 16); s = v128.load(row3, 16);
  l = v128.load_splat<f64>(a, 16);
  let x20 = f64x2.sub(f64x2.sub(low(p, q), c20), f64x2.mul(x00, l));
  let x21 = f64x2.sub(f64x2.sub(low(r, s), c21), f64x2.mul(x01, l));
  l = v128.load_splat<f64>(a, 48);
  scale = v128.load_splat<f64>(reciprocals, 16);
  x20 = f64x2.mul(f64x2.sub(x20, f64x2.mul(x10, l)), scale);
  x21 = f64x2.mul(f64x2.sub(x21, f64x2.mul(x11, l)), scale);
  v128.store(b, x20, 64); v128.store(b, x21, 80);

  l = v128.load_splat<f64>(a, 24);
  let x30 = f64x2.sub(f64x2.sub(high(p, q), c30), f64x2.mul(x00, l));
  let x31 = f64x2.sub(f64x2.sub(high(r, s), c31), f64x2.mul(x01, l));
  l = v128.load_splat<f64>(a, 56);
  x30 = f64x2.sub(x30, f64x2.mul(x10, l));
  x31 = f64x2.sub(x31, f64x2.mul(x11, l));
  l = v128.load_splat<f64>(a, 88);
  scale = v128.load_splat<f64>(reciprocals, 24);
  v128.store(b, f64x2.mul(f64x2.sub(x30, f64x2.mul(x20, l)), scale), 96);
  v128.store(b, f64x2.mul(f64x2.sub(x31, f64x2.mul(x21, l)), scale), 112);
}

/** A diagonal tile, column by column, and 1 ÷ its diagonal. Rows beyond N are those of the identity. */
// @ts-ignore: decorator
@inline
function factorTile(
  A: usize, N: i32, i: i32, sums: usize, out: usize, reciprocals: usize, threshold: f64,
): i32 {
  for (let q: i32 = 0; q < 4; q++) {
    for (let r: i32 = 0; r < 4; r++) {
      const row = i * 4 + r, column = i * 4 + q;
      let value: f64 = r == q ? 1 : 0;
      if (r < q) value = 0;
      else if (row < N && column < N) value = at(A, row * N + column) - at(sums, r * 4 + q);
      else if (row < N || column < N) value = 0;
      put(out, q * 4 + r, value);
    }
  }
  for (let q: i32 = 0; q < 4; q++) {
    const index = i * 4 + q;
    let pivot = at(out, q * 5);
    for (let s: i32 = 0; s < q; s++) pivot -= at(out, s * 4 + q) * at(out, s * 4 + q);
    const least = index < N ? threshold * at(A, index * N + index) : 0;
    if (!(pivot > least)) return index + 1;
    const root = sqrt(pivot);
    const reciprocal = 1 / root;
    put(out, q * 5, root);
    put(reciprocals, q, reciprocal);
    for (let r: i32 = q + 1; r < 4; r++) {
      let value = at(out, q * 4 + r);
      for (let s: i32 = 0; s < q; s++) value -= at(out, s * 4 + r) * at(out, s * 4 + q);
      put(out, q * 4 + r, value * reciprocal);
    }
  }
  return 0;
}
