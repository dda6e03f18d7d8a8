const MILLISECOND = 1e-3;

/** Seconds by the clock that a caller gave; NaN without one. */
export class Stopwatch {
  readonly #clock: (() => number) | undefined;
  readonly #start: number;

  constructor(clock: (() => number) | undefined) {
    this.#clock = clock;
    this.#start = this.#now();
  }

  get seconds(): number {
    return (this.#now() - this.#start) * MILLISECOND;
  }

  #now(): number {
    return this.#clock === undefined ? Number.NaN : this.#clock();
  }
}
