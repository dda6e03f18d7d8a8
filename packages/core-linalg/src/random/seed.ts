import seedrandom from "seedrandom";
import { QuantError, show } from "../guards/quant-error.ts";
import { type Word, wordFromHex } from "./word.ts";

/** The two keys of a generator: one for the counter, one for the chains of rejected draws. */
export interface Keys {
  main: Word;
  chain: Word;
}

const DIGITS_A_HALF = 8;

/** `count` different digits of 1 … 15, as Widynski's keys want them, the last one odd on request. */
function distinctDigits(source: () => number, count: number, lastOdd: boolean): number[] {
  const pool = Array.from({ length: 15 }, (_, i) => i + 1);
  const digits: number[] = [];
  while (digits.length < count) {
    const last = digits.length === count - 1;
    const legal = last && lastOdd ? pool.filter((digit) => digit % 2 === 1) : pool;
    const digit = legal[Math.floor(source() * legal.length)]!;
    pool.splice(pool.indexOf(digit), 1);
    digits.push(digit);
  }
  return digits;
}

function halfOf(digits: readonly number[]): number {
  return digits.reduce((word, digit) => word * 16 + digit, 0);
}

/** A key whose halves each have eight different non-zero hexadecimal digits, odd as a whole. */
function drawKey(source: () => number): Word {
  const high = halfOf(distinctDigits(source, DIGITS_A_HALF, false));
  return { high, low: halfOf(distinctDigits(source, DIGITS_A_HALF, true)) };
}

function isDrawnHalf(half: number): boolean {
  const digits = half.toString(16);
  return digits.length === DIGITS_A_HALF && !digits.includes("0") && new Set(digits).size === DIGITS_A_HALF;
}

/**
 * The key behind 16 hexadecimal digits, or undefined for digits that {@link keysFromText} never draws: under a key
 * such as 0 every word is 0, and a rejected draw would be rejected for ever.
 */
export function keyFromHex(text: unknown): Word | undefined {
  const key = wordFromHex(text);
  return key && isDrawnHalf(key.high) && isDrawnHalf(key.low) && key.low % 2 === 1 ? key : undefined;
}

/** seedrandom reads the lower eight bits of a character; in UTF-8 no text loses any. */
function inBytes(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join("");
}

/** Keys from any text, by seedrandom (ARC4): integer arithmetic only, so the same everywhere. */
export function keysFromText(text: string): Keys {
  const bytes = inBytes(text);
  // ARC4 cycles through its key, so "ab" and "abab" would be one seed without their lengths.
  const source = seedrandom(`${bytes}#${bytes.length}`);
  return { main: drawKey(source), chain: drawKey(source) };
}

/** Keys from a seed: any string, or any finite number (7 and "7" are different seeds). */
export function keysFromSeed(seed: string | number): Keys {
  if (typeof seed === "string") return keysFromText(`text:${seed}`);
  if (typeof seed === "number" && Number.isFinite(seed))
    return keysFromText(`number:${seed === 0 ? 0 : seed}`);
  throw new QuantError("option", `seed must be a string or a finite number, got ${show(seed)}`, { seed });
}
