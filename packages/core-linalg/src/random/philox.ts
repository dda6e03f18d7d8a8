import { multiplyWords, type Word } from "./word.ts";

const ROUNDS = 10;
const MULTIPLIER_0: Word = { high: 0, low: 0xd2511f53 };
const MULTIPLIER_1: Word = { high: 0, low: 0xcd9e8d57 };
const KEY_STEP_0 = 0x9e3779b9; // the golden ratio
const KEY_STEP_1 = 0xbb67ae85; // √3 − 1

const left: Word = { high: 0, low: 0 };
const right: Word = { high: 0, low: 0 };

/**
 * Philox4x32-10: the block of four 32-bit words, written over the counter's four, under a key of two
 * [SalmonEtAl2011].
 */
export function philox4x32(block: Uint32Array, key: Word): void {
  let key0 = key.low;
  let key1 = key.high;
  for (let round = 0; round < ROUNDS; round++) {
    left.low = block[0]!;
    right.low = block[2]!;
    left.high = 0;
    right.high = 0;
    multiplyWords(left, MULTIPLIER_0, left);
    multiplyWords(right, MULTIPLIER_1, right);
    block[0] = right.high ^ block[1]! ^ key0;
    block[1] = right.low;
    block[2] = left.high ^ block[3]! ^ key1;
    block[3] = left.low;
    key0 = (key0 + KEY_STEP_0) >>> 0;
    key1 = (key1 + KEY_STEP_1) >>> 0;
  }
}
