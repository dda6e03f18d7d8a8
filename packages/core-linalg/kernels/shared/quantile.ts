/** Two quantiles between neighbours a ≤ b; also for those so far apart that their difference is not a double. */
// @ts-ignore: decorator
@inline
export function interpolate(a: v128, b: v128, fraction: f64): v128 {
  const up = f64x2.splat(fraction);
  const down = f64x2.splat(1 - fraction);
  const gap = f64x2.sub(b, a);
  const near = fraction < 0.5 ? f64x2.add(a, f64x2.mul(gap, up)) : f64x2.sub(b, f64x2.mul(gap, down));
  const far = f64x2.add(f64x2.mul(down, a), f64x2.mul(up, b));
  return v128.bitselect(near, far, f64x2.lt(f64x2.abs(gap), f64x2.splat(Infinity)));
}
