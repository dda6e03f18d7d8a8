const OFFSET_HIGH = 0xcbf29ce4;
const OFFSET_LOW = 0x84222325;
/** The prime is 2^40 + 435. */
const PRIME_LOW = 435;
const TWO_32 = 4294967296;

/**
 * The FNV-1a hash of 64 bits, as 16 hexadecimal digits, over the doubles' bytes in little-endian order, series
 * after series. Every NaN counts as the quiet NaN 7ff8000000000000, so the hash is the same on every engine.
 */
export function hashOf(...series: readonly Float64Array[]): string {
  const view = new DataView(new ArrayBuffer(8));
  let high = OFFSET_HIGH;
  let low = OFFSET_LOW;
  for (const values of series) {
    for (let i = 0; i < values.length; i++) {
      if (Number.isNaN(values[i]!)) view.setBigUint64(0, 0x7ff8000000000000n, true);
      else view.setFloat64(0, values[i]!, true);
      for (let k = 0; k < 8; k++) {
        low = (low ^ view.getUint8(k)) >>> 0;
        const product = low * PRIME_LOW;
        high = (high * PRIME_LOW + Math.floor(product / TWO_32) + (low << 8)) >>> 0;
        low = product >>> 0;
      }
    }
  }
  return high.toString(16).padStart(8, "0") + low.toString(16).padStart(8, "0");
}
