/**
 * Between neighbours kth ≤ next: for a weight ≥ 0 from kth upwards, for one < 0 from next downwards, at most half of the
 * way; also for neighbours so far apart that their difference is not a double.
 */
// @ts-ignore: decorator
@inline
export function interpolate(kth: v128, next: v128, weight: f64): v128 {
  if (weight == 0) return kth;
  const gap = f64x2.sub(next, kth);
  const near = weight < 0 ? next : kth;
  const value = f64x2.add(near, f64x2.mul(gap, f64x2.splat(weight)));
  const beyond = f64x2.eq(gap, f64x2.splat(Infinity));
  return v128.any_true(beyond) ? v128.bitselect(mix(near, weight < 0 ? kth : next, abs(weight)), value, beyond) : value;
}

function mix(near: v128, far: v128, weight: f64): v128 {
  return f64x2.add(f64x2.mul(near, f64x2.splat(1 - weight)), f64x2.mul(far, f64x2.splat(weight)));
}
