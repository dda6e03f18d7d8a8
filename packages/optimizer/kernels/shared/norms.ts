/** The largest |v[i]|; NaN when an entry is. */
export function largest(v: usize, length: i32): f64 {
  let most = f64x2.splat(0);
  let ordered = i64x2.splat(-1);
  const end = v + (<usize>length << 3);
  const whole = v + (<usize>(length & ~1) << 3);
  while (v != whole) {
    const size = f64x2.abs(v128.load(v));
    most = f64x2.pmax(most, size);
    ordered = v128.and(ordered, f64x2.eq(size, size));
    v += 16;
  }
  let last: f64 = 0;
  if (v != end) last = abs(load<f64>(v));
  return largestOf(most, ordered, last);
}

/** The largest |v[i] w[i]|; NaN when a product is. */
export function largestProduct(v: usize, w: usize, length: i32): f64 {
  let most = f64x2.splat(0);
  let ordered = i64x2.splat(-1);
  const end = v + (<usize>length << 3);
  const whole = v + (<usize>(length & ~1) << 3);
  while (v != whole) {
    const size = f64x2.abs(f64x2.mul(v128.load(v), v128.load(w)));
    most = f64x2.pmax(most, size);
    ordered = v128.and(ordered, f64x2.eq(size, size));
    v += 16; w += 16;
  }
  let last: f64 = 0;
  if (v != end) last = abs(load<f64>(v) * load<f64>(w));
  return largestOf(most, ordered, last);
}

// @ts-ignore: decorator
@inline
function largestOf(most: v128, ordered: v128, last: f64): f64 {
  if (!i64x2.all_true(ordered)) return NaN;
  return max(last, max(f64x2.extract_lane(most, 0), f64x2.extract_lane(most, 1)));
}
