import { owenScramble } from "../random/owen-scramble.ts";
import type { Word } from "../random/word.ts";
import { allocate, copyIn, copyOut, inArena } from "./arena.ts";
import { sobolWasm } from "./generated/sobol.ts";
import { lazyKernel } from "./load-kernel.ts";

interface SobolKernel {
  fillPlain(
    out: number,
    count: number,
    dimensions: number,
    index: number,
    x: number,
    directions: number,
  ): void;
  fillScrambled(
    out: number,
    count: number,
    dimensions: number,
    index: number,
    x: number,
    directions: number,
    keyHigh: number,
    keyLow: number,
  ): void;
}

const kernel: () => SobolKernel | undefined = lazyKernel<SobolKernel>(sobolWasm);

/** Where a sequence stands; the halves of integers of 52 binary digits, the lower one first. */
export interface SobolPlace {
  readonly dimensions: number;
  /** The number of the next point. */
  readonly index: number;
  /** Its digits, one integer a dimension. */
  readonly digits: Uint32Array;
  /** Rows of direction numbers, one integer a dimension. */
  readonly directions: Uint32Array;
  /** The key of Owen's scrambling; without it points are as their digits say. */
  readonly owenKey: Word | undefined;
}

const SMALL = 64;
/** Coordinates a call: the stretch of the arena that stays in the second cache. */
const STRETCH = 16_384;
const UNIT = 2 ** -52;

/** The number of zeros at the end of n > 0: which direction number changes on the way to point n. */
export function zerosAtEnd(n: number): number {
  const low = n % 2 ** 32;
  const half = low === 0 ? Math.floor(n / 2 ** 32) : low;
  return (low === 0 ? 32 : 0) + 31 - Math.clz32(half & -half);
}

const word: Word = { high: 0, low: 0 };

/** The coordinate behind the digits of one dimension. */
export function coordinateOf({ digits, owenKey }: SobolPlace, dimension: number): number {
  word.low = digits[2 * dimension]!;
  word.high = digits[2 * dimension + 1]!;
  if (owenKey !== undefined) owenScramble(word, dimension, owenKey);
  return (word.high * 2 ** 32 + word.low) * UNIT;
}

/** Points in Gray-code order, in readable form; the WebAssembly equals it in every bit. `place.digits` moves on. */
export function fillSobolTypescript(place: SobolPlace, out: Float64Array): void {
  const { dimensions, digits, directions } = place;
  const count = out.length / dimensions;
  for (let i = 0; i < count; i++) {
    for (let d = 0; d < dimensions; d++) out[i * dimensions + d] = coordinateOf(place, d);
    const row = 2 * dimensions * zerosAtEnd(place.index + i + 1);
    for (let half = 0; half < digits.length; half++) digits[half]! ^= directions[row + half]!;
  }
}

const asDoubles = (halves: Uint32Array): Float64Array =>
  new Float64Array(halves.buffer, halves.byteOffset, halves.length / 2);

/** False where WebAssembly or the memory for it is not to be had; nothing has then changed. */
export function fillSobolWebassembly(place: SobolPlace, out: Float64Array): boolean {
  const wasm = kernel();
  if (wasm === undefined) return false;
  const { dimensions, index, owenKey } = place;
  const count = out.length / dimensions;
  // Doubles carry the bits of the integers; of the directions only those that these points can need.
  const needed = zerosBound(index + count) * dimensions;
  const filled = inArena(() => {
    const points = Math.min(count, Math.max(1, Math.floor(STRETCH / dimensions)));
    const target = allocate(points * dimensions);
    const x = allocate(dimensions);
    const v = allocate(needed);
    copyIn(x, asDoubles(place.digits));
    copyIn(v, asDoubles(place.directions).subarray(0, needed));
    for (let done = 0; done < count; done += points) {
      const part = Math.min(points, count - done);
      const at = index + done;
      if (owenKey === undefined) wasm.fillPlain(target, part, dimensions, at, x, v);
      else wasm.fillScrambled(target, part, dimensions, at, x, v, owenKey.high, owenKey.low);
      copyOut(target, out.subarray(done * dimensions, (done + part) * dimensions));
    }
    copyOut(x, asDoubles(place.digits));
    return true;
  });
  return filled ?? false;
}

/** More than the zeros at the end of any of 1 … n. */
function zerosBound(n: number): number {
  let bits = 0;
  for (let power = 1; power <= n; power *= 2) bits++;
  return bits;
}

/** Fills `out` with points one after the other; `place.digits` moves on. */
export function fillSobol(place: SobolPlace, out: Float64Array): void {
  if (out.length < SMALL || !fillSobolWebassembly(place, out)) fillSobolTypescript(place, out);
}
