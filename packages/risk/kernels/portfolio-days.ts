/** The double at index i of the array at `base`. */
// @ts-ignore: decorator
@inline
function at(base: usize, i: i32): f64 {
  return load<f64>(base + (<usize>i << 3));
}

/** out[t] = start + Σ_k a[k] z[t][k], each sum in the order of k; four rows at a time, two to a vector. */
export function portfolioDays(z: usize, a: usize, rows: i32, n: i32, start: f64, out: usize): void {
  const S = <usize>n << 3;
  const whole = rows & ~3;
  const pairs = a + (<usize>(n & ~1) << 3);
  let z0 = z;
  let o = out;
  for (let t = 0; t < whole; t += 4, z0 += 4 * S, o += 32) {
    let p0 = z0, p1 = z0 + S, p2 = p1 + S, p3 = p2 + S;
    let upper = f64x2.splat(start), lower = upper;
    for (let b = a; b != pairs; b += 16) {
      const x0 = v128.load(p0), x1 = v128.load(p1), x2 = v128.load(p2), x3 = v128.load(p3);
      const first = v128.load_splat<f64>(b), second = v128.load_splat<f64>(b, 8);
      upper = f64x2.add(upper, f64x2.mul(v128.shuffle<f64>(x0, x1, 0, 2), first));
      lower = f64x2.add(lower, f64x2.mul(v128.shuffle<f64>(x2, x3, 0, 2), first));
      upper = f64x2.add(upper, f64x2.mul(v128.shuffle<f64>(x0, x1, 1, 3), second));
      lower = f64x2.add(lower, f64x2.mul(v128.shuffle<f64>(x2, x3, 1, 3), second));
      p0 += 16; p1 += 16; p2 += 16; p3 += 16;
    }
    if (n & 1) {
      const last = v128.load_splat<f64>(pairs);
      const x = f64x2.replace_lane(f64x2.splat(load<f64>(p0)), 1, load<f64>(p1));
      const y = f64x2.replace_lane(f64x2.splat(load<f64>(p2)), 1, load<f64>(p3));
      upper = f64x2.add(upper, f64x2.mul(x, last));
      lower = f64x2.add(lower, f64x2.mul(y, last));
    }
    v128.store(o, upper);
    v128.store(o, lower, 16);
  }
  for (let t = whole; t < rows; t++) {
    let sum = start;
    for (let k = 0; k < n; k++) sum += at(a, k) * at(z, t * n + k);
    store<f64>(out + (<usize>t << 3), sum);
  }
}
