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

/** One word decides the flips of six levels: bit `node` is that of the node that the digits above lead to. */
// @ts-ignore: decorator
@inline
function scramble(x: u64, dimension: u64, key: u64): u64 {
  let y = x;
  for (let depth: i32 = 0; depth < DIGITS; depth += LEVELS) {
    const above = (x >> <u64>(DIGITS - depth)) + (<u64>1 << <u64>depth);
    const flips = squares64(dimension + above, key);
    const end = min(depth + LEVELS, DIGITS);
    let node: u64 = 1;
    for (let digit = depth; digit < end; digit++) {
      const place = <u64>(DIGITS - 1 - digit);
      y ^= ((flips >> node) & 1) << place;
      node = 2 * node + ((x >> place) & 1);
    }
  }
  return y;
}
