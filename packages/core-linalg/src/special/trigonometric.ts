// π/2 in pieces of 33 bits, so that k times a piece is exact for |k| < 2²⁰ (FreeBSD's msun, e_rem_pio2).
const PIECE_1 = 1.57079632673412561417;
const PIECE_2 = 6.0771005063039659766e-11;
const PIECE_3 = 2.0222662487111664558e-21;
const PIECE_3_TAIL = 8.47842766036889956997e-32;
const TWO_OVER_PI = 6.36619772367581382433e-1;
const SMALL_ARGUMENTS = 1e6;

const FIXED_POINT_BITS = 1216n;
let halfPi: bigint | undefined;

/** arctan(1 ÷ n) in fixed point, by its series. */
function inverseTangent(n: bigint): bigint {
  let power = (1n << FIXED_POINT_BITS) / n;
  let sum = power;
  for (let k = 1n; power !== 0n; k++) {
    power /= n * n;
    sum += (k % 2n === 1n ? -power : power) / (2n * k + 1n);
  }
  return sum;
}

/** π ÷ 2 with 1,200 bits, by Machin's formula; needed once, and only for huge arguments. */
function preciseHalfPi(): bigint {
  halfPi ??= 8n * inverseTangent(5n) - 2n * inverseTangent(239n);
  return halfPi;
}

interface Reduced {
  /** x = quadrant · π/2 + high + low, with |high| ≤ π/4. */
  quadrant: number;
  high: number;
  low: number;
}

function reduceSmall(x: number): Reduced {
  const k = Math.round(x * TWO_OVER_PI);
  const first = x - k * PIECE_1;
  const second = first - k * PIECE_2;
  const lost = first - second - k * PIECE_2;
  const third = second - k * PIECE_3;
  const lostAgain = second - third - k * PIECE_3;
  const tail = lost + lostAgain - k * PIECE_3_TAIL;
  const high = third + tail;
  return { quadrant: k & 3, high, low: third - high + tail };
}

/** Exact remainder in integers: every double is m · 2^e, and π/2 is known to more bits than any of them needs. */
function reduceHuge(x: number): Reduced {
  let exponent = 0n;
  let mantissa = Math.abs(x);
  while (mantissa >= 2 ** 53) {
    mantissa /= 2;
    exponent++;
  }
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2;
    exponent--;
  }
  const unit = preciseHalfPi();
  const value = BigInt(mantissa) << (FIXED_POINT_BITS + exponent);
  let quadrant = value / unit;
  let remainder = value - quadrant * unit;
  if (2n * remainder > unit) {
    quadrant++;
    remainder -= unit;
  }
  if (x < 0) {
    quadrant = -quadrant;
    remainder = -remainder;
  }
  const scale = 2 ** -64;
  const bits = remainder >> (FIXED_POINT_BITS - 128n);
  const high = Number(bits) * scale * scale;
  const low = Number(bits - BigInt(Number(bits))) * scale * scale;
  return { quadrant: Number(quadrant & 3n), high, low };
}

function reduce(x: number): Reduced {
  return Math.abs(x) < SMALL_ARGUMENTS ? reduceSmall(x) : reduceHuge(x);
}

/** sin(x + low) for |x| ≤ π/4. */
function kernelSine(x: number, low: number): number {
  const z = x * x;
  const cube = z * x;
  const r =
    8.33333333332248946124e-3 +
    z *
      (-1.98412698298579493134e-4 +
        z * (2.75573137070700676789e-6 + z * (-2.50507602534068634195e-8 + z * 1.58969099521155010221e-10)));
  return x - (z * (0.5 * low - cube * r) - low - cube * -1.66666666666666324348e-1);
}

/** cos(x + low) for |x| ≤ π/4. */
function kernelCosine(x: number, low: number): number {
  const z = x * x;
  const r =
    z *
    (4.16666666666666019037e-2 +
      z *
        (-1.38888888888741095749e-3 +
          z *
            (2.48015872894767294178e-5 +
              z *
                (-2.75573143513906633035e-7 +
                  z * (2.0875723212981748279e-9 + z * -1.13596475577881948265e-11)))));
  const half = 0.5 * z;
  const w = 1 - half;
  return w + (1 - w - half + (z * r - x * low));
}

/** The sine of x radians, the same bits on every engine, error below 1 ulp. NaN for NaN and ±∞. */
export function sin(x: number): number {
  if (!Number.isFinite(x)) return Number.NaN;
  if (Math.abs(x) < 2 ** -27) return x;
  const { quadrant, high, low } = reduce(x);
  const value = quadrant & 1 ? kernelCosine(high, low) : kernelSine(high, low);
  return quadrant & 2 ? -value : value;
}

/** The cosine of x radians, the same bits on every engine, error below 1 ulp. NaN for NaN and ±∞. */
export function cos(x: number): number {
  if (!Number.isFinite(x)) return Number.NaN;
  const { quadrant, high, low } = reduce(x);
  const value = quadrant & 1 ? kernelSine(high, low) : kernelCosine(high, low);
  return quadrant === 1 || quadrant === 2 ? -value : value;
}
