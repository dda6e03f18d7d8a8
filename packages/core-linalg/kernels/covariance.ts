import { addOuterProducts, at, put } from "./shared/tile";

/** Rows of time that are centred about their own mean and multiplied together: two strips of them stay in the first cache. */
const BLOCK: i32 = 128;

/** The doubles of workspace that `centredProducts` needs for N columns. */
export function workspace(N: i32): i32 {
  const strips = (N + 3) >> 2;
  return (BLOCK + 1) * strips * 4 + (strips * (strips + 1) / 2) * 16;
}

/**
 * Folds T rows into the mean of `count` rows before them (reference + offset, each with room for N + 3), block by
 * block, and writes Σ_blocks (centred products + distance of the means) ÷ divisor to products, N×N, both triangles.
 * Of the last strip, the lanes beyond N hold what follows in memory: nothing reads what becomes of them.
 */
export function centredProducts(
  X: usize, T: i32, N: i32, count: f64, reference: usize, offset: usize, divisor: f64, products: usize, work: usize,
): void {
  const strips = (N + 3) >> 2;
  const stride = <usize>N << 3;
  const tiles = work + (<usize>((BLOCK + 1) * strips) << 5);
  memory.fill(tiles, 0, <usize>(strips * (strips + 1) / 2) << 7);
  for (let t0 = 0; t0 < T; t0 += BLOCK) {
    const rows = min(BLOCK, T - t0);
    const steps = count == 0 ? rows : rows + 1;
    for (let j = 0; j < strips; j++) {
      const o = <usize>j << 5;
      const strip = work + (<usize>(j * steps) << 5);
      centreStrip(X + <usize>t0 * stride + o, rows, stride, count, reference + o, offset + o, strip);
    }
    for (let j = 0; j < strips; j++) {
      const b = work + (<usize>(j * steps) << 5);
      for (let i = j; i < strips; i++) {
        const a = work + (<usize>(i * steps) << 5);
        const tile = tiles + (<usize>(i * (i + 1) / 2 + j) << 7);
        if (i * 4 + 2 < N) addOuterProducts(a, b, steps, tile);
        else addOuterProductsOfTwo(a, b, steps, tile);
      }
    }
    count += <f64>rows;
  }
  for (let i = 0; i < N; i++) {
    for (let j = 0; j <= i; j++) {
      const tile = tiles + (<usize>((i >> 2) * ((i >> 2) + 1) / 2 + (j >> 2)) << 7);
      const value = at(tile, (i & 3) * 4 + (j & 3)) / divisor;
      put(products, i * N + j, value);
      put(products, j * N + i, value);
    }
  }
}

/**
 * Four columns of a block: its mean as a deviation from its first row, that mean's distance from the running mean as
 * the first step of the strip (unless nothing came before), then the rows about the block's mean.
 */
// @ts-ignore: decorator
@inline
function centreStrip(
  x: usize, rows: i32, stride: usize, count: f64, reference: usize, offset: usize, strip: usize,
): void {
  const c0 = v128.load(x), c1 = v128.load(x, 16);
  let even0 = f64x2.splat(0), even1 = even0, odd0 = even0, odd1 = even0;
  let row = x;
  const pairs = x + <usize>(rows & ~1) * stride;
  while (row != pairs) {
    even0 = f64x2.add(even0, f64x2.sub(v128.load(row), c0));
    even1 = f64x2.add(even1, f64x2.sub(v128.load(row, 16), c1));
    row += stride;
    odd0 = f64x2.add(odd0, f64x2.sub(v128.load(row), c0));
    odd1 = f64x2.add(odd1, f64x2.sub(v128.load(row, 16), c1));
    row += stride;
  }
  if (rows & 1) {
    even0 = f64x2.add(even0, f64x2.sub(v128.load(row), c0));
    even1 = f64x2.add(even1, f64x2.sub(v128.load(row, 16), c1));
  }
  const n = f64x2.splat(<f64>rows);
  const m0 = f64x2.div(f64x2.add(even0, odd0), n), m1 = f64x2.div(f64x2.add(even1, odd1), n);

  let step = strip;
  if (count == 0) {
    v128.store(reference, c0); v128.store(reference, c1, 16);
    v128.store(offset, m0); v128.store(offset, m1, 16);
  } else {
    const total = count + <f64>rows;
    const share = f64x2.splat(<f64>rows / total);
    const weight = f64x2.splat(sqrt((count * <f64>rows) / total));
    const g0 = v128.load(offset), g1 = v128.load(offset, 16);
    const d0 = f64x2.add(f64x2.sub(f64x2.sub(c0, v128.load(reference)), g0), m0);
    const d1 = f64x2.add(f64x2.sub(f64x2.sub(c1, v128.load(reference, 16)), g1), m1);
    v128.store(offset, f64x2.add(g0, f64x2.mul(d0, share))); v128.store(offset, f64x2.add(g1, f64x2.mul(d1, share)), 16);
    v128.store(step, f64x2.mul(d0, weight)); v128.store(step, f64x2.mul(d1, weight), 16);
    step += 32;
  }

  row = x;
  const end = x + <usize>rows * stride;
  while (row != end) {
    v128.store(step, f64x2.sub(f64x2.sub(v128.load(row), c0), m0));
    v128.store(step, f64x2.sub(f64x2.sub(v128.load(row, 16), c1), m1), 16);
    row += stride; step += 32;
  }
}

/** As `addOuterProducts`, for a first strip of which only two lanes are columns. */
// @ts-ignore: decorator
@inline
function addOuterProductsOfTwo(strip: usize, other: usize, steps: i32, out: usize): void {
  let a = strip;
  let b = other;
  let c00 = f64x2.splat(0), c01 = c00;
  let c10 = c00, c11 = c00;
  const end = a + (<usize>steps << 5);
  while (a != end) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    let x = v128.load_splat<f64>(a);
    c00 = f64x2.add(c00, f64x2.mul(x, b0)); c01 = f64x2.add(c01, f64x2.mul(x, b1));
    x = v128.load_splat<f64>(a, 8);
    c10 = f64x2.add(c10, f64x2.mul(x, b0)); c11 = f64x2.add(c11, f64x2.mul(x, b1));
    a += 32; b += 32;
  }
  v128.store(out, f64x2.add(v128.load(out), c00)); v128.store(out, f64x2.add(v128.load(out, 16), c01), 16);
  v128.store(out, f64x2.add(v128.load(out, 32), c10), 32); v128.store(out, f64x2.add(v128.load(out, 48), c11), 48);
}
