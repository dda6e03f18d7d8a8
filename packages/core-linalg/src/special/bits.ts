/** One double seen as its two 32-bit halves: `halves[1]` holds sign, exponent and the upper 20 mantissa bits. */
const scratch: Float64Array = new Float64Array(1);
const halves: Uint32Array = new Uint32Array(scratch.buffer);

/** The upper 32 bits of x. */
export function highWord(x: number): number {
  scratch[0] = x;
  return halves[1]!;
}

/** x with its upper 32 bits replaced. */
export function withHighWord(x: number, high: number): number {
  scratch[0] = x;
  halves[1] = high;
  return scratch[0]!;
}

/** x with its lower 32 bits cleared: the leading 21 significant bits. */
export function leadingPart(x: number): number {
  scratch[0] = x;
  halves[0] = 0;
  return scratch[0]!;
}

const LEAST_POWER = -1024;
/** 2^k from k = −1024 on: written down, since a double put together from its halves is slow to be read back. */
const powers: Float64Array = new Float64Array(2048);
for (let i = 0; i < powers.length; i++) powers[i] = i === 0 ? 2 ** LEAST_POWER : 2 * powers[i - 1]!;

/** 2^k for an integer k in [−1024, 1023], exactly. */
export function powerOfTwo(k: number): number {
  return powers[k - LEAST_POWER]!;
}

/** The least power of two ≥ x > 0, or 2¹⁰²³ where that is beyond the doubles: a unit to divide by without rounding. */
export function powerOfTwoAbove(x: number): number {
  let power = 1;
  while (power < x && power < 2 ** 1023) power *= 2;
  while (x > 0 && power / 2 >= x) power /= 2;
  return power;
}
