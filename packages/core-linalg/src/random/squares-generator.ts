import { fillRandom } from "../kernels/random.ts";
import type { Generator } from "./generator.ts";
import { type Law, numberOf, sameLaw, UNIFORM } from "./law.ts";
import type { IntegerArray } from "./random-source.ts";
import type { Keys } from "./seed.ts";
import { SquaresDraw } from "./squares-draw.ts";
import type { Word } from "./word.ts";

/** Numbers computed at once where one after the other is asked for: enough to be worth a kernel's call. */
const AHEAD = 128;
/** Draws of one law in a row before that begins. */
const PATIENCE = 4;

/** squares64 and the ziggurat: a counter is the stream's number (24 bits) above the draw's index (40 bits). */
export class SquaresGenerator implements Generator {
  readonly #keys: Keys;
  readonly #draw: SquaresDraw;
  #law: Law = UNIFORM;
  #run = 0;
  #next = 0;
  #ahead: Float64Array | undefined;
  #aheadFrom = 0;

  constructor(keys: Keys) {
    this.#keys = keys;
    this.#draw = new SquaresDraw(keys);
  }

  draw(law: Law, stream: number, index: number): number {
    if (index !== this.#next || !sameLaw(law, this.#law)) {
      this.#law = law;
      this.#run = 0;
      this.#ahead = undefined;
    }
    this.#next = index + 1;
    const ready = this.#ahead?.[index - this.#aheadFrom];
    if (ready !== undefined) return ready;
    if (this.#run++ >= PATIENCE) return this.#computeAhead(stream, index);
    this.#draw.begin(counterOf(stream, index));
    return numberOf(law, this.#draw);
  }

  fill(law: Law, out: IntegerArray, stream: number, index: number, every: number): void {
    fillRandom(law, out, counterOf(stream, index), this.#keys, every);
  }

  #computeAhead(stream: number, index: number): number {
    this.#ahead ??= new Float64Array(AHEAD);
    this.#aheadFrom = index;
    this.fill(this.#law, this.#ahead, stream, index, 1);
    return this.#ahead[0]!;
  }
}

function counterOf(stream: number, index: number): Word {
  return { high: stream * 256 + Math.floor(index / 2 ** 32), low: index % 2 ** 32 };
}
