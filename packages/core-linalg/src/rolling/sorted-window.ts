import { valueAtPosition } from "../statistics/quantile.ts";
import { orMissing, RecentValues } from "./recent-values.ts";

/** The last `window` values, those present in ascending order: what leaves is taken out, what enters is put in. */
export class SortedWindow {
  readonly recent: RecentValues;
  #sorted: Float64Array = new Float64Array(8);

  constructor(window: number) {
    this.recent = new RecentValues(window);
  }

  get present(): number {
    return this.recent.present;
  }

  /** Takes x in and returns it, NaN when it is missing. */
  push(x: number): number {
    const entering = orMissing(x);
    let count = this.present;
    const leaving = this.recent.push(entering);
    if (!Number.isNaN(leaving)) {
      const at = this.#bound(leaving, count, false);
      this.#sorted.copyWithin(at, at + 1, count--);
    }
    if (!Number.isNaN(entering)) {
      this.#makeRoom(count + 1);
      const at = this.#bound(entering, count, false);
      this.#sorted.copyWithin(at + 1, at, count);
      this.#sorted[at] = entering;
    }
    return entering;
  }

  /** The value at a position counted from 0; linear between neighbours. */
  at(position: number): number {
    return valueAtPosition(this.#sorted, 0, position);
  }

  /** How many of the values present are less than x. */
  less(x: number): number {
    return this.#bound(x, this.present, false);
  }

  /** How many of the values present are x or less. */
  lessOrEqual(x: number): number {
    return this.#bound(x, this.present, true);
  }

  /** How many of the first `count` sorted values are less than x, or `orEqual`. */
  #bound(x: number, count: number, orEqual: boolean): number {
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const value = this.#sorted[middle]!;
      if (value < x || (orEqual && value === x)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #makeRoom(count: number): void {
    if (count <= this.#sorted.length) return;
    const wider = new Float64Array(2 * this.#sorted.length);
    wider.set(this.#sorted);
    this.#sorted = wider;
  }
}
