import { join, squares64 } from "./shared/squares";
import { put } from "./shared/tile";

const DIGITS: i32 = 52;
const LEVELS: i32 = 6;
const ONE: u64 = 0x3ff0000000000000;

// x: the digits of the next point, an integer of 52 bits a dimension. directions: row k − 1 holds the direction numbers
// v_k of all dimensions. Points follow one another in Gray-code order: from point i to i + 1 it is v_k that changes,
// with k − 1 the number of zeros at the end of i + 1.

// @ts-ignore: decorator
@inline
function rowFor(directions: usize, next: u64, dimensions: i32): usize {
  return directions + (<usize>ctz(next)) * (<usize>dimensions << 3);
}

/** Points as they are, or shifted where x began with the shift. */
export function fillPlain(out: usize, count: i32, dimensions: i32, index: f64, x: usize, directions: usize): void {
  const one = i64x2.splat(ONE);
  const units = f64x2.splat(1);
  const pairs = <usize>(dimensions & ~1) << 3;
  const odd = (dimensions & 1) != 0;
  let next = <u64>index + 1;
  let row = out;
  for (let i = 0; i < count; i++, next++) {
    const v = rowFor(directions, next, dimensions);
    for (let at: usize = 0; at < pairs; at += 16) {
      const digits = v128.load(x + at);
      // 52 digits under the exponent of 1 are the double 1 + x.
      v128.store(row + at, f64x2.sub(v128.or(digits, one), units));
      v128.store(x + at, v128.xor(digits, v128.load(v + at)));
    }
    if (odd) {
      const digits = load<u64>(x + pairs);
      store<f64>(row + pairs, unit(digits));
      store<u64>(x + pairs, digits ^ load<u64>(v + pairs));
    }
    row += <usize>dimensions << 3;
  }
}

// @ts-ignore: decorator
@inline
function unit(digits: u64): f64 {
  return reinterpret<f64>(digits | ONE) - 1;
}

/** Points under Owen's nested scrambling. */
export function fillScrambled(
  out: usize, count: i32, dimensions: i32, index: f64, x: usize, directions: usize, keyHigh: u32, keyLow: u32,
): void {
  const key = join(keyHigh, keyLow);
  let next = <u64>index + 1;
  for (let i = 0; i < count; i++, next++) {
    const v = rowFor(directions, next, dimensions);
    for (let d = 0; d < dimensions; d++) {
      const at = <usize>d << 3;
      const digits = load<u64>(x + at);
      put(out, i * dimensions + d, unit(scramble(digits, <u64>d << 52, key)));
      store<u64>(x + at, digits ^ load<u64>(v + at));
    }
  }
}

/**
 * One word decides the flips of six levels: bit `node` is that of the node that the digits above lead to. The last
 * four digits are the upper ones of a group.
 */
// @ts-ignore: decorator
@inline
function scramble(x: u64, dimension: u64, key: u64): u64 {
  const padded = x << 2;
  let y: u64 = 0;
  for (let depth: i32 = 0; depth < DIGITS; depth += LEVELS) {
    const above = (x >> <u64>(DIGITS - depth)) + (<u64>1 << <u64>depth);
    const group = (padded >> <u64>(DIGITS + 2 - LEVELS - depth)) & 63;
    y = (y << 6) | (group ^ flipsOf(group, squares64(dimension + above, key)));
  }
  return y >> 2;
}

/** The six digits' flips: digit j is decided by the node that the j digits above it lead to. */
// @ts-ignore: decorator
@inline
function flipsOf(group: u64, word: u64): u64 {
  return (
    (((word >> 1) & 1) << 5) |
    (((word >> (2 | (group >> 5))) & 1) << 4) |
    (((word >> (4 | (group >> 4))) & 1) << 3) |
    (((word >> (8 | (group >> 3))) & 1) << 2) |
    (((word >> (16 | (group >> 2))) & 1) << 1) |
    ((word >> (32 | (group >> 1))) & 1)
  );
}
