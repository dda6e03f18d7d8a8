/** The value, NaN when it is missing (not finite); −0 becomes 0, so that equal values have equal bits. */
export function orMissing(x: number): number {
  return Number.isFinite(x) ? x + 0 : Number.NaN;
}

/** The last `window` values of a series, NaN where they are missing. */
export class RecentValues {
  readonly window: number;
  /** How many of them are present. */
  present: number = 0;
  readonly #values: number[] = [];
  #oldest: number = 0;

  constructor(window: number) {
    this.window = window;
  }

  /** Takes a value in, as {@link orMissing} gives it, and returns the one that leaves: NaN for a missing one, or none. */
  push(value: number): number {
    if (!Number.isNaN(value)) this.present++;
    if (this.#values.length < this.window) {
      this.#values.push(value);
      return Number.NaN;
    }
    const leaving = this.#values[this.#oldest]!;
    if (!Number.isNaN(leaving)) this.present--;
    this.#values[this.#oldest] = value;
    this.#oldest = (this.#oldest + 1) % this.window;
    return leaving;
  }

  /** All of them, the latest last. */
  toArray(): number[] {
    return [...this.#values.slice(this.#oldest), ...this.#values.slice(0, this.#oldest)];
  }
}
