/**
 * `rounds` × 48 multiplications and additions of doubles in registers: twelve independent chains of two lanes, so
 * that neither latency nor memory holds them back. This is the ceiling of any kernel without fused multiply-add.
 */
export function multiplyAdd(rounds: i32, factor: f64, term: f64): f64 {
  const f = f64x2.splat(factor);
  const t = f64x2.splat(term);
  let a = t,
    b = t,
    c = t,
    d = t,
    e = t,
    g = t,
    h = t,
    i = t,
    j = t,
    k = t,
    l = t,
    m = t;
  for (let round = 0; round < rounds; round++) {
    a = f64x2.add(f64x2.mul(a, f), t);
    b = f64x2.add(f64x2.mul(b, f), t);
    c = f64x2.add(f64x2.mul(c, f), t);
    d = f64x2.add(f64x2.mul(d, f), t);
    e = f64x2.add(f64x2.mul(e, f), t);
    g = f64x2.add(f64x2.mul(g, f), t);
    h = f64x2.add(f64x2.mul(h, f), t);
    i = f64x2.add(f64x2.mul(i, f), t);
    j = f64x2.add(f64x2.mul(j, f), t);
    k = f64x2.add(f64x2.mul(k, f), t);
    l = f64x2.add(f64x2.mul(l, f), t);
    m = f64x2.add(f64x2.mul(m, f), t);
  }
  const sum = f64x2.add(
    f64x2.add(f64x2.add(a, b), f64x2.add(c, d)),
    f64x2.add(f64x2.add(e, g), f64x2.add(h, i)),
  );
  const rest = f64x2.add(f64x2.add(j, k), f64x2.add(l, m));
  return f64x2.extract_lane(f64x2.add(sum, rest), 0);
}
