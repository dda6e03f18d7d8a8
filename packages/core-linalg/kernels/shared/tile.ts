// Addresses are bytes; strips hold four lanes a step (32 bytes), so that step t of a strip lies at 32 t.

/** Adds Σ_t a_t b_tᵀ to the row-major 4×4 tile at `out`, for two strips of `steps` steps. */
// @ts-ignore: decorator
@inline
export function addOuterProducts(strip: usize, other: usize, steps: i32, out: usize): void {
  let a = strip;
  let b = other;
  let c00 = f64x2.splat(0), c01 = c00;
  let c10 = c00, c11 = c00;
  let c20 = c00, c21 = c00;
  let c30 = c00, c31 = c00;
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
  v128.store(out, f64x2.add(v128.load(out), c00)); v128.store(out, f64x2.add(v128.load(out, 16), c01), 16);
  v128.store(out, f64x2.add(v128.load(out, 32), c10), 32); v128.store(out, f64x2.add(v128.load(out, 48), c11), 48);
  v128.store(out, f64x2.add(v128.load(out, 64), c20), 64); v128.store(out, f64x2.add(v128.load(out, 80), c21), 80);
  v128.store(out, f64x2.add(v128.load(out, 96), c30), 96); v128.store(out, f64x2.add(v128.load(out, 112), c31), 112);
}

/** The double at index i of the array at `base`. */
// @ts-ignore: decorator
@inline
export function at(base: usize, i: i32): f64 {
  return load<f64>(base + (<usize>i << 3));
}

/** Writes the double at index i of the array at `base`. */
// @ts-ignore: decorator
@inline
export function put(base: usize, i: i32, value: f64): void {
  store<f64>(base + (<usize>i << 3), value);
}

/** The integer at index i of the array at `base`. */
// @ts-ignore: decorator
@inline
export function indexAt(base: usize, i: i32): i32 {
  return load<i32>(base + (<usize>i << 2));
}

/** Writes the integer at index i of the array at `base`. */
// @ts-ignore: decorator
@inline
export function putIndex(base: usize, i: i32, value: i32): void {
  store<i32>(base + (<usize>i << 2), value);
}

/** The first doubles of two pairs. */
// @ts-ignore: decorator
@inline
export function low(a: v128, b: v128): v128 {
  return v128.shuffle<f64>(a, b, 0, 2);
}

/** The second doubles of two pairs. */
// @ts-ignore: decorator
@inline
export function high(a: v128, b: v128): v128 {
  return v128.shuffle<f64>(a, b, 1, 3);
}
