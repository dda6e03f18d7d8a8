import { fillRandom } from "../kernels/random.ts";
import type { Generator } from "./generator.ts";
import { type Law, numberOf } from "./law.ts";
import type { IntegerArray } from "./random-source.ts";
import type { Keys } from "./seed.ts";
import { SquaresDraw } from "./squares-draw.ts";
import type { Word } from "./word.ts";

/** squares64 and the ziggurat: a counter is the stream's number (24 bits) above the draw's index (40 bits). */
export class SquaresGenerator implements Generator {
  readonly #keys: Keys;
  readonly #draw: SquaresDraw;

  constructor(keys: Keys) {
    this.#keys = keys;
    this.#draw = new SquaresDraw(keys);
  }

  draw(law: Law, stream: number, index: number): number {
    this.#draw.begin(counterOf(stream, index));
    return numberOf(law, this.#draw);
  }

  fill(law: Law, out: IntegerArray, stream: number, index: number): void {
    fillRandom(law, out, counterOf(stream, index), this.#keys);
  }
}

function counterOf(stream: number, index: number): Word {
  return { high: stream * 256 + Math.floor(index / 2 ** 32), low: index % 2 ** 32 };
}
