import { addOuterProducts, at, put } from "../../core-linalg/kernels/shared/tile";

/** Rows that are multiplied together: two strips of them stay in the first cache. */
const BLOCK: i32 = 128;

/** The doubles of workspace that `weightedProducts` needs for N columns. */
export function workspace(N: i32): i32 {
  const strips = (N + 3) >> 2;
  return 2 * BLOCK * strips * 4 + (strips * (strips + 1) / 2) * 16;
}

/**
 * Writes Σ_t D_t x_t x_tᵀ over the T rows of X to products, N×N, both triangles, block by block. X has room for three more
 * doubles: the lanes of the last strip beyond N hold what follows in memory, and nothing reads what becomes of them.
 */
export function weightedProducts(X: usize, T: i32, N: i32, D: usize, products: usize, work: usize): void {
  const strips = (N + 3) >> 2;
  const stride = <usize>N << 3;
  const plain = work;
  const weighted = plain + (<usize>(BLOCK * strips) << 5);
  const tiles = weighted + (<usize>(BLOCK * strips) << 5);
  memory.fill(tiles, 0, <usize>(strips * (strips + 1) / 2) << 7);
  for (let t0: i32 = 0; t0 < T; t0 += BLOCK) {
    const rows = min(BLOCK, T - t0);
    const stripBytes = <usize>rows << 5;
    for (let j: i32 = 0; j < strips; j++) {
      const offset = <usize>j * stripBytes;
      packStrip(X + <usize>t0 * stride + (<usize>j << 5), rows, stride, D + (<usize>t0 << 3), plain + offset, weighted + offset);
    }
    for (let j: i32 = 0; j < strips; j++) {
      for (let i: i32 = j; i < strips; i++) {
        const tile = tiles + (<usize>(i * (i + 1) / 2 + j) << 7);
        addOuterProducts(weighted + <usize>i * stripBytes, plain + <usize>j * stripBytes, rows, tile);
      }
    }
  }
  for (let i: i32 = 0; i < N; i++) {
    for (let j: i32 = 0; j <= i; j++) {
      const tile = tiles + (<usize>((i >> 2) * ((i >> 2) + 1) / 2 + (j >> 2)) << 7);
      const value = at(tile, (i & 3) * 4 + (j & 3));
      put(products, i * N + j, value);
      put(products, j * N + i, value);
    }
  }
}

/** Four columns of a block, as they are and each row times its weight. */
// @ts-ignore: decorator
@inline
function packStrip(x: usize, rows: i32, stride: usize, D: usize, plain: usize, weighted: usize): void {
  let row = x;
  let weight = D;
  let to: usize = 0;
  const end = x + <usize>rows * stride;
  while (row != end) {
    const d = v128.load_splat<f64>(weight);
    const a = v128.load(row), b = v128.load(row, 16);
    v128.store(plain + to, a); v128.store(plain + to, b, 16);
    v128.store(weighted + to, f64x2.mul(d, a)); v128.store(weighted + to, f64x2.mul(d, b), 16);
    row += stride; weight += 8; to += 32;
  }
}
