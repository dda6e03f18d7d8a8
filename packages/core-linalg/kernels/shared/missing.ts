// A value that is not finite is missing. −0 becomes 0, so that equal values have equal bits.

/** The two values, NaN where they are missing. */
// @ts-ignore: decorator
@inline
export function orMissing(x: v128): v128 {
  const zero = f64x2.splat(0);
  return v128.or(f64x2.add(x, zero), f64x2.ne(f64x2.sub(x, x), zero));
}

/** How many of the window's values are present, once x has entered and the one of `leaving` has left. */
// @ts-ignore: decorator
@inline
export function nextCount(count: v128, x: v128, leaving: v128): v128 {
  const one = f64x2.splat(1);
  return f64x2.sub(f64x2.add(count, v128.and(one, f64x2.eq(x, x))), v128.and(one, f64x2.eq(leaving, leaving)));
}
