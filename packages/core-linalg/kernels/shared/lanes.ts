// Sums run in four lanes that are added pairwise at the end, the remainder in order. Addresses are bytes.

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
  let sum = sumOf(ab, cd);
  while (v != end) {
    sum += load<f64>(v) * load<f64>(w);
    v += 8; w += 8;
  }
  return sum;
}

/** Four lanes, added pairwise. */
// @ts-ignore: decorator
@inline
export function sumOf(ab: v128, cd: v128): f64 {
  return f64x2.extract_lane(ab, 0) + f64x2.extract_lane(ab, 1) +
    (f64x2.extract_lane(cd, 0) + f64x2.extract_lane(cd, 1));
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
