/** Widynski's squares64: the word of a counter under a key. */
// @ts-ignore: decorator
@inline
export function squares64(counter: u64, key: u64): u64 {
  return squaresOfProduct(counter * key, key);
}

/** As `squares64`, for counter × key: those of a run of counters differ by the key. */
// @ts-ignore: decorator
@inline
export function squaresOfProduct(y: u64, key: u64): u64 {
  let x = y;
  const z = y + key;
  x = rotl<u64>(x * x + y, 32);
  x = rotl<u64>(x * x + z, 32);
  x = rotl<u64>(x * x + y, 32);
  const t = x * x + z;
  x = rotl<u64>(t, 32);
  return t ^ ((x * x + y) >> 32);
}

// @ts-ignore: decorator
@inline
export function join(high: u32, low: u32): u64 {
  return (<u64>high << 32) | <u64>low;
}
