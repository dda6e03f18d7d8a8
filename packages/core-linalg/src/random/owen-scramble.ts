import { squares64 } from "./squares.ts";
import type { Word } from "./word.ts";

/** Binary digits whose flips one word decides: six levels of a binary tree have 63 nodes. */
const LEVELS = 6;
const DIGITS = 52;

const counter: Word = { high: 0, low: 0 };
const flips: Word = { high: 0, low: 0 };

/**
 * Owen's nested uniform scrambling of a coordinate of 52 binary digits, in place: whether a digit is flipped
 * depends, at random, on all the digits above it. These flips are the bits of squares64 under `key`, at a counter made of
 * the dimension and of the digits above the word's six levels with a leading 1.
 */
export function owenScramble(x: Word, dimension: number, key: Word): void {
  let { high, low } = x;
  for (let depth = 0; depth < DIGITS; depth += LEVELS) {
    const above = prefix(x, depth) + 2 ** depth;
    counter.low = above % 2 ** 32;
    counter.high = Math.floor(above / 2 ** 32) + dimension * 2 ** 20;
    squares64(counter, key, flips);
    let node = 1;
    for (let digit = depth; digit < Math.min(depth + LEVELS, DIGITS); digit++) {
      const flip = ((node < 32 ? flips.low : flips.high) >>> (node & 31)) & 1;
      const place = DIGITS - 1 - digit;
      if (place >= 32) high ^= flip << (place - 32);
      else low ^= flip << place;
      node = 2 * node + (((place >= 32 ? x.high >>> (place - 32) : x.low >>> place) & 1) as number);
    }
  }
  x.high = high;
  x.low = low >>> 0;
}

/** The first `depth` digits of x as an integer. */
function prefix(x: Word, depth: number): number {
  return Math.floor((x.high * 2 ** 32 + x.low) / 2 ** (DIGITS - depth));
}
