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

// @ts-ignore: decorator
@inline
function powerOfTwo(k: f64): f64 {
  return reinterpret<f64>((<u64>(<i64>k + 1023)) << 52);
}
