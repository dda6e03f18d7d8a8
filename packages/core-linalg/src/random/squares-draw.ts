import type { Draw } from "./draw.ts";
import type { Keys } from "./seed.ts";
import { squares64, unitOf } from "./squares.ts";
import type { Word } from "./word.ts";
import { normalOf } from "./ziggurat.ts";

/**
 * A draw of squares64: its first word belongs to its counter, each further one continues a chain of its own under the
 * second key.
 */
export class SquaresDraw implements Draw {
  readonly #keys: Keys;
  readonly #word: Word = { high: 0, low: 0 };
  #fresh = true;

  constructor(keys: Keys) {
    this.#keys = keys;
  }

  /** Begins the draw of another counter. */
  begin(counter: Word): void {
    squares64(counter, this.#keys.main, this.#word);
    this.#fresh = true;
  }

  /** The next word; the same object each time. */
  next(): Word {
    if (this.#fresh) this.#fresh = false;
    else squares64(this.#word, this.#keys.chain, this.#word);
    return this.#word;
  }

  bits(): number {
    return this.next().high;
  }

  uniform(): number {
    return unitOf(this.next());
  }

  normal(): number {
    return normalOf(this);
  }
}
