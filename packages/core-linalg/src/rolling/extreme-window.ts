import { orMissing, RecentValues } from "./recent-values.ts";

/** Which end of a window is looked for: the sign that makes it the smallest. */
export const SMALLEST = 1;
export const LARGEST = -1;
export type Extreme = typeof SMALLEST | typeof LARGEST;

/**
 * The extreme of the last `window` values in a constant number of steps a value (van Herk): time is cut into blocks of
 * `window` values, and a window is the end of one block and the beginning of the next.
 */
export class ExtremeWindow {
  readonly #recent: RecentValues;
  readonly #minPeriods: number;
  readonly #sign: Extreme;
  /** The values of the block at hand, and the smallest of them. */
  #block: number[] = [];
  #prefix: number = Number.POSITIVE_INFINITY;
  /** Entry k: the smallest value of the block before from its k-th on. */
  #suffixes: number[] = [];

  constructor(window: number, minPeriods: number, sign: Extreme) {
    this.#recent = new RecentValues(window);
    this.#minPeriods = minPeriods;
    this.#sign = sign;
  }

  get values(): number[] {
    return this.#recent.toArray();
  }

  push(x: number): number {
    const value = orMissing(x);
    this.#recent.push(value);
    const signed = Number.isNaN(value) ? Number.POSITIVE_INFINITY : this.#sign * value;
    this.#block.push(signed);
    this.#prefix = Math.min(this.#prefix, signed);
    const suffix = this.#suffixes[this.#block.length] ?? Number.POSITIVE_INFINITY;
    const least = Math.min(this.#prefix, suffix);
    if (this.#block.length === this.#recent.window) this.#closeBlock();
    return this.#recent.present >= this.#minPeriods ? this.#sign * least : Number.NaN;
  }

  #closeBlock(): void {
    for (let k = this.#block.length - 2; k >= 0; k--) {
      this.#block[k] = Math.min(this.#block[k + 1]!, this.#block[k]!);
    }
    this.#suffixes = this.#block;
    this.#block = [];
    this.#prefix = Number.POSITIVE_INFINITY;
  }
}
