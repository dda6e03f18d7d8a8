/** Doubles that are appended one by one, at the cost of a typed array's. */
export class GrowingVector {
  #data: Float64Array = new Float64Array(256);
  #length = 0;

  push(value: number): void {
    if (this.#length === this.#data.length) {
      const wider = new Float64Array(2 * this.#length);
      wider.set(this.#data);
      this.#data = wider;
    }
    this.#data[this.#length++] = value;
  }

  get length(): number {
    return this.#length;
  }

  /** The last value, or undefined when there is none. */
  get last(): number | undefined {
    return this.#length === 0 ? undefined : this.#data[this.#length - 1];
  }

  /** A copy of the first `length` values. */
  take(length: number): Float64Array {
    return this.#data.slice(0, length);
  }
}
