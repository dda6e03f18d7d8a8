/** FNV-1a over the bytes of the doubles, all NaNs counting as one. */
export function fingerprint(values: ArrayLike<number>): string {
  const doubles = Float64Array.from(values, (value) => (Number.isNaN(value) ? Number.NaN : value));
  let hash = 2166136261;
  for (const byte of new Uint8Array(doubles.buffer)) hash = Math.imul(hash ^ byte, 16777619) >>> 0;
  return hash.toString(16).padStart(8, "0");
}
