import { at, put } from "./shared/tile";

/** The doubles of workspace that `multiplyByTransposedLower` needs for size N. */
export function workspace(N: i32): i32 {
  return ((N + 3) >> 2) * ((N + 3) & ~3) * 4;
}

/** R = Z Lᵀ for Z of T×N and L of N×N lower triangular: correlated shocks from independent ones. */
export function multiplyByTransposedLower(Z: usize, L: usize, T: i32, N: i32, R: usize, work: usize): void {
  const strips = (N + 3) >> 2;
  const stripBytes = (<usize>N << 5);
  packLower(L, N, work, stripBytes);
  const S = <usize>N << 3;
  let t: i32 = 0;
  for (; t + 4 <= T; t += 4) {
    for (let j = 0; j < strips; j++) {
      fourRows(Z + <usize>t * S, work + <usize>j * stripBytes, min(j * 4 + 4, N), R + <usize>t * S, j * 4, N);
    }
  }
  for (; t < T; t++) {
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
    const steps = min(j * 4 + 4, N);
    for (let k = 0; k < steps; k++) {
      for (let lane: i32 = 0; lane < 4; lane++) {
        const row = j * 4 + lane;
        put(strip, k * 4 + lane, row < N && k <= row ? at(L, row * N + k) : 0);
      }
    }
  }
}

/** Four rows of Z against one strip of L. */
// @ts-ignore: decorator
@inline
function fourRows(z: usize, strip: usize, steps: i32, r: usize, column: i32, N: i32): void {
  const S = <usize>N << 3;
  let z0 = z, z1 = z + S, z2 = z1 + S, z3 = z2 + S;
  let c00 = f64x2.splat(0), c01 = c00;
  let c10 = c00, c11 = c00;
  let c20 = c00, c21 = c00;
  let c30 = c00, c31 = c00;
  let b = strip;
  const end = strip + (<usize>steps << 5);
  while (b != end) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    let x = v128.load_splat<f64>(z0);
    c00 = f64x2.add(c00, f64x2.mul(x, b0)); c01 = f64x2.add(c01, f64x2.mul(x, b1));
    x = v128.load_splat<f64>(z1);
    c10 = f64x2.add(c10, f64x2.mul(x, b0)); c11 = f64x2.add(c11, f64x2.mul(x, b1));
    x = v128.load_splat<f64>(z2);
    c20 = f64x2.add(c20, f64x2.mul(x, b0)); c21 = f64x2.add(c21, f64x2.mul(x, b1));
    x = v128.load_splat<f64>(z3);
    c30 = f64x2.add(c30, f64x2.mul(x, b0)); c31 = f64x2.add(c31, f64x2.mul(x, b1));
    z0 += 8; z1 += 8; z2 += 8; z3 += 8; b += 32;
  }
  const o = r + (<usize>column << 3);
  const width = N - column;
  storeRow(o, c00, c01, width);
  storeRow(o + S, c10, c11, width);
  storeRow(o + 2 * S, c20, c21, width);
  storeRow(o + 3 * S, c30, c31, width);
}

// @ts-ignore: decorator
@inline
function storeRow(o: usize, left: v128, right: v128, width: i32): void {
  if (width >= 4) {
    v128.store(o, left);
    v128.store(o, right, 16);
    return;
  }
  store<f64>(o, f64x2.extract_lane(left, 0));
  if (width > 1) store<f64>(o, f64x2.extract_lane(left, 1), 8);
  if (width > 2) store<f64>(o, f64x2.extract_lane(right, 0), 16);
}
