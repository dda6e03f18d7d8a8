import type { Draw } from "./draw.ts";
import { multiplyWords, type Word } from "./word.ts";

/** The largest number of integers that 32 bits tell apart. */
export const MOST_INTEGERS: number = 2 ** 32;

const bits: Word = { high: 0, low: 0 };
const bound: Word = { high: 0, low: 0 };
const product: Word = { high: 0, low: 0 };

/**
 * An integer in [0, below), every one equally likely, for below ≤ 2³²: the whole part of below · bits ÷ 2³², where a
 * fraction among the 2³² mod below lowest ones, which would favour some integers, is drawn again [Lemire2019].
 */
export function integerOf(draw: Draw, below: number): number {
  if (below === MOST_INTEGERS) return draw.bits();
  const surplus = MOST_INTEGERS % below;
  bound.low = below;
  do {
    bits.low = draw.bits();
    multiplyWords(bits, bound, product);
  } while (product.low < surplus);
  return product.high;
}
