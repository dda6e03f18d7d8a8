import { exp, log } from "./shared/special";
import { at, put } from "./shared/tile";

const LAYERS: i32 = 256;

/** Widynski's squares64: the word of a counter under a key. */
// @ts-ignore: decorator
@inline
function squares64(counter: u64, key: u64): u64 {
  let x = counter * key;
  const y = x;
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
function join(high: u32, low: u32): u64 {
  return (<u64>high << 32) | <u64>low;
}

/** 52 bits, centred in their cell: strictly between 0 and 1. */
// @ts-ignore: decorator
@inline
function unit(word: u64): f64 {
  return (<f64>(<i64>(word >> 12)) + 0.5) * 2.220446049250313e-16;
}

export function fillUniform(out: usize, count: i32, counterHigh: u32, counterLow: u32, keyHigh: u32, keyLow: u32): void {
  const key = join(keyHigh, keyLow);
  const counter = join(counterHigh, counterLow);
  for (let i = 0; i < count; i++) put(out, i, unit(squares64(counter + <u64>i, key)));
}

/**
 * Standard normals by the ziggurat. tables: 256 widths, 256 thresholds, 257 densities, then the tail's start.
 * A rejected word goes on along its own chain under the second key, so draw i never disturbs draw i + 1.
 */
export function fillNormal(
  out: usize, count: i32,
  counterHigh: u32, counterLow: u32, keyHigh: u32, keyLow: u32, chainKeyHigh: u32, chainKeyLow: u32,
  tables: usize,
): void {
  const key = join(keyHigh, keyLow);
  const chainKey = join(chainKeyHigh, chainKeyLow);
  const counter = join(counterHigh, counterLow);
  for (let i = 0; i < count; i++) {
    const word = squares64(counter + <u64>i, key);
    const layer = <i32>(word & 255);
    const steps = <f64>(<i64>((word >> 9) & 0x000fffffffffffff));
    const magnitude = steps * at(tables, layer);
    let value = reinterpret<f64>(reinterpret<u64>(magnitude) | ((word << 55) & 0x8000000000000000));
    if (!(steps < at(tables, LAYERS + layer))) value = beyondTheRectangle(word, chainKey, tables);
    put(out, i, value);
  }
}

function beyondTheRectangle(first: u64, chainKey: u64, tables: usize): f64 {
  const densities = tables + (<usize>(2 * LAYERS) << 3);
  const tailStart = at(densities, LAYERS + 1);
  let word = first;
  while (true) {
    const layer = <i32>(word & 255);
    const negative = ((word >> 8) & 1) != 0;
    const steps = <f64>(<i64>((word >> 9) & 0x000fffffffffffff));
    const x = steps * at(tables, layer);
    if (steps < at(tables, LAYERS + layer)) return negative ? -x : x;
    if (layer == 0) {
      while (true) {
        word = squares64(word, chainKey);
        const u = unit(word);
        word = squares64(word, chainKey);
        const beyond = -log(u) / tailStart;
        const height = -log(unit(word));
        if (height + height > beyond * beyond) return negative ? -(tailStart + beyond) : tailStart + beyond;
      }
    }
    word = squares64(word, chainKey);
    const below = at(densities, layer);
    const height = below + unit(word) * (at(densities, layer + 1) - below);
    if (height < exp(-0.5 * x * x)) return negative ? -x : x;
    word = squares64(word, chainKey);
  }
}
