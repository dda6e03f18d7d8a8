/** Entries of a buffer that short vectors share. */
const SHARED = 8192;
/** A longer vector has a buffer of its own. */
const LONGEST = SHARED / 8;

let buffer: ArrayBuffer | undefined;
let taken = SHARED;

/**
 * n zeros for what lives no longer than a solve. To allocate a buffer costs more than to fill one for a hundred assets,
 * so short vectors are parts of one; no part is given twice. What outlives the solve has a buffer of its own, or it would
 * hold its neighbours in memory.
 */
export function scratch(n: number): Float64Array {
  if (n > LONGEST) return new Float64Array(n);
  if (buffer === undefined || taken + n > SHARED) {
    buffer = new ArrayBuffer(SHARED * Float64Array.BYTES_PER_ELEMENT);
    taken = 0;
  }
  const vector = new Float64Array(buffer, taken * Float64Array.BYTES_PER_ELEMENT, n);
  taken += n;
  return vector;
}

/** A copy of v, of the same kind. */
export function scratchCopy(v: Float64Array): Float64Array {
  const copy = scratch(v.length);
  copy.set(v);
  return copy;
}
