import { addOuterProducts, at, put } from "./shared/tile";

/** Rows of time that are centred and multiplied together: two strips of this length stay in the first cache. */
const BLOCK: i32 = 256;

/** The doubles of workspace that `centredProducts` needs for N columns. */
export function workspace(N: i32): i32 {
  const strips = (N + 3) >> 2;
  return BLOCK * strips * 4 + (strips * (strips + 1) / 2) * 16;
}

/**
 * means[j] = the mean of column j of the T×N matrix X, as the mean of the first pass plus the mean of what remains;
 * residuals[j] = Σ_t (x_tj − means[j]), what the rounding of the mean still leaves.
 */
export function columnMeans(X: usize, T: i32, N: i32, means: usize, residuals: usize): void {
  memory.fill(means, 0, <usize>N << 3);
  memory.fill(residuals, 0, <usize>N << 3);
  for (let t = 0; t < T; t++) addRow(X + (<usize>(t * N) << 3), N, means);
  for (let j = 0; j < N; j++) put(means, j, at(means, j) / <f64>T);
  for (let t = 0; t < T; t++) addCentredRow(X + (<usize>(t * N) << 3), N, means, residuals);
  for (let j = 0; j < N; j++) put(means, j, at(means, j) + at(residuals, j) / <f64>T);
  memory.fill(residuals, 0, <usize>N << 3);
  for (let t = 0; t < T; t++) addCentredRow(X + (<usize>(t * N) << 3), N, means, residuals);
}

// @ts-ignore: decorator
@inline
function addRow(row: usize, N: i32, sums: usize): void {
  let j: i32 = 0;
  for (; j + 2 <= N; j += 2) {
    const o = <usize>j << 3;
    v128.store(sums + o, f64x2.add(v128.load(sums + o), v128.load(row + o)));
  }
  if (j < N) put(sums, j, at(sums, j) + at(row, j));
}

// @ts-ignore: decorator
@inline
function addCentredRow(row: usize, N: i32, means: usize, sums: usize): void {
  let j: i32 = 0;
  for (; j + 2 <= N; j += 2) {
    const o = <usize>j << 3;
    v128.store(sums + o, f64x2.add(v128.load(sums + o), f64x2.sub(v128.load(row + o), v128.load(means + o))));
  }
  if (j < N) put(sums, j, at(sums, j) + (at(row, j) - at(means, j)));
}

/** Writes the centred rows [t0, t0 + count) as strips of four columns each; absent columns are zero. */
function pack(X: usize, means: usize, t0: i32, count: i32, N: i32, strips: usize): void {
  for (let t = 0; t < count; t++) {
    let x = X + (<usize>((t0 + t) * N) << 3);
    let m = means;
    let p = strips + (<usize>t << 5);
    let j: i32 = 0;
    for (; j + 4 <= N; j += 4) {
      v128.store(p, f64x2.sub(v128.load(x), v128.load(m)));
      v128.store(p, f64x2.sub(v128.load(x, 16), v128.load(m, 16)), 16);
      x += 32; m += 32; p += <usize>count << 5;
    }
    if (j < N) {
      for (let lane: i32 = 0; lane < 4; lane++) {
        put(p, lane, j + lane < N ? at(x, lane) - at(m, lane) : 0);
      }
    }
  }
}

/** products = (Σ_t (x_t − means)(x_t − means)ᵀ − residuals residualsᵀ ÷ T) × scale, N×N, both triangles. */
export function centredProducts(
  X: usize, T: i32, N: i32, means: usize, residuals: usize, scale: f64, products: usize, work: usize,
): void {
  const count = (N + 3) >> 2;
  const tiles = work + (<usize>(BLOCK * count) << 5);
  memory.fill(tiles, 0, <usize>(count * (count + 1) / 2) << 7);
  for (let t0 = 0; t0 < T; t0 += BLOCK) {
    const steps = min(BLOCK, T - t0);
    pack(X, means, t0, steps, N, work);
    for (let j = 0; j < count; j++) {
      for (let i = j; i < count; i++) {
        const tile = tiles + (<usize>(i * (i + 1) / 2 + j) << 7);
        addOuterProducts(work + (<usize>(i * steps) << 5), work + (<usize>(j * steps) << 5), steps, tile);
      }
    }
  }
  for (let i = 0; i < N; i++) {
    for (let j = 0; j <= i; j++) {
      const tile = tiles + (<usize>((i >> 2) * ((i >> 2) + 1) / 2 + (j >> 2)) << 7);
      const excess = (at(residuals, i) * at(residuals, j)) / <f64>T;
      const value = (at(tile, (i & 3) * 4 + (j & 3)) - excess) * scale;
      put(products, i * N + j, value);
      put(products, j * N + i, value);
    }
  }
}
