import { addWord, multiplyWords, type Word } from "./word.ts";

const x: Word = { high: 0, low: 0 };
const y: Word = { high: 0, low: 0 };
const z: Word = { high: 0, low: 0 };
const square: Word = { high: 0, low: 0 };

/** x = x² + addend, its halves exchanged. */
function round(addend: Word): void {
  multiplyWords(x, x, square);
  addWord(square, addend);
  x.high = square.low;
  x.low = square.high;
}

/**
 * The 64-bit word of a counter under a key: five rounds of squaring (Widynski, "Squares: A Fast Counter-Based
 * RNG", arXiv:2004.06278). `target` may be `counter`.
 */
export function squares64(counter: Word, key: Word, target: Word): void {
  multiplyWords(counter, key, x);
  y.high = x.high;
  y.low = x.low;
  z.high = x.high;
  z.low = x.low;
  addWord(z, key);
  round(y);
  round(z);
  round(y);
  round(z);
  const beforeHigh = x.low; // the fourth round's word before its halves were exchanged
  const beforeLow = x.high;
  multiplyWords(x, x, square);
  addWord(square, y);
  target.high = beforeHigh;
  target.low = (beforeLow ^ square.high) >>> 0;
}

/** 52 bits of the word, centred in their cell: strictly between 0 and 1, and symmetric about one half. */
export function unitOf(word: Word): number {
  return (word.high * 1048576 + (word.low >>> 12) + 0.5) * 2.220446049250313e-16;
}
