/** A 64-bit word as two unsigned halves. */
export interface Word {
  high: number;
  low: number;
}

/** target = a × b modulo 2⁶⁴, in 16-bit pieces so that every partial product is exact. */
export function multiplyWords(a: Word, b: Word, target: Word): void {
  const a0 = a.low & 0xffff;
  const a1 = a.low >>> 16;
  const b0 = b.low & 0xffff;
  const b1 = b.low >>> 16;
  const lowest = a0 * b0;
  const middle = a0 * b1 + (lowest >>> 16);
  const middle2 = a1 * b0 + (middle & 0xffff);
  const carry = a1 * b1 + Math.floor(middle / 65536) + Math.floor(middle2 / 65536);
  const high = carry + Math.imul(a.high, b.low) + Math.imul(a.low, b.high);
  target.low = ((middle2 << 16) | (lowest & 0xffff)) >>> 0;
  target.high = high >>> 0;
}

/** target += b modulo 2⁶⁴. */
export function addWord(target: Word, b: Word): void {
  const low = target.low + b.low;
  target.low = low >>> 0;
  target.high = (target.high + b.high + (low > 0xffffffff ? 1 : 0)) >>> 0;
}

const DIGITS = 16;

export function wordToHex(word: Word): string {
  return word.high.toString(16).padStart(DIGITS / 2, "0") + word.low.toString(16).padStart(DIGITS / 2, "0");
}

/** The word behind 16 hexadecimal digits, or undefined for any other text. */
export function wordFromHex(text: unknown): Word | undefined {
  if (typeof text !== "string" || !/^[0-9a-f]{16}$/.test(text)) return undefined;
  return { high: Number.parseInt(text.slice(0, 8), 16), low: Number.parseInt(text.slice(8), 16) };
}
