// Addresses are bytes. Sums run in four lanes that are added pairwise at the end, the remainder in order.

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

/** v'w. */
export function dot(v: usize, w: usize, length: i32): f64 {
  let ab = f64x2.splat(0);
  let cd = ab;
  const end = v + (<usize>length << 3);
  const whole = v + (<usize>(length & ~3) << 3);
  while (v != whole) {
    ab = f64x2.add(ab, f64x2.mul(v128.load(v), v128.load(w)));
    cd = f64x2.add(cd, f64x2.mul(v128.load(v, 16), v128.load(w, 16)));
    v += 32; w += 32;
  }
  let sum = f64x2.extract_lane(ab, 0) + f64x2.extract_lane(ab, 1);
  sum += f64x2.extract_lane(cd, 0) + f64x2.extract_lane(cd, 1);
  while (v != end) {
    sum += load<f64>(v) * load<f64>(w);
    v += 8; w += 8;
  }
  return sum;
}

/** y −= scale · v. */
// @ts-ignore: decorator
@inline
export function subtractMultiple(y: usize, v: usize, scale: f64, length: i32): void {
  const s = f64x2.splat(scale);
  const end = v + (<usize>length << 3);
  const whole = v + (<usize>(length & ~3) << 3);
  while (v != whole) {
    v128.store(y, f64x2.sub(v128.load(y), f64x2.mul(v128.load(v), s)));
    v128.store(y, f64x2.sub(v128.load(y, 16), f64x2.mul(v128.load(v, 16), s)), 16);
    v += 32; y += 32;
  }
  while (v != end) {
    store<f64>(y, load<f64>(y) - load<f64>(v) * scale);
    v += 8; y += 8;
  }
}

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
