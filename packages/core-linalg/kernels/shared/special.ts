// The twins of src/special/log.ts and exp.ts for the arguments that random numbers need: positive normal doubles for
// the logarithm, and [−∞, 0] for the exponential. Same operations in the same order.

export function log(x: f64): f64 {
  const word = reinterpret<u64>(x);
  const shifted = <u32>(word >> 32) + (0x3ff00000 - 0x3fe6a09e);
  const k = <f64>(<i32>(shifted >> 20) - 1023);
  const high = (shifted & 0x000fffff) + 0x3fe6a09e;
  const f = reinterpret<f64>((<u64>high << 32) | (word & 0xffffffff)) - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const odd = w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1));
  const even =
    z *
    (6.66666666666673513e-1 +
      w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)));
  const half = 0.5 * f * f;
  return k * 6.9314718036912381649e-1 - (half - (s * (half + (even + odd)) + k * 1.90821492927058770002e-10) - f);
}

/** The logarithms of two numbers, each with the bits of `log`. */
// @ts-ignore: decorator
@inline
export function logPair(x: v128): v128 {
  const shifted = i64x2.add(x, i64x2.splat(<i64>(0x3ff00000 - 0x3fe6a09e) << 32));
  // An integer below 2⁵² in the digits of the double 2⁵² is the double 2⁵² more.
  const exponent = v128.or(i64x2.shr_u(shifted, 52), i64x2.splat(0x4330000000000000));
  const k = f64x2.sub(exponent, f64x2.splat(4503599627370496 + 1023));
  const mantissa = v128.and(shifted, i64x2.splat(0x000fffffffffffff));
  const f = f64x2.sub(i64x2.add(mantissa, i64x2.splat(<i64>0x3fe6a09e << 32)), f64x2.splat(1));
  const s = f64x2.div(f, f64x2.add(f64x2.splat(2), f));
  const z = f64x2.mul(s, s);
  const w = f64x2.mul(z, z);
  let odd = f64x2.mul(w, f64x2.splat(1.531383769920937332e-1));
  odd = f64x2.mul(w, f64x2.add(f64x2.splat(2.222219843214978396e-1), odd));
  odd = f64x2.mul(w, f64x2.add(f64x2.splat(3.999999999940941908e-1), odd));
  let even = f64x2.mul(w, f64x2.splat(1.479819860511658591e-1));
  even = f64x2.mul(w, f64x2.add(f64x2.splat(1.818357216161805012e-1), even));
  even = f64x2.mul(w, f64x2.add(f64x2.splat(2.857142874366239149e-1), even));
  even = f64x2.mul(z, f64x2.add(f64x2.splat(6.66666666666673513e-1), even));
  const half = f64x2.mul(f64x2.mul(f64x2.splat(0.5), f), f);
  const inner = f64x2.add(
    f64x2.mul(s, f64x2.add(half, f64x2.add(even, odd))),
    f64x2.mul(k, f64x2.splat(1.90821492927058770002e-10)),
  );
  return f64x2.sub(
    f64x2.mul(k, f64x2.splat(6.9314718036912381649e-1)),
    f64x2.sub(f64x2.sub(half, inner), f),
  );
}

export function exp(x: f64): f64 {
  if (x < -745.1332191019411) return 0;
  const k = Math.floor(x * 1.4426950408889634 + 0.5);
  const high = x - k * 6.9314718036912381649e-1;
  const low = k * 1.90821492927058770002e-10;
  const r = high - low;
  const t = r * r;
  const c =
    r -
    t *
      (1.66666666666666019037e-1 +
        t *
          (-2.77777777770155933842e-3 +
            t * (6.61375632143793436117e-5 + t * (-1.6533902205465251539e-6 + t * 4.13813679705723846039e-8))));
  const y = 1 - (low - (r * c) / (2 - c) - high);
  if (k >= -1021) return y * powerOfTwo(k);
  return y * powerOfTwo(k + 1000) * powerOfTwo(-1000);
}

/** The exponentials of two numbers in [−∞, 0], each with the bits of `exp`. */
// @ts-ignore: decorator
@inline
export function expPair(x: v128): v128 {
  const k = f64x2.floor(f64x2.add(f64x2.mul(x, f64x2.splat(1.4426950408889634)), f64x2.splat(0.5)));
  if (!i64x2.all_true(f64x2.ge(k, f64x2.splat(-1021)))) {
    return f64x2.replace_lane(f64x2.splat(exp(f64x2.extract_lane(x, 0))), 1, exp(f64x2.extract_lane(x, 1)));
  }
  const high = f64x2.sub(x, f64x2.mul(k, f64x2.splat(6.9314718036912381649e-1)));
  const low = f64x2.mul(k, f64x2.splat(1.90821492927058770002e-10));
  const r = f64x2.sub(high, low);
  const t = f64x2.mul(r, r);
  let p = f64x2.mul(t, f64x2.splat(4.13813679705723846039e-8));
  p = f64x2.mul(t, f64x2.add(f64x2.splat(-1.6533902205465251539e-6), p));
  p = f64x2.mul(t, f64x2.add(f64x2.splat(6.61375632143793436117e-5), p));
  p = f64x2.mul(t, f64x2.add(f64x2.splat(-2.77777777770155933842e-3), p));
  p = f64x2.mul(t, f64x2.add(f64x2.splat(1.66666666666666019037e-1), p));
  const c = f64x2.sub(r, p);
  const quotient = f64x2.div(f64x2.mul(r, c), f64x2.sub(f64x2.splat(2), c));
  const y = f64x2.sub(f64x2.splat(1), f64x2.sub(f64x2.sub(low, quotient), high));
  const exponent = i64x2.extend_low_i32x4_s(i32x4.trunc_sat_f64x2_s_zero(k));
  return f64x2.mul(y, i64x2.shl(i64x2.add(exponent, i64x2.splat(1023)), 52));
}

/** The hyperbolic tangents of two finite numbers, each with the bits of `tanh`. */
// @ts-ignore: decorator
@inline
export function tanhPair(x: v128): v128 {
  const a = f64x2.pmin(f64x2.splat(22), f64x2.abs(x));
  const near = f64x2.lt(a, f64x2.splat(0.55));
  const t = f64x2.mul(a, a);
  let over = f64x2.add(f64x2.splat(594), t);
  over = f64x2.add(f64x2.splat(45045), f64x2.mul(t, over));
  over = f64x2.add(f64x2.splat(675675), f64x2.mul(t, over));
  let under = f64x2.add(f64x2.splat(630), t);
  under = f64x2.add(f64x2.splat(51975), f64x2.mul(t, under));
  under = f64x2.add(f64x2.splat(945945), f64x2.mul(t, under));
  under = f64x2.add(f64x2.splat(2027025), f64x2.mul(t, under));
  const e = expPair(f64x2.mul(f64x2.splat(-2), a));
  const quotient = f64x2.div(
    v128.bitselect(f64x2.mul(f64x2.mul(a, t), over), f64x2.mul(f64x2.splat(2), e), near),
    v128.bitselect(under, f64x2.add(f64x2.splat(1), e), near),
  );
  const size = f64x2.sub(v128.bitselect(a, f64x2.splat(1), near), quotient);
  return v128.or(size, v128.and(x, f64x2.splat(-0.0)));
}

// @ts-ignore: decorator
@inline
function powerOfTwo(k: f64): f64 {
  return reinterpret<f64>((<u64>(<i64>k + 1023)) << 52);
}
