import { addOuterProducts, at, put } from "./shared/tile";

/** Strips of columns that are finished before the next group is begun: keeps the strips in use in the cache. */
const GROUP: i32 = 16;

/** The doubles of workspace that `cholesky` needs for size N. */
export function workspace(N: i32): i32 {
  const strips = (N + 3) >> 2;
  return strips * strips * 16 + 16;
}

/**
 * A = LLᵀ for the lower triangle of A (N×N). Returns 0, or 1 + the index of the first pivot that is not above
 * `threshold` times its own diagonal entry. L holds zeros above the diagonal.
 */
export function cholesky(A: usize, N: i32, L: usize, threshold: f64, work: usize): i32 {
  const strips = (N + 3) >> 2;
  const length = <usize>(strips * 4) << 5; // bytes of one strip: four rows of L, all columns
  const tile = work + <usize>strips * length;
  for (let group = 0; group < strips; group += GROUP) {
    const groupEnd = min(group + GROUP, strips);
    for (let i = group; i < strips; i++) {
      const rows = work + <usize>i * length;
      const last = min(i + 1, groupEnd);
      for (let j = group; j < last; j++) {
        const pivotRows = work + <usize>j * length;
        memory.fill(tile, 0, 128);
        addOuterProducts(rows, pivotRows, j * 4, tile);
        if (i != j) {
          solveTile(A, N, i, j, tile, pivotRows + (<usize>j << 7), rows + (<usize>j << 7));
        } else {
          const failed = factorTile(A, N, i, tile, rows + (<usize>j << 7), threshold);
          if (failed != 0) return failed;
        }
      }
    }
  }
  for (let i = 0; i < N; i++) {
    const strip = work + <usize>(i >> 2) * length;
    let j: i32 = 0;
    for (; j <= i; j++) put(L, i * N + j, at(strip, j * 4 + (i & 3)));
    for (; j < N; j++) put(L, i * N + j, 0);
  }
  return 0;
}

/** The tile of L below a finished diagonal tile: forward substitution of four rows. */
// @ts-ignore: decorator
@inline
function solveTile(A: usize, N: i32, i: i32, j: i32, sums: usize, pivot: usize, out: usize): void {
  const r0 = 1 / at(pivot, 0), r1 = 1 / at(pivot, 5), r2 = 1 / at(pivot, 10), r3 = 1 / at(pivot, 15);
  const l10 = at(pivot, 1), l20 = at(pivot, 2), l30 = at(pivot, 3);
  const l21 = at(pivot, 6), l31 = at(pivot, 7), l32 = at(pivot, 11);
  for (let r: i32 = 0; r < 4; r++) {
    const row = i * 4 + r;
    let x0: f64 = 0, x1: f64 = 0, x2: f64 = 0, x3: f64 = 0;
    if (row < N) {
      const a = A + (<usize>(row * N + j * 4) << 3);
      const s = sums + (<usize>r << 5);
      x0 = (at(a, 0) - at(s, 0)) * r0;
      x1 = (at(a, 1) - at(s, 1) - x0 * l10) * r1;
      x2 = (at(a, 2) - at(s, 2) - x0 * l20 - x1 * l21) * r2;
      x3 = (at(a, 3) - at(s, 3) - x0 * l30 - x1 * l31 - x2 * l32) * r3;
    }
    put(out, r, x0); put(out, 4 + r, x1); put(out, 8 + r, x2); put(out, 12 + r, x3);
  }
}

/** A diagonal tile, column by column. Rows beyond N are those of the identity. */
// @ts-ignore: decorator
@inline
function factorTile(A: usize, N: i32, i: i32, sums: usize, out: usize, threshold: f64): i32 {
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
    for (let r: i32 = q + 1; r < 4; r++) {
      let value = at(out, q * 4 + r);
      for (let s: i32 = 0; s < q; s++) value -= at(out, s * 4 + r) * at(out, s * 4 + q);
      put(out, q * 4 + r, value * reciprocal);
    }
  }
  return 0;
}
