/**
 * Vectors of zeros that share buffers, since to allocate a buffer costs more than to fill one for a hundred assets. No part
 * is given twice. A buffer lives as long as any of its vectors, so those of one lifetime share one.
 */
class SharedBuffers {
  /** Entries of one buffer. */
  readonly #size: number;
  #buffer: ArrayBuffer | undefined;
  #taken = 0;

  constructor(size: number) {
    this.#size = size;
  }

  vector(n: number): Float64Array {
    if (n > this.#size / 8) return new Float64Array(n);
    if (this.#buffer === undefined || this.#taken + n > this.#size) {
      this.#buffer = new ArrayBuffer(this.#size * Float64Array.BYTES_PER_ELEMENT);
      this.#taken = 0;
    }
    const vector = new Float64Array(this.#buffer, this.#taken * Float64Array.BYTES_PER_ELEMENT, n);
    this.#taken += n;
    return vector;
  }
}

const brief = new SharedBuffers(8192);
const kept = new SharedBuffers(2048);

/** n zeros for what lives no longer than a solve. */
export function scratch(n: number): Float64Array {
  return brief.vector(n);
}

/** A copy of v for what lives no longer than a solve. */
export function scratchCopy(v: Float64Array): Float64Array {
  const copy = scratch(v.length);
  copy.set(v);
  return copy;
}

/** n zeros for what is read of a spec, and stays with its solutions. What a user gets has a buffer of its own. */
export function lasting(n: number): Float64Array {
  return kept.vector(n);
}

/** A copy of v for what is read of a spec. */
export function lastingCopy(v: Float64Array): Float64Array {
  const copy = lasting(v.length);
  copy.set(v);
  return copy;
}
