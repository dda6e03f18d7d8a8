import { put } from "./shared/tile";

/** Steps of the sum that are taken together: a strip of this length stays in the first cache. */
const BLOCK: i32 = 256;

/** The doubles of workspace that `multiply` needs. */
export function workspace(n: i32): i32 {
  return BLOCK * (4 + ((n + 3) & ~3));
}

/** The doubles of room that C needs: its rows and columns are rounded up to whole tiles while it is made. */
export function resultRoom(m: i32, n: i32): i32 {
  return ((m + 3) & ~3) * ((n + 3) & ~3);
}

/** C = AB for A of m×k and B of k×n, row by row; every sum runs from the first product to the last. */
export function multiply(A: usize, B: usize, m: i32, k: i32, n: i32, C: usize, work: usize): void {
  const strips = (n + 3) >> 2;
  const width = <usize>strips << 5; // bytes of a row of C
  const columns = work + (BLOCK << 5);
  memory.fill(C, 0, <usize>resultRoom(m, n) << 3);
  for (let from: i32 = 0; from < k; from += BLOCK) {
    const steps = min(BLOCK, k - from);
    const stripBytes = <usize>steps << 5;
    packColumns(B + (<usize>(from * n) << 3), steps, n, columns);
    for (let i: i32 = 0; i < m; i += 4) {
      packRows(A + (<usize>from << 3), i, m, k, steps, work);
      for (let j = 0; j < strips; j++) {
        addToTile(work, columns + <usize>j * stripBytes, steps, C + <usize>i * width + (<usize>j << 5), width);
      }
    }
  }
  if (n & 3) {
    for (let i: i32 = 1; i < m; i++) {
      memory.copy(C + (<usize>(i * n) << 3), C + <usize>i * width, <usize>n << 3);
    }
  }
}

/** Writes rows of B as strips of four columns each; absent columns are zero. */
function packColumns(B: usize, steps: i32, n: i32, strips: usize): void {
  for (let t = 0; t < steps; t++) {
    let row = B + (<usize>(t * n) << 3);
    let p = strips + (<usize>t << 5);
    let j: i32 = 0;
    for (; j + 4 <= n; j += 4) {
      v128.store(p, v128.load(row)); v128.store(p, v128.load(row, 16), 16);
      row += 32; p += <usize>steps << 5;
    }
    if (j < n) {
      for (let lane: i32 = 0; lane < 4; lane++) put(p, lane, j + lane < n ? load<f64>(row + (<usize>lane << 3)) : 0);
    }
  }
}

/** Writes four rows of A as one strip; rows beyond the last repeat it. */
function packRows(A: usize, i: i32, m: i32, k: i32, steps: i32, strip: usize): void {
  const S = <usize>k << 3;
  let r0 = A + <usize>i * S, r1 = A + <usize>min(i + 1, m - 1) * S;
  let r2 = A + <usize>min(i + 2, m - 1) * S, r3 = A + <usize>min(i + 3, m - 1) * S;
  const end = strip + (<usize>steps << 5);
  for (let p = strip; p != end; p += 32) {
    store<f64>(p, load<f64>(r0)); store<f64>(p, load<f64>(r1), 8);
    store<f64>(p, load<f64>(r2), 16); store<f64>(p, load<f64>(r3), 24);
    r0 += 8; r1 += 8; r2 += 8; r3 += 8;
  }
}

/** Adds Σ_t a_t b_tᵀ to a 4×4 tile of C, term by term. */
// @ts-ignore: decorator
@inline
function addToTile(strip: usize, other: usize, steps: i32, tile: usize, width: usize): void {
  let a = strip;
  let b = other;
  const row1 = tile + width, row2 = row1 + width, row3 = row2 + width;
  let c00 = v128.load(tile), c01 = v128.load(tile, 16);
  let c10 = v128.load(row1), c11 = v128.load(row1, 16);
  let c20 = v128.load(row2), c21 = v128.load(row2, 16);
  let c30 = v128.load(row3), c31 = v128.load(row3, 16);
  const end = a + (<usize>steps << 5);
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
  v128.store(tile, c00); v128.store(tile, c01, 16);
  v128.store(row1, c10); v128.store(row1, c11, 16);
  v128.store(row2, c20); v128.store(row2, c21, 16);
  v128.store(row3, c30); v128.store(row3, c31, 16);
}
