import { PACKED_DIRECTIONS, POLYNOMIALS_OF_DEGREE } from "./sobol-directions.ts";

/** Binary digits of a coordinate; a sequence has 2⁵² points. */
export const DIGITS = 52;

/** Reads the packed numbers bit by bit. */
class BitReader {
  readonly #bytes: string = atob(PACKED_DIRECTIONS);
  #at = 0;

  next(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++, this.#at++) {
      const byte = this.#bytes.charCodeAt(this.#at >> 3);
      value = 2 * value + ((byte >> (7 - (this.#at & 7))) & 1);
    }
    return value;
  }
}

/**
 * The direction numbers v_1 … v_52 of each dimension, as integers of 52 binary digits. Number k of dimension d stands at
 * (k − 1) · dimensions + d; its lower 32 bits at the even and its upper ones at the odd place of the `Uint32Array`.
 */
export function directionNumbers(dimensions: number): Uint32Array {
  const halves = new Uint32Array(2 * DIGITS * dimensions);
  const put = (k: number, d: number, low: number, high: number): void => {
    halves[2 * (k * dimensions + d)] = low;
    halves[2 * (k * dimensions + d) + 1] = high;
  };
  const putNumber = (k: number, d: number, m: number): void => {
    const value = m * 2 ** (DIGITS - 1 - k);
    put(k, d, value % 2 ** 32, Math.floor(value / 2 ** 32));
  };
  // The first dimension is van der Corput's sequence: every m is 1.
  for (let k = 0; k < DIGITS; k++) putNumber(k, 0, 1);
  const bits = new BitReader();
  let d = 1;
  for (const [at, count] of POLYNOMIALS_OF_DEGREE.entries()) {
    const s = at + 1;
    for (let c = 0; c < count && d < dimensions; c++, d++) {
      const a = bits.next(s - 1);
      for (let k = 0; k < s; k++) putNumber(k, d, 2 * bits.next(k) + 1);
      // v_k = a_1 v_{k−1} ⊕ … ⊕ a_{s−1} v_{k−s+1} ⊕ v_{k−s} ⊕ (v_{k−s} ÷ 2^s)
      for (let k = s; k < DIGITS; k++) {
        const oldest = 2 * ((k - s) * dimensions + d);
        const [oldLow, oldHigh] = [halves[oldest]!, halves[oldest + 1]!];
        let low = oldLow ^ ((oldLow >>> s) | (oldHigh << (32 - s)));
        let high = oldHigh ^ (oldHigh >>> s);
        for (let i = 1; i < s; i++) {
          if (((a >> (s - 1 - i)) & 1) === 0) continue;
          const term = 2 * ((k - i) * dimensions + d);
          low ^= halves[term]!;
          high ^= halves[term + 1]!;
        }
        put(k, d, low, high);
      }
    }
  }
  return halves;
}
