import { at, put } from "./shared/tile";

/** Rows that go through all strips together: they, their results and a strip stay in the first cache. */
const BLOCK: i32 = 32;

/** The doubles of workspace that `multiplyByTransposedLower` needs for size N. */
export function workspace(N: i32): i32 {
  return ((N + 3) >> 2) * ((N + 3) & ~3) * 4;
}

/** R = Z Lᵀ for Z of T×N and L of N×N lower triangular: correlated shocks from independent ones. */
export function multiplyByTransposedLower(Z: usize, L: usize, T: i32, N: i32, R: usize, work: usize): void {
  const strips = (N + 3) >> 2;
  const stripBytes = <usize>strips << 7;
  packLower(L, N, work, stripBytes);
  const S = <usize>N << 3;
  const whole = T & ~3;
  for (let top: i32 = 0; top < whole; top += BLOCK) {
    const bottom = min(top + BLOCK, whole);
    for (let j = 0; j < strips; j++) {
      const column = j * 4;
      const strip = work + <usize>j * stripBytes;
      for (let t = top; t < bottom; t += 4) {
        const z = Z + <usize>t * S;
        const r = R + <usize>t * S + (<usize>column << 3);
        if (column + 2 < N) fourColumns(z, strip, column, r, N);
        else twoColumns(z, strip, column, r, N);
      }
    }
  }
  for (let t = whole; t < T; t++) {
    for (let i = 0; i < N; i++) {
      let sum: f64 = 0;
      for (let k = 0; k <= i; k++) sum += at(Z, t * N + k) * at(L, i * N + k);
      put(R, t * N + i, sum);
    }
  }
}

/** Strip j holds, for k = 0 … 4j + 3, the four entries L[4j … 4j + 3][k]. */
function packLower(L: usize, N: i32, work: usize, stripBytes: usize): void {
  const strips = (N + 3) >> 2;
  for (let j = 0; j < strips; j++) {
    const strip = work + <usize>j * stripBytes;
    for (let k = 0; k < j * 4 + 4; k++) {
      for (let lane: i32 = 0; lane < 4; lane++) {
        const row = j * 4 + lane;
        put(strip, k * 4 + lane, row < N && k <= row ? at(L, row * N + k) : 0);
      }
    }
  }
}

/** c + x b in the second lane; the first has all its terms. */
// @ts-ignore: decorator
@inline
function addToSecond(c: v128, x: v128, b: v128): v128 {
  return v128.shuffle<f64>(c, f64x2.add(c, f64x2.mul(x, b)), 0, 3);
}

// @ts-ignore: decorator
@inline
function addProduct(c: v128, x: v128, b: v128): v128 {
  return f64x2.add(c, f64x2.mul(x, b));
}

/**
 * Four rows of Z against one strip of L: the steps that all four columns have, then those on the triangle's edge, where
 * column i ends with step i. Of columns beyond N nothing is kept, whatever is read for them.
 */
// @ts-ignore: decorator
@inline
function fourColumns(z: usize, strip: usize, column: i32, r: usize, N: i32): void {
  const S = <usize>N << 3;
  let z0 = z, z1 = z + S, z2 = z1 + S, z3 = z2 + S;
  let c00 = f64x2.splat(0), c01 = c00;
  let c10 = c00, c11 = c00;
  let c20 = c00, c21 = c00;
  let c30 = c00, c31 = c00;
  let b = strip;
  const end = strip + (<usize>column << 5);
  while (b != end) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    let x = v128.load_splat<f64>(z0);
    c00 = addProduct(c00, x, b0); c01 = addProduct(c01, x, b1);
    x = v128.load_splat<f64>(z1);
    c10 = addProduct(c10, x, b0); c11 = addProduct(c11, x, b1);
    x = v128.load_splat<f64>(z2);
    c20 = addProduct(c20, x, b0); c21 = addProduct(c21, x, b1);
    x = v128.load_splat<f64>(z3);
    c30 = addProduct(c30, x, b0); c31 = addProduct(c31, x, b1);
    z0 += 8; z1 += 8; z2 += 8; z3 += 8; b += 32;
  }
  const width = N - column;
  storeFour(r, edgeLeft(z0, b, c00), edgeRight(z0, b, c01), width);
  storeFour(r + S, edgeLeft(z1, b, c10), edgeRight(z1, b, c11), width);
  storeFour(r + 2 * S, edgeLeft(z2, b, c20), edgeRight(z2, b, c21), width);
  storeFour(r + 3 * S, edgeLeft(z3, b, c30), edgeRight(z3, b, c31), width);
}

/** The last strip where it has one or two columns. */
// @ts-ignore: decorator
@inline
function twoColumns(z: usize, strip: usize, column: i32, r: usize, N: i32): void {
  const S = <usize>N << 3;
  let z0 = z, z1 = z + S, z2 = z1 + S, z3 = z2 + S;
  let c0 = f64x2.splat(0), c1 = c0, c2 = c0, c3 = c0;
  let b = strip;
  const end = strip + (<usize>column << 5);
  while (b != end) {
    const both = v128.load(b);
    c0 = addProduct(c0, v128.load_splat<f64>(z0), both);
    c1 = addProduct(c1, v128.load_splat<f64>(z1), both);
    c2 = addProduct(c2, v128.load_splat<f64>(z2), both);
    c3 = addProduct(c3, v128.load_splat<f64>(z3), both);
    z0 += 8; z1 += 8; z2 += 8; z3 += 8; b += 32;
  }
  const width = N - column;
  storeTwo(r, edgeLeft(z0, b, c0), width);
  storeTwo(r + S, edgeLeft(z1, b, c1), width);
  storeTwo(r + 2 * S, edgeLeft(z2, b, c2), width);
  storeTwo(r + 3 * S, edgeLeft(z3, b, c3), width);
}

/** The first two columns' last steps. */
// @ts-ignore: decorator
@inline
function edgeLeft(z: usize, b: usize, c: v128): v128 {
  const first = addProduct(c, v128.load_splat<f64>(z), v128.load(b));
  return addToSecond(first, v128.load_splat<f64>(z, 8), v128.load(b, 32));
}

/** The last two columns' last steps. */
// @ts-ignore: decorator
@inline
function edgeRight(z: usize, b: usize, c: v128): v128 {
  const first = addProduct(c, v128.load_splat<f64>(z), v128.load(b, 16));
  const second = addProduct(first, v128.load_splat<f64>(z, 8), v128.load(b, 48));
  const third = addProduct(second, v128.load_splat<f64>(z, 16), v128.load(b, 80));
  return addToSecond(third, v128.load_splat<f64>(z, 24), v128.load(b, 112));
}

// @ts-ignore: decorator
@inline
function storeFour(r: usize, left: v128, right: v128, width: i32): void {
  v128.store(r, left);
  if (width >= 4) v128.store(r, right, 16);
  else store<f64>(r, f64x2.extract_lane(right, 0), 16);
}

// @ts-ignore: decorator
@inline
function storeTwo(r: usize, pair: v128, width: i32): void {
  if (width >= 2) v128.store(r, pair);
  else store<f64>(r, f64x2.extract_lane(pair, 0));
}
