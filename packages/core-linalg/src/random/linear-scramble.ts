import { DIGITS } from "./sobol-direction-numbers.ts";
import { squares64 } from "./squares.ts";
import type { Word } from "./word.ts";

const counter: Word = { high: 0, low: 0 };
const row: Word = { high: 0, low: 0 };

/** 1 when an odd number of the 32 bits are ones. */
function parity(bits: number): number {
  let folded = bits ^ (bits >>> 16);
  folded ^= folded >>> 8;
  folded ^= folded >>> 4;
  return (0x6996 >>> (folded & 15)) & 1;
}

/** Row `digit` of a dimension's matrix: ones at random above the digit, and at the digit itself. */
function readRow(dimension: number, digit: number, key: Word): void {
  counter.high = 1 + dimension; // a digital shift's words stand at 0
  counter.low = digit;
  squares64(counter, key, row);
  const place = DIGITS - 1 - digit;
  if (place >= 32) {
    row.high = ((row.high & -(2 ** (place - 32))) | (1 << (place - 32))) & 0xfffff;
    row.low = 0;
  } else {
    row.high &= 0xfffff;
    row.low = (row.low & -(2 ** place)) | (1 << place);
  }
}

/**
 * Matoušek's random linear scrambling, in place, of the direction numbers of {@link directionNumbers}: each dimension's
 * digits are multiplied by a random lower triangular matrix of zeros and ones, with ones on its diagonal, modulo 2
 * [HongHickernell2003]. A digit of a point is thus flipped depending on those above it, by a rule that is linear in
 * them; adding without carry is linear too, so points made of these numbers are scrambled without further cost.
 */
export function scrambleDirections(directions: Uint32Array, dimensions: number, key: Word): void {
  const scrambled = new Uint32Array(directions.length);
  for (let d = 0; d < dimensions; d++) {
    for (let digit = 0; digit < DIGITS; digit++) {
      readRow(d, digit, key);
      const place = DIGITS - 1 - digit;
      const half = place >= 32 ? 1 : 0;
      for (let k = 0; k < DIGITS; k++) {
        const at = 2 * (k * dimensions + d);
        const flip = parity((directions[at]! & row.low) ^ (directions[at + 1]! & row.high));
        scrambled[at + half]! |= flip << (place & 31);
      }
    }
  }
  directions.set(scrambled);
}
